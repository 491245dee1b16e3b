namespace Registry.Domain;

/// <summary>The relation of a day to a period whose ends may be known only to the month or the year.</summary>
public enum PeriodReading
{
    /// <summary>The period did not hold that day, whatever its exact ends were.</summary>
    Outside,

    /// <summary>The day is within an imprecise end: the period may have held.</summary>
    Uncertain,

    /// <summary>The period held that day, whatever its exact ends were.</summary>
    Inside,
}

/// <summary>A period with inclusive ends, each of which may be imprecise or absent.</summary>
/// <remarks>
/// Without <see cref="From"/> the start is open. Without <see cref="Until"/> the period continues, or, with
/// <see cref="Ended"/>, has ended on an unknown date. Ends are inclusive because treaties and gazettes name last days: a
/// membership until 2020-01-31 holds on that day. Four days suffice for every comparison: the first and the last possible
/// start, and the first and the last possible end.
/// </remarks>
public sealed record Period
{
    /// <summary>The period that always holds.</summary>
    public static readonly Period Always = new(null, null);

    /// <exception cref="IllegalValueException">The period would end before it starts.</exception>
    public Period(PartialDate? from, PartialDate? until, bool ended = false)
    {
        if (from is not null && until is not null && until.LastDay < from.FirstDay)
        {
            throw new IllegalValueException("until", $"A period cannot end ({until}) before it starts ({from}).");
        }

        From = from;
        Until = until;
        Ended = ended || until is not null;
    }

    /// <summary>Gets the period with these possible ends, each as precise as its two days tell.</summary>
    /// <param name="earliestStart">The <see cref="EarliestStart"/>.</param>
    /// <param name="latestStart">The <see cref="LatestStart"/>.</param>
    /// <param name="earliestEnd">The <see cref="EarliestEnd"/>.</param>
    /// <param name="latestEnd">The <see cref="LatestEnd"/>.</param>
    public static Period OfDays(DateOnly earliestStart, DateOnly latestStart, DateOnly earliestEnd, DateOnly latestEnd)
    {
        var from = latestStart == DateOnly.MinValue ? null : PartialDate.Covering(earliestStart, latestStart);
        return latestEnd == DateOnly.MaxValue && (earliestEnd == latestEnd || earliestEnd == earliestStart)
            ? new Period(from, null, ended: earliestEnd < latestEnd)
            : new Period(from, PartialDate.Covering(earliestEnd, latestEnd));
    }

    /// <summary>The first day, as precise as known.</summary>
    public PartialDate? From { get; }

    /// <summary>The last day, as precise as known.</summary>
    public PartialDate? Until { get; }

    /// <summary>True when the period has ended, even on an unknown date.</summary>
    public bool Ended { get; }

    /// <summary>The first day on which the period can have started.</summary>
    public DateOnly EarliestStart => From?.FirstDay ?? DateOnly.MinValue;

    /// <summary>The last day on which the period can have started.</summary>
    public DateOnly LatestStart => Min(From?.LastDay ?? DateOnly.MinValue, LatestEnd);

    /// <summary>The first day that can have been the last one.</summary>
    public DateOnly EarliestEnd =>
        Until is not null ? Max(Until.FirstDay, EarliestStart)
        : Ended ? EarliestStart
        : DateOnly.MaxValue;

    /// <summary>The last day that can have been the last one.</summary>
    public DateOnly LatestEnd => Until?.LastDay ?? DateOnly.MaxValue;

    /// <summary>
    /// The sort key of periods of which no two certainly overlap: when only one order of two is possible, the first one
    /// has the earlier middle. The earliest start would not do: <c>2013</c> follows <c>2013-05-15/2013</c>.
    /// </summary>
    internal int Middle => LatestStart.DayNumber + EarliestEnd.DayNumber;

    /// <summary>Compares a day with the period.</summary>
    public PeriodReading On(DateOnly day)
    {
        if (day < EarliestStart || day > LatestEnd)
        {
            return PeriodReading.Outside;
        }

        return day >= LatestStart && day <= EarliestEnd ? PeriodReading.Inside : PeriodReading.Uncertain;
    }

    /// <summary>True when the two share a day, whatever their exact ends were.</summary>
    public bool CertainlyOverlaps(Period other) => LatestStart <= other.EarliestEnd && other.LatestStart <= EarliestEnd;

    /// <summary>True when the period can lie inside the other one.</summary>
    /// <remarks>
    /// A period without an end fits into one that has ended: a standing lasts no longer than its forum. So does one
    /// without a start: an undated standing began with the forum or later.
    /// </remarks>
    public bool CanLieWithin(Period life) =>
        (From is null || LatestStart >= life.EarliestStart)
        && EarliestStart <= life.LatestEnd
        && (!Ended || EarliestEnd <= life.LatestEnd);

    /// <summary>Gets the same period, ended on the day or within the month or year.</summary>
    /// <exception cref="IllegalValueException">It would end before it starts.</exception>
    public Period EndedOn(PartialDate until) => new(From, until);

    /// <summary>Gets the period in words, for messages.</summary>
    public override string ToString() => $"{From?.ToString() ?? ".."}/{Until?.ToString() ?? (Ended ? "ended" : "..")}";

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
