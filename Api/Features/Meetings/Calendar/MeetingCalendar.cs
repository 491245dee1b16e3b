using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Meetings.Calendar;

/// <summary>
/// Writes meetings as a calendar for subscription (iCalendar, RFC 5545 and 7986), event by event. The UID of an event
/// never changes, and its SEQUENCE grows with the versions of the record.
/// </summary>
/// <remarks>
/// A meeting without a time is an event of whole days. One whose days are not known is shown over all the days that it may be on,
/// tentative and without blocking them, and its description says so.
/// </remarks>
internal sealed class MeetingCalendar(HttpRequest request, string title)
{
    /// <summary>The format: iCalendar, one event a meeting.</summary>
    public static readonly ResponseFormat Format = new("ical", MediaTypes.Calendar)
    {
        IsWhole = true,
        Revision = 2,
        WriteRecord = (request, _, stored) =>
        {
            var meeting = JsonSerializer.Deserialize<MeetingModel>(stored.Record, RegistryJson.Options)!;
            var calendar = new MeetingCalendar(request, meeting.Name!);
            return string.Concat(calendar.Begin(), calendar.Add(meeting), End());
        },
        AnswerList = (asked, page) => new CalendarAnswer(asked, page),
    };

    /// <summary>The suggested refresh interval of calendar programs.</summary>
    private const string Refresh = "PT6H";

    private const string Day = "yyyyMMdd";
    private const string LocalTime = "yyyyMMdd'T'HHmmss";
    private const string UtcTime = "yyyyMMdd'T'HHmmss'Z'";

    private readonly HashSet<string> _zones = new(StringComparer.Ordinal);
    private readonly string _meetings = $"{Addresses.Origin(request)}/v1/meetings/";

    /// <summary>The beginning of the calendar, before the events.</summary>
    public string Begin()
    {
        var text = new StringBuilder();
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Registry//Meetings//EN",
            "CALSCALE:GREGORIAN",
            $"NAME:{CalendarLines.Escaped(title)}",
            $"X-WR-CALNAME:{CalendarLines.Escaped(title)}",
            $"REFRESH-INTERVAL;VALUE=DURATION:{Refresh}",
            $"X-PUBLISHED-TTL:{Refresh}",
        ];
        foreach (var line in lines)
        {
            CalendarLines.Append(text, line);
        }

