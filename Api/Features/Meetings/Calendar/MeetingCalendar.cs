using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
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

    private readonly HashSet<string> _zones = new(StringComparer.Ordinal);
    private readonly ComponentSerializer _serializer = new();

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
        var happening = Text(EventOf(id, meeting, days));
        return NamesZone(meeting, days) && _zones.Add(meeting.TimeZone!)
            ? ZoneComponent.Of(meeting.TimeZone!) + happening
            : happening;
    }

    /// <summary>The end of the calendar.</summary>
    public static string End() => "END:VCALENDAR\r\n";

    private CalendarEvent EventOf(string id, MeetingModel meeting, Days days)
    {
        var recorded = new CalDateTime(meeting.RecordedAt!.Value.UtcDateTime, "UTC");
        var happening = new CalendarEvent
        {
            Uid = UidOf(id),
            Sequence = meeting.Version!.Value - 1,
            DtStamp = recorded,
            LastModified = recorded,
            Summary = meeting.Status == MeetingStatus.Postponed ? $"Postponed: {meeting.Name}" : meeting.Name,
            Description = DescriptionOf(meeting, days),
            Location = PlaceOf(meeting),
            Url = new Uri($"{Addresses.Origin(request)}/v1/meetings/{id}"),
            Status = StatusOf(meeting.Status, days),
            Transparency = "TRANSPARENT",
            Categories = [meeting.Forum!, Words.Of(meeting.Kind!.Value)],
        };
        if (meeting.OnMarginsOf is { } other)
        {
            happening.AddProperty("RELATED-TO", UidOf(other));
        }

        SetTimes(happening, meeting, days);
        return happening;
    }

    /// <summary>True when the event has times; false for whole days.</summary>
    private static bool HasTime(MeetingModel meeting, Days days) =>
        meeting is { StartTime: not null, TimeZone: not null } && days.AreKnown;

    /// <summary>True when the times are in a zone that the calendar defines; otherwise they are in UTC.</summary>
    private static bool NamesZone(MeetingModel meeting, Days days) =>
        HasTime(meeting, days) && ZoneComponent.Covers(days.First, days.Last);

    private static void SetTimes(CalendarEvent happening, MeetingModel meeting, Days days)
    {
        if (!HasTime(meeting, days))
        {
            // DTEND is exclusive: the day after the last one.
            happening.Start = new CalDateTime(days.First);
            happening.End = new CalDateTime(days.Last.AddDays(1));
            return;
        }

        happening.Start = At(days.First, TimeOf(meeting.StartTime!));
        if (meeting.EndTime is not null)
        {
            happening.End = At(days.Last, TimeOf(meeting.EndTime));
        }
        else if (days.Last > days.First)
        {
            happening.End = At(days.Last, new TimeOnly(23, 59));
        }

        CalDateTime At(DateOnly day, TimeOnly time)
        {
            if (NamesZone(meeting, days))
            {
                return new CalDateTime(day, time, meeting.TimeZone);
            }

            var local = day.ToDateTime(time);
            var offset = TimeZoneInfo.FindSystemTimeZoneById(meeting.TimeZone!).GetUtcOffset(local);
            return new CalDateTime(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc), "UTC");
        }
    }

    private static string StatusOf(MeetingStatus? status, Days days) =>
        status switch
        {
            MeetingStatus.Cancelled => EventStatus.Cancelled,
            MeetingStatus.Planned or MeetingStatus.Postponed => EventStatus.Tentative,
            _ when !days.AreKnown => EventStatus.Tentative,
            _ => EventStatus.Confirmed,
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

    private string Text(ICalendarComponent component)
    {
        var text = _serializer.SerializeToString(component)!;
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text : $"{text}\r\n";
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
