namespace Registry.Domain;

/// <summary>The days that a question is about: one day, those of a month or of a year, or any run of them. Both ends are inclusive.</summary>
/// <remarks>
/// Something may have held in the span if it may have held on one of its days; it certainly did if it held on every one of
/// them, whatever its exact ends were. For a span of one day both are as they are for the day.
/// </remarks>
public readonly record struct DaySpan
{
    private DaySpan(DateOnly first, DateOnly last) => (First, Last) = (first, last);

    /// <summary>The first day.</summary>
    public DateOnly First { get; }

    /// <summary>The last day.</summary>
    public DateOnly Last { get; }

    /// <summary>The days that a date can mean.</summary>
    public static DaySpan Of(PartialDate date) => new(date.FirstDay, date.LastDay);

    /// <summary>The one day.</summary>
    public static DaySpan Of(DateOnly day) => new(day, day);

    /// <summary>From the first day of one date to the last day of another; without an end where there is no date.</summary>
    /// <returns>The span; null where it has neither end.</returns>
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
