using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.Meetings;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>List claims.</summary>
/// <remarks>A claim says which value a source gives to a field of a record, whether or not the record agrees.</remarks>
public sealed record ListClaims : RecordListQuery, IRequest<Page>
{
    /// <summary>
    /// True for claims on disputed fields, whose claims do not agree; false for claims on all other fields.
    /// </summary>
    [FromQuery]
    public bool? Disputed { get; init; }

    /// <summary>
    /// Only claims on this forum, its bodies, memberships, chairmanships, meetings and their outcomes, and documents.
    /// </summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only claims on records of this collection.</summary>
    [FromQuery]
    public IReadOnlyList<ClaimedRecords>? Collection { get; init; }

    /// <summary>Only claims on the record with this id.</summary>
    [
        FromQuery,
        StringLength(Slug.MaxLength),
        RegularExpression(
            SubjectCodes.SubjectPattern,
            ErrorMessage = "It is the id of a record, such as cica.kaz or CICA/secretariat."
        )
    ]
    public string? Subject { get; init; }

    /// <summary>Only claims on this field, a JSON Pointer such as /standings/0/from.</summary>
    [FromQuery, StringLength(ClaimedField.MaxLength)]
    [RegularExpression(ClaimedField.Pattern, ErrorMessage = ClaimedField.Sentence)]
    public string? Field { get; init; }

    /// <summary>Only claims of this source.</summary>
    [FromQuery, StringLength(Slug.MaxLength), Codes(CodeKind.Id)]
    public IReadOnlyList<string>? Source { get; init; }

    /// <summary>True for preferred claims; false for all others.</summary>
    [FromQuery]
    public bool? Preferred { get; init; }

    /// <summary>True for rival claims, which differ from the record; false for all others.</summary>
    [FromQuery]
    public bool? Rival { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "subject"];
}

internal sealed class ListClaimsHandler(ClaimReads claims) : IRequestHandler<ListClaims, Page>
{
    public async Task<Page> Handle(ListClaims request, CancellationToken cancellationToken)
    {
        var page = await claims.ListAsync(
            request.ToRequest(
                new ClaimFilters
                {
                    Disputed = request.Disputed,
                    Forum = MultiValueParameters.ToUpperCodes(request.Forum),
                    Collection = request.Collection?.Select(word => word.Collection).ToArray(),
                    Subject = request.Subject,
                    Field = request.Field,
                    Source = MultiValueParameters.ToLowerIds(request.Source),
                    Preferred = request.Preferred,
                    Rival = request.Rival,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
