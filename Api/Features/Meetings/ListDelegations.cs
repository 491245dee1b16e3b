using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>A member of the forum at a meeting, and who spoke for it.</summary>
public sealed record DelegationAtMeeting
{
    /// <summary>The member.</summary>
    public required MemberAtMeeting Member { get; init; }

    /// <summary>The standing in the forum.</summary>
    public required StandingKind Standing { get; init; }

    /// <summary>The origin of the delegation: recorded at the meeting, inferred from the offices, or unknown.</summary>
    public required AnswerBasis Basis { get; init; }

    /// <summary>
    /// The name as recorded, otherwise that of the minister; absent where only the delegation is known.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The minister.</summary>
    public MinisterAtMeeting? Minister { get; init; }

    /// <summary>The title as recorded, otherwise the one valid at the meeting.</summary>
    public string? Title { get; init; }

    /// <summary>The id of the post that was held.</summary>
    public string? Post { get; init; }

    /// <summary>The capacity, when it is recorded.</summary>
    public Capacity? Capacity { get; init; }

    /// <summary>
    /// False when the dates of the meeting, the standing or the office are too imprecise to be certain.
    /// </summary>
    public required bool Certain { get; init; }

    internal static string Of(Delegation delegation, StandingKind standing) =>
        JsonSerializer.Serialize(
            new DelegationAtMeeting
            {
                Member = MemberAtMeeting.Of(delegation.Member),
                Standing = standing,
                Basis = delegation.Spokesperson.Basis,
                Name = delegation.Spokesperson.Name,
                Minister = MinisterAtMeeting.Of(delegation.Spokesperson),
                Title = delegation.Spokesperson.Title,
                Post = delegation.Spokesperson.Post,
                Capacity = delegation.Spokesperson.Capacity,
                Certain = delegation.Spokesperson.Certain,
            },
            RegistryJson.Options
        );
}

/// <summary>List the delegations at a meeting.</summary>
/// <remarks>
/// Lists who spoke for each member of the forum: as recorded, or inferred from the offices held at the time.
/// </remarks>
public sealed record ListDelegations : ListQuery, IRequest<Page>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>Only delegations of parties with this standing at the time; those of members when absent.</summary>
    [FromQuery]
    public StandingKind? Standing { get; init; }

    internal override IReadOnlyList<string> Sorts => ["member", "name"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListDelegationsHandler(MeetingReads meetings) : IRequestHandler<ListDelegations, Page>
{
    public async Task<Page> Handle(ListDelegations request, CancellationToken cancellationToken)
    {
        var standing = request.Standing ?? StandingKind.Member;
        var all = await meetings.DelegationsAsync(request.Id, standing, request.KnownAt, cancellationToken);
        var listed = request.ToRequest();
        var page = ListInMemory.Page(
            listed,
            [.. all.Select((delegation, position) => (Row: delegation, Position: position))],
            entry =>
                (
                    listed.Sort == "name" ? ListInMemory.KeyOf(entry.Row.Member.Name) : entry.Row.Member.Code,
                    ListInMemory.KeyOf(entry.Position)
                )
        );
        return request.ToPage(page, entry => DelegationAtMeeting.Of(entry.Row, standing));
    }
}
