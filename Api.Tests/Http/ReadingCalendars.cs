using System.Globalization;
using System.Text.Json.Nodes;
using Registry.Api.Features.Meetings.Calendar;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>The times of a calendar, read as RFC 5545 says and by nothing that knows the time zones itself.</summary>
public sealed class ReadingCalendars(Engine engine) : RegistryTest(engine)
{
    /// <summary>Minutes from a change of an offset: those around it, and a day before and behind it.</summary>
    private static readonly double[] Beside = [-1440, -1, 0, 1, 1440];

    [TestCase("Europe/Dublin", "2027-01-15", "12:00")]
    [TestCase("Europe/Dublin", "2027-07-15", "11:00")]
    [TestCase("Asia/Almaty", "2026-06-10", "07:00")]
    [TestCase("Asia/Almaty", "2023-06-10", "06:00")]
    [TestCase("Africa/Casablanca", "2026-03-01", "12:00")]
    [TestCase("Africa/Casablanca", "2026-07-01", "11:00")]
    [TestCase("America/Santiago", "2026-06-10", "16:00")]
    [TestCase("America/Santiago", "2026-12-10", "15:00")]
    [TestCase("America/Havana", "2026-03-09", "16:00")]
    [TestCase("America/Havana", "2026-11-03", "17:00")]
    [TestCase("Pacific/Apia", "2011-12-31", "22:00")]
    public async Task A_meeting_begins_at_the_instant_that_its_zone_says(string zone, string day, string utc)
    {
        await ConveneAsync("timed", day, zone);

        var lines = await LinesAsync();

        var rules = new ZoneRules(lines);
        var local = DateTime.ParseExact(
            lines.Single(line => line.StartsWith($"DTSTART;TZID={zone}:", StringComparison.Ordinal))[^15..],
            "yyyyMMdd'T'HHmmss",
            CultureInfo.InvariantCulture
        );
        Assert.That($"{local - rules.OffsetAt(local):HH:mm}", Is.EqualTo(utc));
    }

    [Test]
    public async Task No_rule_is_left_to_whoever_reads_it()
    {
        await ConveneAsync("timed", "2026-06-10", "Asia/Almaty");

        var lines = await LinesAsync();

        Assert.That(lines.Where(line => line.StartsWith("RRULE", StringComparison.Ordinal)), Is.Empty);
        Assert.That(lines.Count(line => line == "BEGIN:VTIMEZONE"), Is.EqualTo(1));
    }

