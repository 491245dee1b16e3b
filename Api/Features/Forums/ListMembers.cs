using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Forums;

/// <summary>A standing on the requested day.</summary>
public sealed record StandingOnDay
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The name of the forum.</summary>
    public required string ForumName { get; init; }

    /// <summary>
    /// The language of the name of the forum, as a BCP 47 tag; absent when it is the first language requested.
    /// </summary>
    public string? ForumNameLanguage { get; init; }

    /// <summary>The party with the standing.</summary>
    public required PartyOnDay Member { get; init; }

    /// <summary>The standing.</summary>
    [WordOf(typeof(StandingKind))]
    public required string Standing { get; init; }

    /// <summary>The first day of the standing.</summary>
    public required PartialDate Since { get; init; }

    /// <summary>The last day of the standing; absent while it holds, or when the date of its end is unknown.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>
    /// False when the day may lie outside the standing, because its start or end is known only to the month or the
    /// year.
    /// </summary>
    public required bool Certain { get; init; }

    /// <summary>The id of the membership, which has the whole timeline and the sources.</summary>
    public required string Membership { get; init; }

    internal static string Of(ResolvedStanding row) =>
        JsonSerializer.Serialize(
            new StandingOnDay
            {
                Forum = row.Forum,
                ForumName = row.ForumName,
                Member = new PartyOnDay
                {
                    Kind = row.MemberKind,
                    Code = row.MemberCode,
                    Name = row.MemberName,
                },
                Standing = row.Standing,
                Since = PartialDate.Parse(row.Since),
                Until = row.Until is null ? null : PartialDate.Parse(row.Until),
                Certain = row.Certainty == 1,
                Membership = row.Membership,
            },
            RegistryJson.Options
        );
}

/// <summary>A state or a forum, by code and name.</summary>
public sealed record PartyOnDay
{
    /// <summary>The kind: a state or a forum.</summary>
    [WordOf(typeof(PartyKind))]
    public required string Kind { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The name on that day.</summary>
    public required string Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? NameLanguage { get; init; }
}

/// <summary>List the members of a forum on a date.</summary>
/// <remarks>Lists the standings held in the forum on a day, or on any day of a month or a year.</remarks>
public sealed record ListMembers : ListQuery, IRequest<Page>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>
    /// The day, the month or the year; today (UTC) when absent. Includes every standing that may have held on any day
    /// of it.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only parties with this standing.</summary>
    [FromQuery]
    public IReadOnlyList<StandingKind>? Standing { get; init; }

    internal override IReadOnlyList<string> Sorts => ["member", "name", "since"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListMembersHandler(ForumReads forums, MembershipReads memberships, TimeProvider clock)
    : IRequestHandler<ListMembers, Page>
{
    public async Task<Page> Handle(ListMembers request, CancellationToken cancellationToken)
    {
        await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await memberships.ResolveAsync(
            request.ToRequest(
                new StandingFilters
                {
                    Forum = request.Forum,
                    On = Days.OrToday(request.On, clock),
                    Standing = MultiValueParameters.ToWords(request.Standing),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, StandingOnDay.Of);
    }
}
