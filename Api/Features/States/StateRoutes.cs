using Registry.Api.Features.Forums;
using Registry.Api.Http;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>The addresses of states.</summary>
internal static class StateRoutes
{
    public static void MapStates(this IEndpointRouteBuilder v1)
    {
        var states = v1.MapGroup("/states").WithTags("States");

        states.MapList<ListStates, StateDocument>("");
        states.MapCreate<CreateState, StateDocument>("", stored => $"/v1/states/{stored.Id}");
        states.MapRecord<GetState, StateDocument>("/{code}");
        states.MapReplace<ReplaceState, StateDocument>("/{code}", stored => $"/v1/states/{stored.Id}");
        states.MapCorrect<CorrectState, StateDocument>("/{code}");
        states.MapDelete<DeleteState>("/{code}");
        states.MapRestore<RestoreState, StateDocument>("/{code}", stored => $"/v1/states/{stored.Id}");
        states.MapList<ListStateHistory, RecordedVersion>("/{code}/history");
        states.MapList<ListStateMemberships, StandingOnDay>("/{code}/memberships");
    }
}
