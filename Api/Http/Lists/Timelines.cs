using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Domain;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Lists;

/// <summary>The parameters of every timeline.</summary>
public abstract record TimelineQuery : ListQuery, IRequest<Page>
{
    /// <summary>
    /// Only entries that may be dated on this day or later. An appointment, a chairmanship or a stage is dated by its
    /// beginning, a meeting by its first day. A month or a year counts from its first day.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only entries that may be dated on this day or earlier. A month or a year counts to its last day.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Sorts => ["date"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);

    /// <summary>The requested days.</summary>
    internal DaySpan? Within => DaySpan.Between(From, Until);
}

/// <summary>An event in a timeline.</summary>
public sealed record TimelineEntry
{
    /// <summary>The date, as precisely as known; absent when unknown.</summary>
    public PartialDate? Date { get; init; }

    /// <summary>The kind of the event.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>The title of the event.</summary>
    public required string Title { get; init; }

    /// <summary>The record that the event comes from, by its collection and id.</summary>
    public required string Record { get; init; }

    internal static string Of(TimelineEvent happened) =>
        JsonSerializer.Serialize(
            new TimelineEntry
            {
                Date = happened.Date,
                Kind = happened.ReadKind(),
                Title = happened.Title,
                Record = happened.Record,
            },
            RegistryJson.Options
        );
}
