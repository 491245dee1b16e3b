namespace Registry.Domain;

/// <summary>The relation of a day to a period whose ends may be known only to the month or the year.</summary>
public enum PeriodReading
{
    /// <summary>The period did not hold that day, whatever its exact ends were.</summary>
    Outside,

    /// <summary>The day falls inside an imprecise end: the period may have held.</summary>
    Uncertain,

    /// <summary>The period held that day, whatever its exact ends were.</summary>
    Inside,
}

/// <summary>
/// A run of days with inclusive ends, each of which may be imprecise or absent.
/// No <see cref="From"/> means "since before anyone asks"; no <see cref="Until"/> means "until further notice",
/// or, with <see cref="Ended"/>, "it ended, on an unknown date".
/// </summary>
/// <remarks>
/// Ends are inclusive because treaties and gazettes name last days: a membership until 2020-01-31 still
/// stands on that day. Four days say all there is to compare: the first and the last possible start, and the
/// first and the last possible end.
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

    /// <summary>The first day, as precisely as it is known.</summary>
    public PartialDate? From { get; }

    /// <summary>The last day, as precisely as it is known.</summary>
    public PartialDate? Until { get; }

    /// <summary>True when the period is over, even where nobody knows since when.</summary>
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
    /// Orders periods of which no two certainly overlap: where only one of two can come first, its middle comes first.
    /// The earliest start would not do: <c>2013</c> follows on <c>2013-05-15/2013</c>.
    /// </summary>
    internal int Middle => LatestStart.DayNumber + EarliestEnd.DayNumber;

    /// <summary>Reads a day against the period.</summary>
    public PeriodReading On(DateOnly day)
    {
        if (day < EarliestStart || day > LatestEnd)
        {
            return PeriodReading.Outside;
        }

        return day >= LatestStart && day <= EarliestEnd ? PeriodReading.Inside : PeriodReading.Uncertain;
    }

    /// <summary>True when the two share a day whatever their exact ends were.</summary>
    public bool CertainlyOverlaps(Period other) => LatestStart <= other.EarliestEnd && other.LatestStart <= EarliestEnd;

    /// <summary>
    /// True when the period can lie inside the other one. A period without an end fits into one that ended:
    /// what stands in a forum stands no longer than the forum does. So does one without a start: what nobody
    /// dated began with the forum or later.
    /// </summary>
    public bool CanLieWithin(Period life) =>
        (From is null || LatestStart >= life.EarliestStart)
        && EarliestStart <= life.LatestEnd
        && (!Ended || EarliestEnd <= life.LatestEnd);

    /// <summary>The same period, ended on the day or within the month or year given.</summary>
    /// <exception cref="IllegalValueException">It would end before it starts.</exception>
    public Period EndedOn(PartialDate until) => new(From, until);

    /// <summary>The period in words, for messages.</summary>
    public override string ToString() => $"{From?.ToString() ?? ".."}/{Until?.ToString() ?? (Ended ? "ended" : "..")}";

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
