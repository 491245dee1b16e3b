using Registry.Domain;

namespace Registry.Infrastructure.Records.Reading;

internal static class TimelineSql
{
    /// <summary>The statements of a timeline over events from several tables.</summary>
    /// <param name="asked">The type of the conditions: whose timeline it is, and the days.</param>
    /// <param name="events">The events with Id, Kind, Title, Record, FromText, FromEarliest and FromLatest.</param>
    public static ListSql Over(Type asked, Sql events) =>
        new(
            asked,
            $"e.Kind, e.Title, e.Record, e.FromText, e.FromEarliest, e.FromLatest",
            $"({events}) e",
            "e.Id",
            new Dictionary<string, Sql> { ["date"] = $"e.FromEarliest" },
            new Dictionary<string, Sql>
            {
                [nameof(TimelineFilters.Within)] = $"e.FromLatest >= @WithinFirst AND e.FromEarliest <= @WithinLast",
            }
        );
}

/// <summary>The conditions on the events of a timeline.</summary>
public abstract record TimelineFilters : ListFilters
{
    /// <summary>The days on one of which it may have happened.</summary>
    public DaySpan? Within { get; init; }
}
