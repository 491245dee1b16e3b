using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Registry.Domain;

/// <summary>
/// A calendar date known to the year, the month or the day: <c>1992</c>, <c>1992-05</c>, <c>1992-05-15</c>
/// (EDTF level 0, ISO 8601-2). Years run from 0001 to 9999 in the proleptic Gregorian calendar; no time zone.
/// </summary>
/// <remarks>
/// It is stored as the first and the last day that it can mean, because every question about it ("had it happened by
/// then?") is a comparison with one of the two.
/// </remarks>
public sealed record PartialDate
{
    private PartialDate(int year, int? month, int? day)
    {
        FirstDay = new DateOnly(year, month ?? 1, day ?? 1);
        LastDay = day is not null ? FirstDay : new DateOnly(year, month ?? 12, DateTime.DaysInMonth(year, month ?? 12));
    }

    /// <summary>The earliest day the date can mean.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The latest day the date can mean.</summary>
    public DateOnly LastDay { get; }

    /// <summary>True when the date names one day.</summary>
    public bool IsExact => FirstDay == LastDay;

    /// <summary>Gets the date of one day.</summary>
    public static PartialDate Of(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>Gets the most precise date that can mean both days.</summary>
    /// <exception cref="IllegalValueException">The days are in different years.</exception>
    public static PartialDate Covering(DateOnly first, DateOnly last) =>
        first == last ? Of(first)
        : first.Year != last.Year ? throw new IllegalValueException("from", "A date cannot span different years.")
        : new(first.Year, first.Month == last.Month ? first.Month : null, null);

    /// <summary>Parses <c>YYYY</c>, <c>YYYY-MM</c> or <c>YYYY-MM-DD</c>.</summary>
    /// <exception cref="FormatException">The text has none of these formats, or is no day of the calendar.</exception>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date)
            ? date
            : throw new FormatException(
                $"'{text}' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists."
            );

    /// <inheritdoc cref="Parse"/>
    /// <returns>False when <see cref="Parse"/> would throw.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PartialDate? date)
    {
        date = null;
        if (text is null || text.Length is not (4 or 7 or 10))
        {
            return false;
        }

        int? month = null;
        int? day = null;
        if (!Digits(text, 0, 4, out var year) || year == 0)
        {
            return false;
        }

        if (text.Length >= 7)
        {
            if (text[4] != '-' || !Digits(text, 5, 2, out var read) || read is < 1 or > 12)
            {
                return false;
            }

            month = read;
        }

        if (text.Length == 10)
        {
            if (text[7] != '-' || !Digits(text, 8, 2, out var read) || read < 1)
            {
                return false;
            }

            if (read > DateTime.DaysInMonth(year, month!.Value))
            {
                return false;
            }

            day = read;
        }

        date = new PartialDate(year, month, day);
        return true;
    }

    /// <summary>
    /// Gets the last date before a change: the day before an exact date, otherwise the same year or month, because the
    /// change was on a day within it.
    /// </summary>
    /// <exception cref="IllegalValueException">The date is the first day of the calendar.</exception>
    public PartialDate JustBefore()
    {
        if (!IsExact)
        {
            return this;
        }

        return FirstDay > DateOnly.MinValue
            ? Of(FirstDay.AddDays(-1))
            : throw new IllegalValueException("from", "No date is before 0001-01-01.");
    }

    /// <summary>Gets the text of the date.</summary>
    public override string ToString() =>
        FirstDay.ToString(
            IsExact ? "yyyy-MM-dd"
                : FirstDay.Month == LastDay.Month ? "yyyy-MM"
                : "yyyy",
            CultureInfo.InvariantCulture
        );

    private static bool Digits(string text, int start, int count, out int number)
    {
        number = 0;
        foreach (var character in text.AsSpan(start, count))
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            number = (number * 10) + (character - '0');
        }

        return true;
    }
}
