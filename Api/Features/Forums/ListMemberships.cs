using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Forums;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>What both lists of memberships understand.</summary>
public abstract record MembershipsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only memberships of the state or forum with this code.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? Member { get; init; }

    /// <summary>Only memberships of states, or only of forums.</summary>
    [FromQuery]
    public IReadOnlyList<PartyKind>? MemberKind { get; init; }

    /// <summary>Only memberships with this standing: at any time, or on the day of on.</summary>
    [FromQuery]
    public IReadOnlyList<StandingKind>? Standing { get; init; }

    /// <summary>Only memberships with a standing that may have held on this day.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "forum", "member"];

    internal override IReadOnlyList<Form> Forms => [.. base.Forms, Form.JsonLd];

    internal ListRequest ToRequest(string[]? forums)
    {
        var standing = Several.Words(Standing);
        return ToRequest(
            ("Forum", forums),
            ("Member", Several.Capitals(Member)),
            ("MemberKind", Several.Words(MemberKind)),
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
    public IReadOnlyList<string>? Forum { get; init; }
}

internal sealed class ListMembershipsHandler(MembershipReads memberships) : IRequestHandler<ListMemberships, Page>
{
    public async Task<Page> Handle(ListMemberships request, CancellationToken cancellationToken)
    {
        var page = await memberships.ListAsync(request.ToRequest(Several.Capitals(request.Forum)), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
