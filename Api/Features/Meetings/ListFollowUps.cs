using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Meetings;

/// <summary>A follow-up with its status on the requested day.</summary>
public sealed record FollowUpOnDay
{
    /// <summary>The id of the outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>The id of the meeting.</summary>
    public required string Meeting { get; init; }

    /// <summary>What is to be done, by language.</summary>
    public required IReadOnlyList<TextModel> What { get; init; }

    /// <summary>Those who are to carry it out.</summary>
    public IReadOnlyList<SubjectModel>? Who { get; init; }

    /// <summary>The due date, as precise as stated.</summary>
    public PartialDate? Due { get; init; }

    /// <summary>
    /// The status on the day, or on the last day of a month or a year: open, overdue, done or dropped.
    /// </summary>
    [WordOf(typeof(FollowUpState))]
    public required string Status { get; init; }

    /// <summary>The later outcomes and the documents that fulfil it, including those after the day.</summary>
    public IReadOnlyList<FulfilmentModel>? FulfilledBy { get; init; }

    /// <summary>
    /// True when the status certainly held on the requested day, or on every day of the month or year, whatever the
    /// exact dates of the fulfilment were.
    /// </summary>
    public required bool Certain { get; init; }

    internal static string Of(ResolvedFollowUp row)
    {
        var outcome = row.ReadOutcome();
        return JsonSerializer.Serialize(
            new FollowUpOnDay
            {
                Outcome = outcome.Id!,
                Meeting = outcome.Meeting!,
                What = outcome.FollowUp!.What!,
                Who = outcome.FollowUp.Who,
                Due = outcome.FollowUp.Due,
                Status = row.Status,
                Certain = row.Certainty == 1,
                FulfilledBy = outcome.FulfilledBy,
            },
            RegistryJson.Options
        );
    }
}

/// <summary>List follow-ups.</summary>
/// <remarks>Lists what outcomes ask for, with its progress.</remarks>
public sealed record ListFollowUps : ListQuery, IRequest<Page>
{
    internal override bool IsCostly => true;

    /// <summary>Only follow-ups from meetings of the forum with this code and of its bodies.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public string? Forum { get; init; }

    /// <summary>Only follow-ups with this status on the day.</summary>
    [FromQuery]
    public FollowUpState? Status { get; init; }

    /// <summary>Only follow-ups that this state, forum, body or minister is to carry out.</summary>
    [
        FromQuery,
        StringLength(Slug.MaxLength),
        RegularExpression(SubjectCodes.SubjectPattern, ErrorMessage = SubjectCodes.SubjectSentence)
    ]
    public string? Who { get; init; }

    /// <summary>
    /// The day, or the month or year at whose end the status is determined; today (UTC) when absent. Follow-ups from
    /// meetings that certainly began later are left out.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "due", "date"];
}

internal sealed class ListFollowUpsHandler(OutcomeReads outcomes, TimeProvider clock)
    : IRequestHandler<ListFollowUps, Page>
{
    public async Task<Page> Handle(ListFollowUps request, CancellationToken cancellationToken)
    {
        var page = await outcomes.FollowUpsAsync(
            request.ToRequest(
                new FollowUpFilters
                {
                    Days = Days.OrToday(request.On, clock),
                    MetBy = request.On?.LastDay,
                    Forum = request.Forum?.ToUpperInvariant(),
                    Status = request.Status switch
                    {
                        // An overdue follow-up is open too.
                        FollowUpState.Open => [Words.Of(FollowUpState.Open), Words.Of(FollowUpState.Overdue)],
                        { } status => [Words.Of(status)],
                        null => null,
                    },
                    Responsible = request.Who,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, FollowUpOnDay.Of);
    }
}
