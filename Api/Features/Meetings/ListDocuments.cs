using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Lists documents.</summary>
public sealed record ListDocuments : RecordListQuery, IRequest<Page>
{
    /// <summary>Only documents of the forum with this code.</summary>
    [
        FromQuery,
        RegularExpression(ForumCode.Pattern, ErrorMessage = "2 to 16 of A-Z, 0-9 and '-', starting with a letter.")
    ]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only documents of this body: its code, alone or with that of its forum (CICA/summit).</summary>
    [FromQuery, RegularExpression(Codes.BodyPattern, ErrorMessage = Codes.BodySentence)]
    public string? Body { get; init; }

    /// <summary>Only documents of this sort.</summary>
    [FromQuery]
    public IReadOnlyList<DocumentKind>? Kind { get; init; }

    /// <summary>Only documents with this symbol.</summary>
    [FromQuery, StringLength(DocumentFacts.MaxSymbolLength)]
    public string? Symbol { get; init; }

    /// <summary>Only documents that stand so: now, or on the day of on.</summary>
    [FromQuery]
    public IReadOnlyList<DocumentStatus>? Status { get; init; }

    /// <summary>Only documents that may have taken their first step by this day.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    /// <summary>Only documents that were adopted at the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? AdoptedAt { get; init; }

    /// <summary>Only documents that were discussed at the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? DiscussedAt { get; init; }

    /// <summary>Only documents that were signed at the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? SignedAt { get; init; }

    /// <summary>Only documents that took any step at the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Meeting { get; init; }

    /// <summary>
    /// Only documents that implement, supersede or amend the one with this id, or the other way round.
    /// </summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? RelatedTo { get; init; }

    /// <summary>Only those that may have taken their last step on this day or later.</summary>
    [FromQuery]
    public DateOnly? From { get; init; }

    /// <summary>Only those that may have taken their first step by this day.</summary>
    [FromQuery]
    public DateOnly? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name", "date"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);
}

internal sealed class ListDocumentsHandler(DocumentReads documents) : IRequestHandler<ListDocuments, Page>
{
    public async Task<Page> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        var status = Several.Words(request.Status);
        var page = await documents.ListAsync(
            request.ToRequest(
                ("Forum", request.Forum),
                Codes.Body(request.Body, Several.Single(request.Forum)),
                ("Kind", Several.Words(request.Kind)),
                ("Symbol", request.Symbol),
                (request.On is null ? "Status" : "StatusOn", status),
                ("On", request.On),
                ("From", request.From),
                ("Until", request.Until),
                ("AdoptedAt", request.AdoptedAt),
                ("DiscussedAt", request.DiscussedAt),
                ("SignedAt", request.SignedAt),
                ("Meeting", request.Meeting),
                ("RelatedTo", request.RelatedTo)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
