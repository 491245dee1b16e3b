using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List documents.</summary>
public sealed record ListDocuments : RecordListQuery, IRequest<Page>
{
    /// <summary>Only documents of the forum with this code.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only documents of this body: its code, alone or with that of its forum (CICA/summit).</summary>
    [FromQuery, RegularExpression(SubjectCodes.BodyPattern, ErrorMessage = SubjectCodes.BodySentence)]
    public string? Body { get; init; }

    /// <summary>Only documents of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<DocumentKind>? Kind { get; init; }

    /// <summary>Only documents with this symbol.</summary>
    [FromQuery, StringLength(DocumentFacts.MaxSymbolLength)]
    public string? Symbol { get; init; }

    /// <summary>
    /// Only documents with this status now; with on, those that may have had it on a day of that date. A document has
    /// the status of its last step until it has certainly taken the next one.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<DocumentStatus>? Status { get; init; }

    /// <summary>
    /// Only documents that may have taken their first step by this day, or by the last day of this month or year.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

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

    /// <summary>
    /// Only documents that may have taken a step on this day or later: a month or a year counts from its first day.
    /// With until, one and the same step is within the two dates.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only documents that may have taken a step on this day or earlier: a month or a year counts to its last day. With
    /// from, one and the same step is within the two dates.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name", "date"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);
}

internal sealed class ListDocumentsHandler(DocumentReads documents) : IRequestHandler<ListDocuments, Page>
{
    public async Task<Page> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        var status = MultiValueParameters.ToWords(request.Status);
        var forums = MultiValueParameters.ToUpperCodes(request.Forum);
        var body = BodyNamed.Of(request.Body, MultiValueParameters.Single(forums));
        var page = await documents.ListAsync(
            request.ToRequest(
                new DocumentFilters
                {
                    Forum = forums,
                    Body = body.Id,
                    BodyCode = body.Code,
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    Symbol = request.Symbol,
                    Status = request.On is null ? status : null,
                    StatusOn = request.On is null ? null : status,
                    On = Days.Of(request.On),
                    Within = DaySpan.Between(request.From, request.Until),
                    AdoptedAt = request.AdoptedAt,
                    DiscussedAt = request.DiscussedAt,
                    SignedAt = request.SignedAt,
                    Meeting = request.Meeting,
                    RelatedTo = request.RelatedTo,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
