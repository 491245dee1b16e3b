using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.Forums;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>List the memberships of a state on a date.</summary>
/// <remarks>Lists the standings of the state in forums on a day, or on any day of a month or a year.</remarks>
public sealed record ListStateMemberships : ListQuery, IRequest<Page>
{
    /// <summary>The code of the state.</summary>
    [FromRoute, UpperCase]
    public string Code { get; init; } = "";

    /// <summary>
    /// The day, the month or the year; today (UTC) when absent. Includes every standing that may have held on any day
    /// of it.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only forums in which the state has this standing.</summary>
    [FromQuery]
    public IReadOnlyList<StandingKind>? Standing { get; init; }

    internal override IReadOnlyList<string> Sorts => ["forum", "since"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListStateMembershipsHandler(StateReads states, MembershipReads memberships, TimeProvider clock)
    : IRequestHandler<ListStateMemberships, Page>
{
    public async Task<Page> Handle(ListStateMemberships request, CancellationToken cancellationToken)
    {
        await states.GetAsync(request.Code, request.KnownAt, cancellationToken);
        var page = await memberships.ResolveAsync(
            request.ToRequest(
                new StandingFilters
                {
                    State = request.Code,
                    On = Days.OrToday(request.On, clock),
                    Standing = MultiValueParameters.ToWords(request.Standing),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, StandingOnDay.Of);
    }
}
