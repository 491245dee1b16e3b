using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Domain;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http;

/// <summary>What every timeline understands.</summary>
public abstract record TimelineQuery : ListQuery, IRequest<Page>
{
    /// <summary>
    /// Only what may have happened on this day or later, by the date of the entry: of an appointment, a chairmanship or a
    /// stage its beginning, of a meeting its first day. A month or a year counts from its first day.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only what may have happened on this day or earlier, by the date of the entry. A month or a year counts to its last day.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Sorts => ["date"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);

    /// <summary>The days asked for.</summary>
    internal DaySpan? Within => DaySpan.Between(From, Until);
}

/// <summary>Something that happened, at its place in a timeline.</summary>
public sealed record TimelineEntry
{
    /// <summary>When, as precisely as known; absent where nobody knows since when.</summary>
    public PartialDate? Date { get; init; }

    /// <summary>What sort of thing happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>What happened, or to whom.</summary>
    public required string Title { get; init; }

    /// <summary>The record that says so, by its collection and id.</summary>
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
