using Registry.Domain;

namespace Registry.Infrastructure.Records.Mapping;

/// <summary>The four columns of a period: the earliest and the latest day of either end.</summary>
internal abstract record PeriodRow : RecordRow
{
    public DateOnly FromEarliest { get; private init; }
    public DateOnly FromLatest { get; private init; }
    public DateOnly UntilEarliest { get; private init; }
    public DateOnly UntilLatest { get; private init; }

    /// <summary>Sets all four columns.</summary>
    public required Period Period
    {
        init
        {
            FromEarliest = value.EarliestStart;
            FromLatest = value.LatestStart;
            UntilEarliest = value.EarliestEnd;
            UntilLatest = value.LatestEnd;
        }
    }

    /// <summary>The names of the four columns.</summary>
    public static readonly string[] Columns = ["FromEarliest", "FromLatest", "UntilEarliest", "UntilLatest"];
}

/// <summary>The four columns of a period as they are read.</summary>
internal sealed record PeriodDays
{
    public DateOnly FromEarliest { get; init; }
    public DateOnly FromLatest { get; init; }
    public DateOnly UntilEarliest { get; init; }
    public DateOnly UntilLatest { get; init; }

    /// <summary>Gets the period, with each end as precise as the four days tell.</summary>
    public Period ToPeriod() => Period.OfDays(FromEarliest, FromLatest, UntilEarliest, UntilLatest);
}
