using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Formats;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>The status of a follow-up on a day.</summary>
public enum FollowUpState
{
    /// <summary>Not done yet, overdue or not.</summary>
    Open,

    /// <summary>Open after the last day on which it was due.</summary>
    Overdue,
    Done,

    /// <summary>Abandoned: nobody will carry it out.</summary>
    Dropped,
}

/// <summary>List outcomes.</summary>
/// <remarks>Covers all meetings.</remarks>
public sealed record ListOutcomes : RecordListQuery, IRequest<Page>
{
    /// <summary>Only outcomes of meetings of the forum with this code and of its bodies.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>
    /// Only outcomes of meetings of this body: its code, alone or with that of its forum (CICA/summit).
    /// </summary>
    [FromQuery, RegularExpression(SubjectCodes.BodyPattern, ErrorMessage = SubjectCodes.BodySentence)]
    public string? Body { get; init; }

    /// <summary>Only outcomes of the meeting with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Meeting { get; init; }

    /// <summary>Only outcomes with this verb.</summary>
    [FromQuery]
    public IReadOnlyList<OutcomeVerb>? Verb { get; init; }

    /// <summary>Only outcomes by this state, forum, body or minister.</summary>
    [
        FromQuery,
        StringLength(Slug.MaxLength),
        RegularExpression(SubjectCodes.SubjectPattern, ErrorMessage = SubjectCodes.SubjectSentence)
    ]
    public string? Actor { get; init; }

    /// <summary>Only outcomes that mention this state, forum, body or minister.</summary>
    [
        FromQuery,
        StringLength(Slug.MaxLength),
        RegularExpression(SubjectCodes.SubjectPattern, ErrorMessage = SubjectCodes.SubjectSentence)
    ]
    public string? Mentions { get; init; }

    /// <summary>Only outcomes about the document with this id.</summary>
    [FromQuery, StringLength(Slug.MaxLength), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Document { get; init; }

    /// <summary>Only outcomes whose follow-up has this status today (UTC).</summary>
    [FromQuery]
    public FollowUpState? FollowUp { get; init; }

    /// <summary>
    /// Only outcomes of meetings that may have been under way on this day or later: a month or a year counts from its
    /// first day. The due date of the follow-up is not considered.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only outcomes of meetings that may have been under way on this day or earlier: a month or a year counts to its last
    /// day.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "date"];

    /// <summary>The default sort order; newest first in a feed, because feed readers read only its first page.</summary>
    internal override string DefaultSort =>
        Answered == ResponseFormat.Atom ? $"-{ListRequest.Recorded}" : base.DefaultSort;

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, ResponseFormat.Atom];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);
}

internal sealed class ListOutcomesHandler(OutcomeReads outcomes, TimeProvider clock)
    : IRequestHandler<ListOutcomes, Page>
{
    public async Task<Page> Handle(ListOutcomes request, CancellationToken cancellationToken)
    {
        var forums = MultiValueParameters.ToUpperCodes(request.Forum);
        var body = BodyNamed.Of(request.Body, MultiValueParameters.Single(forums));
        var overdue = request.FollowUp == FollowUpState.Overdue;
        var page = await outcomes.ListAsync(
            request.ToRequest(
                new OutcomeFilters
                {
                    Forum = forums,
                    Body = body.Id,
                    BodyCode = body.Code,
                    Meeting = request.Meeting,
                    Verb = MultiValueParameters.ToWords(request.Verb),
                    Actor = request.Actor,
                    Mention = request.Mentions,
                    Document = request.Document,
                    OverdueOn = overdue ? clock.Today() : null,
                    FollowUp = request.FollowUp is { } state && !overdue ? Words.Of(state) : null,
                    Within = DaySpan.Between(request.From, request.Until),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}

/// <summary>Writes outcomes as an Atom feed, for feed readers.</summary>
internal sealed class OutcomeFeedAnswer(ListOutcomes request, Page page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var entries = page.Items.Select(EntryOf).ToArray();
        return new AtomAnswer(
            request.Forum is null ? "Outcomes" : $"Outcomes of {string.Join(", ", request.Forum)}",
            entries.Select(entry => entry.Updated).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max(),
            entries,
            page.Cursor is null ? null : Addresses.With(httpContext.Request, "cursor", page.Cursor)
        ).ExecuteAsync(httpContext);
    }

    private static AtomEntry EntryOf(string item)
    {
        var outcome = JsonSerializer.Deserialize<OutcomeModel>(item, RegistryJson.Options)!;
        if (outcome.Verb is not { } verb)
        {
            return new($"outcomes/{outcome.Id}", "deleted", outcome.RecordedAt!.Value, $"/v1/outcomes/{outcome.Id}");
        }

        return new(
            $"outcomes/{outcome.Id}",
            $"{Words.Of(verb)}: {outcome.Name}",
            outcome.RecordedAt!.Value,
            $"/v1/outcomes/{outcome.Id}"
        )
        {
            Summary = $"{outcome.Name} ({outcome.Meeting})",
            Categories = [Words.Of(verb)],
        };
    }
}
