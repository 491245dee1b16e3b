using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Forums;

/// <summary>The parameters of both lists of memberships.</summary>
public abstract record MembershipsQuery : RecordListQuery, IRequest<Page>
{
    /// <summary>Only memberships of the state or forum with this code.</summary>
    [FromQuery, Codes(CodeKind.Party)]
    public IReadOnlyList<string>? Member { get; init; }

    /// <summary>Only memberships of states, or only of forums.</summary>
    [FromQuery]
    public IReadOnlyList<PartyKind>? MemberKind { get; init; }

    /// <summary>Only memberships with this standing at any time; with on, on a day of that date.</summary>
    [FromQuery]
    public IReadOnlyList<StandingKind>? Standing { get; init; }

    /// <summary>
    /// Only memberships with a standing that may have held on this day, or on a day of this month or year, at the widest
    /// reading of its dates and of those of the forum and the member.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "forum", "member"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];

    internal ListRequest ToRequest(string[]? forums)
    {
        var standing = MultiValueParameters.ToWords(Standing);
        return ToRequest(
            new MembershipFilters
            {
                Forum = forums,
                Member = MultiValueParameters.ToUpperCodes(Member),
                MemberKind = MultiValueParameters.ToWords(MemberKind),
                Standing = On is null ? standing : null,
                StandingOn = On is null ? null : standing,
                On = Days.Of(On),
            }
        );
    }
}

/// <summary>List memberships.</summary>
/// <remarks>Covers all forums.</remarks>
public sealed record ListMemberships : MembershipsQuery
{
    /// <summary>Only memberships in the forum with this code.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }
}

internal sealed class ListMembershipsHandler(MembershipReads memberships) : IRequestHandler<ListMemberships, Page>
{
    public async Task<Page> Handle(ListMemberships request, CancellationToken cancellationToken)
    {
        var page = await memberships.ListAsync(
            request.ToRequest(MultiValueParameters.ToUpperCodes(request.Forum)),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
