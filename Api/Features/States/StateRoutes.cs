using Registry.Api.Contract.Examples;
using Registry.Api.Features.Forums;
using Registry.Api.Features.Records;
using Registry.Api.Routing;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Maps the operations on states.</summary>
internal static class StateRoutes
{
    private static readonly RecordResource States = new(StateStore.Kind)
    {
        Tag = "States",
        Description = "States, existing and former.",
        Examples = OperationExamples.States,
        OtherIds =
            "(ISO 3166-1 alpha-3; ISO 3166-3 for former states). Its alpha-2 code (KZ), its M49 code (398) and its "
            + "identifiers in other systems (Q232) redirect there with 308.",
        Redirects = "The path names the state by another of its codes or identifiers; Location has its address.",
    };

    public static void MapStates(this IEndpointRouteBuilder v1)
    {
        var states = v1.MapGroup("").WithTags(States.Tag);
        states.MapList<ListStates, StateModel>("/states");
        states.MapRecords<StateModel>(States);
        states.MapList<ListStateMemberships, StandingOnDay>("/states/{code}/memberships");
    }
}