    [Test]
    public void Every_zone_has_the_offset_of_the_time_zone_database_on_every_day()
    {
        var wrong = new List<string>();
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId))
        {
            var rules = new ZoneRules(Unfolded(ZoneComponent.Of(zone.Id)));

            // Each fifth day comes to all days of a week and all months; what is beside a change is looked at besides.
            var instants = Enumerable
                .Range(0, (ZoneComponent.LastDay.DayNumber - ZoneComponent.FirstDay.DayNumber) / 5)
                .Select(number => ZoneComponent.FirstDay.AddDays(1 + (number * 5)))
                .Select(day => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc))
                .Concat(rules.Changes.SelectMany(change => Beside.Select(change.AddMinutes)))
                .Where(instant => DateOnly.FromDateTime(instant) is var day && ZoneComponent.Covers(day, day));
            foreach (var instant in instants)
            {
                var offset = zone.GetUtcOffset(instant);
                var local = DateTime.SpecifyKind(instant + offset, DateTimeKind.Unspecified);
                var told = rules.OffsetAt(local);

                // Of a local time that comes twice the first one is meant, which the second one is taken for.
                if (told != offset && (told < offset || zone.GetUtcOffset(instant + offset - told) != told))
                {
                    wrong.Add($"{zone.Id} {instant:u} {told} for {offset}");
                }
            }
        }

        Assert.That(wrong.Take(20), Is.Empty);
    }

    [TestCase("1946-01-10", "DTSTART:19460110T120000Z")]
    [TestCase("2051-07-10", "DTSTART:20510710T110000Z")]
    public async Task A_time_whose_rules_are_not_told_is_given_in_utc_with_its_zone_named(string day, string start)
    {
        await ConveneAsync("timed", day, "Europe/London");

        var lines = await LinesAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Does.Contain(start).And.Not.Contain("BEGIN:VTIMEZONE"));
            Assert.That(lines, Has.Some.StartsWith("DESCRIPTION:").And.Contains("Time: 12:00 Europe/London"));
        }
    }

    [TestCase("2027-05", "20270501", "20270601")]
    [TestCase("2027", "20270101", "20280101")]
    public async Task A_meeting_whose_days_are_not_known_blocks_none_of_them(string starts, string from, string until)
    {
        await ConveneAsync("imprecise", starts);

        var lines = await LinesAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Does.Contain($"DTSTART;VALUE=DATE:{from}").And.Contain($"DTEND;VALUE=DATE:{until}"));
            Assert.That(lines, Does.Contain("TRANSP:TRANSPARENT").And.Contain("STATUS:TENTATIVE"));
            Assert.That(lines, Has.Some.StartsWith("DESCRIPTION:").And.Contains($"not known\\, only {starts}"));
        }
    }

    [Test]
    public async Task An_event_keeps_its_uid_whatever_name_the_host_goes_by()
    {
        await ConveneAsync("timed", "2026-06-10", "Asia/Almaty");
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/v1/meetings?format=ical");
        elsewhere.Headers.Host = "registry.example";
        using var answer = await App.Http.SendAsync(elsewhere);

        var here = UidOf(await LinesAsync());
        var there = UidOf(Unfolded(await answer.Content.ReadAsStringAsync()));
        var alone = UidOf(Unfolded(await App.Http.GetStringAsync("/v1/meetings/timed?format=ical")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { there, alone }, Is.All.EqualTo(here));
            Assert.That(Guid.TryParse(here, out _), here);
        }

        static string UidOf(string[] lines) =>
            lines.Single(line => line.StartsWith("UID:", StringComparison.Ordinal))["UID:".Length..];
    }

    private async Task ConveneAsync(string id, string starts, string? zone = null)
    {
        await App.EstablishForumAsync("TST", "1940");
        var meeting = new JsonObject
        {
            ["id"] = id,
            ["forum"] = "TST",
            ["kind"] = "committee",
            ["titles"] = new JsonArray(new JsonObject { ["language"] = "en", ["text"] = "Zone test" }),
            ["starts"] = starts,
        };
        if (zone is not null)
        {
            (meeting["startTime"], meeting["endTime"], meeting["timeZone"]) = ("12:00", "13:00", zone);
        }

        await (await App.PostAsync("/v1/meetings", meeting.ToJsonString())).CreatedAsync();
    }

    private async Task<string[]> LinesAsync() => Unfolded(await App.Http.GetStringAsync("/v1/meetings?format=ical"));

    private static string[] Unfolded(string text) =>
        text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one time zone of a calendar, as section 3.6.5 has it read: the last onset before a local time holds.</summary>
    private sealed class ZoneRules
    {
        private readonly (DateTime Onset, TimeSpan Before, TimeSpan Offset)[] _observances;

        public ZoneRules(IEnumerable<string> lines)
        {
            var observances = new List<(DateTime, TimeSpan, TimeSpan)>();
            var onsets = new List<DateTime>();
            var (before, after) = (TimeSpan.Zero, TimeSpan.Zero);
            foreach (var line in lines.TakeWhile(line => line != "END:VTIMEZONE"))
            {
                switch (line.Split(':', 2))
                {
                    case ["BEGIN", "STANDARD" or "DAYLIGHT"]:
                        onsets.Clear();
                        break;
                    case ["DTSTART" or "RDATE", var times]:
                        onsets.AddRange(times.Split(',').Select(TimeOf));
                        break;
                    case ["TZOFFSETFROM", var offset]:
                        before = OffsetOf(offset);
                        break;
                    case ["TZOFFSETTO", var offset]:
                        after = OffsetOf(offset);
                        break;
                    case ["END", "STANDARD" or "DAYLIGHT"]:
                        observances.AddRange(onsets.Select(onset => (onset, before, after)));
                        break;
                }
            }

            _observances = [.. observances.OrderBy(observance => observance.Item1)];
        }

        /// <summary>The instant at which the offset changes, in UTC.</summary>
        public IEnumerable<DateTime> Changes =>
            _observances.Select(observance =>
                DateTime.SpecifyKind(observance.Onset - observance.Before, DateTimeKind.Utc)
            );

        public TimeSpan OffsetAt(DateTime local)
        {
            var (low, high) = (0, _observances.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _observances[middle].Onset <= local ? (middle, high) : (low, middle - 1);
            }

            return _observances[low].Offset;
        }

        private static DateTime TimeOf(string text) =>
            DateTime.ParseExact(text, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

        private static TimeSpan OffsetOf(string text) =>
            TimeSpan.ParseExact(text[1..], "hhmm", CultureInfo.InvariantCulture) * (text[0] == '-' ? -1 : 1);
    }
}
