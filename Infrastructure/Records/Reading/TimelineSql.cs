using Registry.Domain;

namespace Registry.Infrastructure.Records.Reading;

internal static class TimelineSql
{
    /// <summary>Makes the list of the events of a timeline from several tables.</summary>
    /// <param name="filterType">The type of the filters: the subject of the timeline and the days.</param>
    /// <param name="events">Selects the events with the columns Id, Kind, Title, Record, FromText, FromEarliest and FromLatest.</param>
    public static ListSql Over(Type filterType, Sql events) =>
        new(
            filterType,
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

/// <summary>The filters of a timeline.</summary>
public abstract record TimelineFilters : ListFilters
{
    /// <summary>The days on one of which the event may have happened, or null for all events.</summary>
    public DaySpan? Within { get; init; }
}