        return text.ToString();
    }

    /// <summary>
    /// The event of a meeting, preceded by its time zone when that was not written yet; empty when no day is known.
    /// </summary>
    public string Add(MeetingModel meeting)
    {
        if (meeting is not { Starts: { } starts, Id: { } id })
        {
            return "";
        }

        var days = new Days(starts, meeting.Ends ?? starts);
        var text = new StringBuilder();
        if (NamesZone(meeting, days) && _zones.Add(meeting.TimeZone!))
        {
            text.Append(ZoneComponent.Of(meeting.TimeZone!));
        }

        AppendEvent(text, id, meeting, days);
        return text.ToString();
    }

    /// <summary>The end of the calendar.</summary>
    public static string End() => "END:VCALENDAR\r\n";

    private void AppendEvent(StringBuilder text, string id, MeetingModel meeting, Days days)
    {
        var recorded = meeting.RecordedAt!.Value.UtcDateTime.ToString(UtcTime, CultureInfo.InvariantCulture);
        var (start, end) = TimesOf(meeting, days);
        Line("BEGIN:VEVENT");
        Line($"CATEGORIES:{CalendarLines.Escaped(meeting.Forum!)},{Words.Of(meeting.Kind!.Value)}");
        Line($"DESCRIPTION:{CalendarLines.Escaped(DescriptionOf(meeting, days))}");
        if (end is not null)
        {
            Line($"DTEND{end}");
        }

        Line($"DTSTAMP:{recorded}");
        Line($"DTSTART{start}");
        Line($"LAST-MODIFIED:{recorded}");
        if (PlaceOf(meeting) is { } place)
        {
            Line($"LOCATION:{CalendarLines.Escaped(place)}");
        }

        if (meeting.OnMarginsOf is { } other)
        {
            Line($"RELATED-TO:{UidOf(other)}");
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{meeting.Version!.Value - 1}"));
        Line($"STATUS:{StatusOf(meeting.Status, days)}");
        var postponed = meeting.Status == MeetingStatus.Postponed ? "Postponed: " : "";
        Line($"SUMMARY:{postponed}{CalendarLines.Escaped(meeting.Name!)}");
        Line("TRANSP:TRANSPARENT");
        Line($"UID:{UidOf(id)}");
        Line($"URL:{_meetings}{id}");
        Line("END:VEVENT");

        void Line(string line) => CalendarLines.Append(text, line);
    }

    /// <summary>True when the event has times; false for whole days.</summary>
    private static bool HasTime(MeetingModel meeting, Days days) =>
        meeting is { StartTime: not null, TimeZone: not null } && days.AreKnown;

    /// <summary>True when the times are in a zone that the calendar defines; otherwise they are in UTC.</summary>
    private static bool NamesZone(MeetingModel meeting, Days days) =>
        HasTime(meeting, days) && ZoneComponent.Covers(days.First, days.Last);

    /// <summary>The start and the end as the rest of their lines, with the parameters; null for no end.</summary>
    private static (string Start, string? End) TimesOf(MeetingModel meeting, Days days)
    {
        if (!HasTime(meeting, days))
        {
            // DTEND is exclusive: the day after the last one.
            return (OnDay(days.First), OnDay(days.Last.AddDays(1)));
        }

        return (
            At(days.First, TimeOf(meeting.StartTime!)),
            meeting.EndTime is not null ? At(days.Last, TimeOf(meeting.EndTime))
            : days.Last > days.First ? At(days.Last, new TimeOnly(23, 59))
            : null
        );

        static string OnDay(DateOnly day) => $";VALUE=DATE:{day.ToString(Day, CultureInfo.InvariantCulture)}";

        string At(DateOnly day, TimeOnly time)
        {
            var local = day.ToDateTime(time);
            if (NamesZone(meeting, days))
            {
                return $";TZID={meeting.TimeZone}:{local.ToString(LocalTime, CultureInfo.InvariantCulture)}";
            }

            var offset = TimeZoneInfo.FindSystemTimeZoneById(meeting.TimeZone!).GetUtcOffset(local);
            return $":{(local - offset).ToString(UtcTime, CultureInfo.InvariantCulture)}";
        }
    }

    private static string StatusOf(MeetingStatus? status, Days days) =>
        status switch
        {
            MeetingStatus.Cancelled => "CANCELLED",
            MeetingStatus.Planned or MeetingStatus.Postponed => "TENTATIVE",
            _ when !days.AreKnown => "TENTATIVE",
            _ => "CONFIRMED",
        };

    private static string DescriptionOf(MeetingModel meeting, Days days)
    {
        string?[] lines =
        [
            meeting.Body is null ? meeting.Forum : $"{meeting.Forum}, {meeting.Body}",
            $"Status: {Words.Of(meeting.Status!.Value)}",
            days.AreKnown
                ? null
                : $"The exact days are not known, only {days}: it is on some of the days shown, which are all marked as free.",
            HasTime(meeting, days) ? $"Time: {meeting.StartTime} {meeting.TimeZone}" : null,
            meeting.Host is null ? null : $"Host: {meeting.Host}",
            .. (meeting.Links ?? []).Select(link => link.Url),
        ];
        return string.Join("\n", lines.OfType<string>());
    }

    private static string? PlaceOf(MeetingModel meeting)
    {
        string[] parts = [.. new[] { meeting.Venue, meeting.City, meeting.Country }.OfType<string>()];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static TimeOnly TimeOf(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>
    /// A name-based UUID (RFC 9562, version 8 over SHA-256), independent of the host name, as RFC 7986 recommends.
    /// </summary>
    private static string UidOf(string meeting)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"registry/meetings/{meeting}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>The days of a meeting, as far as they are known.</summary>
    private readonly record struct Days(PartialDate Starts, PartialDate Ends)
    {
        public DateOnly First => Starts.FirstDay;

        public DateOnly Last => Ends.LastDay < First ? First : Ends.LastDay;

        public bool AreKnown => Starts.IsExact && Ends.IsExact;

        public override string ToString() => Starts.Equals(Ends) ? $"{Starts}" : $"{Starts} to {Ends}";
    }
}
