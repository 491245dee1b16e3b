using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Forums;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>What both lists of memberships understand.</summary>
public abstract record MembershipsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only memberships of the state or forum with this code.</summary>
    [FromQuery, StringLength(100)]
    public string? Member { get; init; }

    /// <summary>Only memberships of states, or only of forums.</summary>
    [FromQuery]
    public PartyKind? MemberKind { get; init; }

    /// <summary>Only memberships with this standing: at any time, or on the day of on.</summary>
    [FromQuery]
    public StandingKind? Standing { get; init; }

    /// <summary>Only memberships with a standing that may have held on this day.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "forum", "member"];

    internal ListRequest ToRequest(string? forum)
    {
        var standing = Standing is { } kind ? Words.Of(kind) : null;
        return ToRequest(
            ("Forum", forum),
            ("Member", Member?.ToUpperInvariant()),
            ("MemberKind", MemberKind is { } party ? Words.Of(party) : null),
            (On is null ? "Standing" : "StandingOn", standing),
            ("On", On)
        );
    }
}

/// <summary>Lists memberships of all forums.</summary>
public sealed record ListMemberships : MembershipsQuery
{
    /// <summary>Only memberships in the forum with this code.</summary>
    [FromQuery, StringLength(100)]
    public string? Forum { get; init; }
}

internal sealed class ListMembershipsHandler(MembershipReads memberships) : IRequestHandler<ListMemberships, Page>
{
    public async Task<Page> Handle(ListMemberships request, CancellationToken cancellationToken)
    {
        var page = await memberships.ListAsync(request.ToRequest(request.Forum?.ToUpperInvariant()), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
