using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Registry.Api.Features.Meetings.Calendar;

/// <summary>
/// A time zone as a calendar component (VTIMEZONE, RFC 5545, 3.6.5). Each change of its offset is listed by its
/// instant, as in the time zone database: one rule for all years would be wrong in some.
/// </summary>
/// <remarks>
/// The changes are found by looking at the offset of each day and not in the adjustment rules of <see cref="TimeZoneInfo"/>, in which
/// Irish winter time and Moroccan Ramadan are exceptions that differ between systems.
/// </remarks>
internal static class ZoneComponent
{
    /// <summary>
    /// The first day covered; before 1972 some zones had offsets with seconds, which are not supported.
    /// </summary>
    public static readonly DateOnly FirstDay = new(1972, 1, 8);

    /// <summary>
    /// The last day covered; the time zone database lists changes up to 2037 and has rules for later.
    /// </summary>
    public static readonly DateOnly LastDay = new(2037, 12, 31);

    private const string LocalTime = "yyyyMMdd'T'HHmmss";

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>True when both days, and so all times between them, are covered.</summary>
    public static bool Covers(DateOnly from, DateOnly until) => from > FirstDay && until < LastDay;

    /// <summary>The content lines of the component.</summary>
    /// <param name="name">The name of a zone in the time zone database.</param>
    public static string Of(string name) => Texts.GetOrAdd(name, Write);

    private static string Write(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var text = new StringBuilder();
        CalendarLines.Append(text, "BEGIN:VTIMEZONE");
        CalendarLines.Append(text, $"TZID:{name}");
        var first = OffsetAt(zone, InstantOf(FirstDay));
        var start = FirstDay.ToDateTime(TimeOnly.MinValue);
        AppendObservance(text, zone, new Change(InstantOf(FirstDay), first, first), [start]);

        // Changes that repeat every year in the same way form one observance.
        foreach (var alike in ChangesOf(zone).GroupBy(change => (change.From, change.To, DaylightAfter(zone, change))))
        {
            AppendObservance(text, zone, alike.First(), [.. alike.Select(change => change.Instant + change.From)]);
        }

        CalendarLines.Append(text, "END:VTIMEZONE");
        return text.ToString();
    }

    private static void AppendObservance(StringBuilder text, TimeZoneInfo zone, Change change, DateTime[] onsets)
    {
        var kind = DaylightAfter(zone, change) ? "DAYLIGHT" : "STANDARD";
        CalendarLines.Append(text, $"BEGIN:{kind}");
        CalendarLines.Append(text, $"DTSTART:{Local(onsets[0])}");
        CalendarLines.Append(text, $"TZOFFSETFROM:{OffsetText(change.From)}");
        CalendarLines.Append(text, $"TZOFFSETTO:{OffsetText(change.To)}");
        if (onsets.Length > 1)
        {
            CalendarLines.Append(text, $"RDATE:{string.Join(',', onsets.Skip(1).Select(Local))}");
        }

        CalendarLines.Append(text, $"END:{kind}");
    }

    private static IEnumerable<Change> ChangesOf(TimeZoneInfo zone)
    {
        var before = OffsetAt(zone, InstantOf(FirstDay));
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            var (earlier, later) = (InstantOf(day), InstantOf(day.AddDays(1)));
            var after = OffsetAt(zone, later);
            if (after == before)
            {
                continue;
            }

            // Found to the minute: since the first covered day, every zone has changed its offset at a whole minute.
            while (later - earlier > TimeSpan.FromMinutes(1))
            {
                var middle = earlier.AddMinutes((int)(later - earlier).TotalMinutes / 2);
                (earlier, later) = OffsetAt(zone, middle) == before ? (middle, later) : (earlier, middle);
            }

            yield return new Change(later, before, after);
            before = after;
        }
    }

    private static bool DaylightAfter(TimeZoneInfo zone, Change change) => zone.IsDaylightSavingTime(change.Instant);

    private static TimeSpan OffsetAt(TimeZoneInfo zone, DateTime instant) => zone.GetUtcOffset(instant);

    private static DateTime InstantOf(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static string Local(DateTime time) => time.ToString(LocalTime, CultureInfo.InvariantCulture);

    private static string OffsetText(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    /// <param name="Instant">The first minute of the new offset, in UTC.</param>
    /// <param name="From">The offset before.</param>
    /// <param name="To">The offset after it.</param>
    private readonly record struct Change(DateTime Instant, TimeSpan From, TimeSpan To);
}
