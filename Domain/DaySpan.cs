namespace Registry.Domain;

/// <summary>
/// The days of a question: one day, those of a month or of a year, or any range. Both ends are inclusive.
/// </summary>
/// <remarks>
/// Something may have held in the span when it may have held on one of its days; it certainly did when it held on every
/// one of them, whatever its exact ends were. For a span of one day, both are the same as for the day.
/// </remarks>
public readonly record struct DaySpan
{
    private DaySpan(DateOnly first, DateOnly last) => (First, Last) = (first, last);

    /// <summary>The first day.</summary>
    public DateOnly First { get; }

    /// <summary>The last day.</summary>
    public DateOnly Last { get; }

    /// <summary>Gets the days that a date can mean.</summary>
    public static DaySpan Of(PartialDate date) => new(date.FirstDay, date.LastDay);

    /// <summary>Gets the span of one day.</summary>
    public static DaySpan Of(DateOnly day) => new(day, day);

    /// <summary>
    /// Gets the span from the first day of one date to the last day of another; an absent date leaves its end open.
    /// </summary>
    /// <returns>The span, or null when both dates are absent.</returns>
    /// <exception cref="IllegalValueException">The last day comes before the first.</exception>
    public static DaySpan? Between(PartialDate? from, PartialDate? until)
    {
        if (from is null && until is null)
        {
            return null;
        }

        var (first, last) = (from?.FirstDay ?? DateOnly.MinValue, until?.LastDay ?? DateOnly.MaxValue);
        return first <= last
            ? new DaySpan(first, last)
            : throw new IllegalValueException("until", $"It cannot be before from, {from}.");
    }
}
