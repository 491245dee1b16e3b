using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Http;

/// <summary>
/// Meetings as a calendar that programs subscribe to (iCalendar, RFC 5545 and 7986), event by event. An event keeps its UID
/// for good, and its SEQUENCE grows with the versions of the record.
/// </summary>
/// <remarks>
/// A meeting without a time is an event of whole days. One whose day is known to the month is shown over the month as
/// tentative; of one known to the year alone, a calendar has nothing to show.
/// </remarks>
internal sealed class MeetingCalendar(HttpRequest request, string title)
{
    /// <summary>How often a program is to look again.</summary>
    private const string Refresh = "PT6H";

    private const int YearAlone = 4;

    /// <summary>From when on the offsets of time zones are told.</summary>
    private static readonly DateTime ZonesFrom = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly HashSet<string> _zones = new(StringComparer.Ordinal);
    private readonly ComponentSerializer _serializer = new();

    /// <summary>What stands before the events.</summary>
    public string Begin() =>
        $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Registry//Meetings//EN
            CALSCALE:GREGORIAN
            {Folded($"NAME:{Escaped(title)}")}
            {Folded($"X-WR-CALNAME:{Escaped(title)}")}
            REFRESH-INTERVAL;VALUE=DURATION:{Refresh}
            X-PUBLISHED-TTL:{Refresh}

            """.ReplaceLineEndings("\r\n");

    /// <summary>The event of a meeting, with its time zone where that was not told yet; nothing where it has no days.</summary>
    public string Add(MeetingDocument meeting)
    {
        if (meeting.Starts is not { } starts || starts.ToString().Length == YearAlone || meeting.Id is not { } id)
        {
            return "";
        }

        var happening = EventOf(id, meeting, starts, meeting.Ends ?? starts);
        var zone =
            meeting is { TimeZone: { } name, StartTime: not null } && _zones.Add(name)
                ? Text(VTimeZone.FromDateTimeZone(name, ZonesFrom, includeHistoricalData: true))
                : "";
        return zone + Text(happening);
    }

    /// <summary>What stands after the events.</summary>
    public static string End() => "END:VCALENDAR\r\n";

    private CalendarEvent EventOf(string id, MeetingDocument meeting, PartialDate starts, PartialDate ends)
    {
        var recorded = new CalDateTime(meeting.RecordedAt!.Value.UtcDateTime, "UTC");
        var happening = new CalendarEvent
        {
            Uid = UidOf(id),
            Sequence = meeting.Version!.Value - 1,
            DtStamp = recorded,
            LastModified = recorded,
            Summary = meeting.Status == MeetingStatus.Postponed ? $"Postponed: {meeting.Name}" : meeting.Name,
            Description = DescriptionOf(meeting, starts),
            Location = PlaceOf(meeting),
            Url = new Uri($"{Addresses.Origin(request)}/v1/meetings/{id}"),
            Status = StatusOf(meeting.Status, starts),
            Transparency = "TRANSPARENT",
            Categories = [meeting.Forum!, Words.Of(meeting.Kind!.Value)],
        };
        if (meeting.OnMarginsOf is { } other)
        {
            happening.AddProperty("RELATED-TO", UidOf(other));
        }

        SetTimes(happening, meeting, starts, ends);
        return happening;
    }

    private static void SetTimes(CalendarEvent happening, MeetingDocument meeting, PartialDate starts, PartialDate ends)
    {
        if (meeting.StartTime is null)
        {
            // The end of an event is the first day that it does not have.
            happening.Start = new CalDateTime(starts.FirstDay);
            happening.End = new CalDateTime(ends.LastDay.AddDays(1));
            return;
        }

        happening.Start = new CalDateTime(starts.FirstDay, TimeOf(meeting.StartTime), meeting.TimeZone);
        if (meeting.EndTime is not null)
        {
            happening.End = new CalDateTime(ends.LastDay, TimeOf(meeting.EndTime), meeting.TimeZone);
        }
        else if (ends.LastDay > starts.FirstDay)
        {
            happening.End = new CalDateTime(ends.LastDay, new TimeOnly(23, 59), meeting.TimeZone);
        }
    }

    private static string StatusOf(MeetingStatus? status, PartialDate starts) =>
        status switch
        {
            MeetingStatus.Cancelled => EventStatus.Cancelled,
            MeetingStatus.Planned or MeetingStatus.Postponed => EventStatus.Tentative,
            _ when !starts.IsExact => EventStatus.Tentative,
            _ => EventStatus.Confirmed,
        };

    private static string DescriptionOf(MeetingDocument meeting, PartialDate starts)
    {
        string?[] lines =
        [
            meeting.Body is null ? meeting.Forum : $"{meeting.Forum}, {meeting.Body}",
            $"Status: {Words.Of(meeting.Status!.Value)}",
            starts.IsExact ? null : $"The day is not fixed: {starts}",
            meeting.Host is null ? null : $"Host: {meeting.Host}",
            .. (meeting.Links ?? []).Select(link => link.Url),
        ];
        return string.Join("\n", lines.OfType<string>());
    }

    private static string? PlaceOf(MeetingDocument meeting)
    {
        string[] parts = [.. new[] { meeting.Venue, meeting.City, meeting.Country }.OfType<string>()];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static TimeOnly TimeOf(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private string UidOf(string meeting) => $"meetings/{meeting}@{request.Host.Host}";

    private string Text(ICalendarComponent component)
    {
        var text = _serializer.SerializeToString(component)!;
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text : $"{text}\r\n";
    }

    private static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace(";", @"\;", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal);

    /// <summary>A line longer than 75 octets goes on in the next one, behind a space.</summary>
    private static string Folded(string line)
    {
        const int Octets = 73;
        var folded = new System.Text.StringBuilder();
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > Octets)
            {
                folded.Append("\r\n ");
                used = 1;
            }

            folded.Append(rune);
            used += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
