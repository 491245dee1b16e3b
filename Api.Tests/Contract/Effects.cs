using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;
using Registry.Domain;

namespace Registry.Api.Tests.Contract;

/// <summary>The ways in which a parameter of a read can be seen to do something.</summary>
internal static class Effects
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Dictionary<string, string> Formats = new()
    {
        ["application/json"] = "json",
        ["application/x-ndjson"] = "ndjson",
        ["text/csv"] = "csv",
        ["application/ld+json"] = "jsonld",
        ["text/calendar"] = "ical",
        ["application/atom+xml"] = "atom",
        [Workbook] = "xlsx",
    };

    /// <summary>The list is exactly those of its items that satisfy the condition: some of them, and not all.</summary>
    public static Effect Keeps(string value, Func<JsonNode, bool> condition) =>
        Keeps(value, (item, _) => condition(item));

    /// <inheritdoc cref="Keeps(string, Func{JsonNode, bool})"/>
    public static Effect Keeps(string value, Func<JsonNode, ParameterScene, bool> condition) =>
        Keeps(_ => value, condition);

    /// <inheritdoc cref="Keeps(string, Func{JsonNode, bool})"/>
    public static Effect Keeps(Func<ParameterScene, string> value, Func<JsonNode, ParameterScene, bool> condition) =>
        async probe =>
        {
            var chosen = value(probe.Scene);
            var all = await probe.ItemsAsync();
            var expected = all.Where(item => condition(item, probe.Scene)).Select(Nameless).ToList();
            var given = (await probe.ItemsAsync(chosen)).Select(Nameless).ToList();
            return expected.Count == 0 || expected.Count == all.Count
                    ? $"'{chosen}' shows nothing: {expected.Count} of {all.Count} items are meant"
                : given.SequenceEqual(expected) ? null
                : $"'{chosen}' gives {given.Count} of {all.Count} items, and {expected.Count} are meant; "
                    + $"too many: {string.Join(' ', given.Except(expected).Take(2))}; "
                    + $"missing: {string.Join(' ', expected.Except(given).Take(2))}";
        };

    /// <summary>Every item has one of the values, with commas between, at the path.</summary>
    public static Effect Keeps(string value, string path) =>
        Keeps(value, item => At(item, path).Any(value.Split(',').Contains));

    /// <summary>True where a name is shown in Russian, or said to be in another language.</summary>
    public static bool ShowsRussian(JsonNode answer) =>
        answer switch
        {
            JsonArray items => items.Any(item => item is not null && ShowsRussian(item)),
            JsonObject part => part.ContainsKey("nameLanguage")
                || part.ContainsKey("titleLanguage")
                || new[] { "name", "forumName", "title" }.Any(member =>
                    part[member] is JsonValue name && name.TryGetValue<string>(out var text) && Cyrillic(text)
                )
                || part.Any(member =>
                    member.Key is not ("names" or "titles" or "texts")
                    && member.Value is { } inner
                    && ShowsRussian(inner)
                ),
            _ => false,
        };

    /// <summary>The item without the name that it shows, which is that of the day asked for.</summary>
    private static string Nameless(JsonNode item)
    {
        if (item["names"] is null && item["titles"] is null)
        {
            return Text(item);
        }

        var nameless = item.DeepClone().AsObject();
        nameless.Remove("name");
        return Text(nameless);
    }

    private static bool Cyrillic(string text) => text.Any(letter => letter is >= 'А' and <= 'я');

    /// <summary>The answer is another than without the parameter, and as said.</summary>
    public static Effect Gives(string value, Func<JsonNode, bool> expected) =>
        Gives(_ => value, (answer, _) => expected(answer));

    /// <inheritdoc cref="Gives(string, Func{JsonNode, bool})"/>
    public static Effect Gives(Func<ParameterScene, string> value, Func<JsonNode, ParameterScene, bool> expected) =>
        async probe =>
        {
            var chosen = value(probe.Scene);
            var without = await probe.WithoutAsync();
            var with = await probe.Scene.ReadAsync(probe.With(chosen));
            return JsonNode.DeepEquals(without["items"] ?? without, with["items"] ?? with)
                    ? $"'{chosen}' changes nothing"
                : expected(with, probe.Scene) ? null
                : $"'{chosen}' gives {Text(with)[..Math.Min(300, Text(with).Length)]}";
        };

    /// <summary>The page has as many items as asked for, and those that the list begins with.</summary>
    public static async Task<string?> Shortens(Probe probe)
    {
        var all = await probe.WithoutAsync();
        var first = await probe.Scene.ReadAsync(probe.With("1"));
        return all["items"]!.AsArray().Count < 2 ? "the list has too few items to show it"
            : first["items"]!.AsArray().Count != 1 ? $"limit=1 gives {first["items"]!.AsArray().Count} items"
            : Text(first["items"]![0]!) != Text(all["items"]![0]!) ? "limit=1 gives another item than the first"
            : null;
    }

    /// <summary>The page begins where the one before has ended.</summary>
    public static async Task<string?> Continues(Probe probe)
    {
        var address = ParameterScene.With(probe.Address, "limit=1");
        var first = await probe.Scene.ReadAsync(address);
        if ((string?)first["next"] is not { } next)
        {
            return "the list has too few items to show it";
        }

        var second = await probe.Scene.ReadAsync(next);
        var all = await probe.ItemsAsync();
        return Text(second["items"]![0]!) == Text(all[1])
            ? null
            : "the second page does not begin with the second item";
    }

    /// <summary>Every order has the same items, sorted by what it is named after, upwards or downwards.</summary>
    public static async Task<string?> Sorts(Probe probe)
    {
        var plain = await probe.ItemsAsync();
        var items = plain.Select(Text).Order(StringComparer.Ordinal).ToList();
        var changes = false;
        foreach (var order in probe.Words)
        {
            var sorted = await probe.ItemsAsync(order);
            changes |= !sorted.Select(Text).SequenceEqual(plain.Select(Text));
            if (!sorted.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(items))
            {
                return $"sort={order} gives other items";
            }

            var path =
                ParameterUses.SortPaths.GetValueOrDefault($"{probe.Operation.Id}.{order.TrimStart('-')}")
                ?? ParameterUses.SortPaths.GetValueOrDefault(order.TrimStart('-'))
                ?? order.TrimStart('-');
            if (path == "-")
            {
                continue;
            }

            var keys = sorted.Select(item => At(item, path).FirstOrDefault()).Where(key => key is not null).ToList();
            if (keys.Count == 0)
            {
                return $"no item has {path} to sort by; SortPaths says what {order} goes by";
            }

            var down = order[0] == '-';
            var wrong = keys.Zip(keys.Skip(1))
                .FirstOrDefault(pair =>
                    SortKeys.Compare(pair.First, pair.Second) is var found && (down ? found < 0 : found > 0)
                );
            if (wrong != default)
            {
                return $"sort={order} gives {wrong.First} before {wrong.Second}";
            }
        }

        return changes ? null : "no order is another than that without it";
    }

    /// <summary>All items are counted.</summary>
    public static async Task<string?> Counts(Probe probe)
    {
        var all = await probe.ItemsAsync();
        var with = await probe.Scene.ReadAsync(ParameterScene.With(probe.With("true"), "limit=1"));
        var without = await probe.Scene.ReadAsync(probe.With("false"));
        return with["total"] is null || (int)with["total"]! != all.Count ? $"total is {with["total"]} of {all.Count}"
            : without["total"] is not null ? "count=false counts"
            : null;
    }

    /// <summary>Each member of an item alone, and all of them together.</summary>
    public static async Task<string?> Chooses(Probe probe)
    {
        var page = probe.Scene.Resolved(probe.Operation.Answer);
        var item = probe.Scene.Resolved(probe.Scene.Resolved(page["properties"]!["items"]!)["items"]!);
        var whole = (await probe.WithoutAsync())["items"]!.AsArray();
        string[] members = [.. whole.SelectMany(one => one!.AsObject()).Select(member => member.Key).Distinct()];
        foreach (var member in members)
        {
            var answer = await probe.Scene.ReadAsync(probe.With(member));
            var expected = whole.Select(one => one![member]?.ToJsonString());
            var given = answer["items"]!.AsArray();
            if (
                given.Any(one => one!.AsObject().Any(other => other.Key != member))
                || !given.Select(one => one![member]?.ToJsonString()).SequenceEqual(expected)
            )
            {
                return $"fields={member} gives {given.FirstOrDefault()?.ToJsonString()}";
            }
        }

        var undescribed = members.Except(item["properties"]!.AsObject().Select(member => member.Key)).ToList();
        return members.Length < 2 ? "the items have too few members to show it"
            : undescribed.Count > 0 ? $"{undescribed[0]} is not in the schema"
            : null;
    }

    /// <summary>Each of the forms that the contract describes.</summary>
    public static async Task<string?> ComesAs(Probe probe)
    {
        var rows = probe.Operation.IsList ? (await probe.ItemsAsync()).Count : 0;
        var lines = probe.Operation.IsList
            ? (await probe.ItemsAsync()).Sum(item => item["standings"]?.AsArray().Count ?? 0)
            : 0;
        var forms = probe.Operation.Contents.Select(content => content.Key).ToList();
        var unnamed = probe.Words.Except(forms.Select(type => Formats[type])).ToList();
        if (unnamed.Count > 0)
        {
            return $"format={unnamed[0]} has no media type";
        }

        foreach (var mediaType in forms)
        {
            using var answer = await probe.Scene.App.GetAsync(probe.With(Formats[mediaType]));
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != mediaType)
            {
                return $"format={Formats[mediaType]} is {(int)answer.StatusCode} {answer.Content.Headers.ContentType}";
            }

            var given = mediaType switch
            {
                "application/x-ndjson" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length,
                "text/csv" => RowsOf(text),
                Workbook => RowsOf(await answer.Content.ReadAsByteArrayAsync()),
                _ => rows,
            };

            // A membership is as many rows as it has standings.
            var expected = mediaType is "text/csv" or Workbook ? Math.Max(rows, lines) : rows;
            if (given != expected)
            {
                return $"format={Formats[mediaType]} has {given} rows of {expected}";
            }
        }

        return null;
    }

    /// <summary>The table begins with the mark, and is the same for the rest.</summary>
    public static async Task<string?> IsMarked(Probe probe)
    {
        var (plain, marked) = (
            await probe.Scene.App.Http.GetByteArrayAsync(probe.With("false")),
            await probe.Scene.App.Http.GetByteArrayAsync(probe.With("true"))
        );
        return plain.AsSpan().StartsWith("\uFEFF"u8) ? "the mark is there without it"
            : marked.AsSpan().StartsWith("\uFEFF"u8) ? null
            : "there is no mark";
    }

    /// <summary>The records that each of the members names come with the page, as they are read by themselves.</summary>
    public static async Task<string?> Includes(Probe probe)
    {
        if ((await probe.WithoutAsync())["included"] is not null)
        {
            return "records are included without it";
        }

        foreach (var member in probe.Words)
        {
            using var answer = await probe.Scene.App.GetAsync(probe.With(member));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return $"expand={member} is {(int)answer.StatusCode}";
            }

            var page = await answer.JsonAsync();
            var included = page["included"]?.AsObject() ?? [];
            if (included.Count == 0)
            {
                return $"expand={member} includes nothing";
            }

            foreach (var (name, record) in included.Take(3))
            {
                var path = name.StartsWith("bodies/", StringComparison.Ordinal)
                    ? $"/v1/forums/{name.Split('/')[1]}/bodies/{name.Split('/')[2]}"
                    : $"/v1/{name}";
                if (!JsonNode.DeepEquals(record, await probe.Scene.ReadAsync(path)))
                {
                    return $"expand={member} includes another {name} than {path}";
                }
            }

            // What is included is what the items name.
            var named = page["items"]!
                .AsArray()
                .SelectMany(item =>
                    At(item!, member).Concat(At(item!, $"{member}.code")).Concat(At(item!, $"{member}.id"))
                )
                .ToHashSet();
            if (
                included.FirstOrDefault(one => !named.Contains(one.Key[(one.Key.IndexOf('/') + 1)..])) is
                { Key: { } stranger }
            )
            {
                return $"expand={member} includes {stranger}, which no item names";
            }
        }

        return null;
    }

    /// <summary>The record has what sources say of its fields.</summary>
    public static async Task<string?> ShowsClaims(Probe probe) =>
        (await probe.WithoutAsync())["claims"] is not null ? "the claims are there without it"
        : (await probe.Scene.ReadAsync(probe.With("claims")))["claims"] is not JsonObject ? "there are no claims"
        : null;

    /// <summary>Nothing before anything was recorded; what stood before the last changes; and what stands, now.</summary>
    public static async Task<string?> GoesBack(Probe probe)
    {
        var now = await TextAsync(probe.Address);
        var before = await TextAsync(probe.With(ParameterScene.Before));
        var then = await TextAsync(probe.With(probe.Scene.Then));
        var present = await TextAsync(probe.With(probe.Scene.Now));
        return before == now ? "the answer is the same before anything was recorded"
            : present != now ? $"the answer is another at this instant: {present}"
            : then == before ? "what stood before the last changes is not given"
            : null;

        async Task<string> TextAsync(string address)
        {
            using var answer = await probe.AskAsync(address);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound
                ? answer.StatusCode == HttpStatusCode.OK
                    ? Text(WithoutNext(JsonNode.Parse(text)!))
                    : "404"
                : $"{(int)answer.StatusCode} {text}";
        }

        static JsonNode WithoutNext(JsonNode page)
        {
            page.AsObject().Remove("next");
            return page;
        }
    }

    /// <summary>What was deleted is in the list, as such.</summary>
    public static async Task<string?> ShowsTheDeleted(Probe probe)
    {
        var without = await probe.ItemsAsync();
        var plain = await probe.ItemsAsync("false");
        var with = await probe.ItemsAsync("true");
        return with.Count(item => (bool?)item["deleted"] == true) != with.Count - without.Count
            || with.Count == without.Count
                ? $"{with.Count} items with the deleted, {without.Count} without"
            : plain.Count != without.Count ? "deleted=false gives others"
            : null;
    }

    /// <summary>An older version of the record.</summary>
    public static async Task<string?> GivesTheVersion(Probe probe)
    {
        var first = await probe.Scene.ReadAsync(probe.With("1"));
        using var none = await probe.Scene.App.GetAsync(probe.With("999"));
        return (int)(await probe.WithoutAsync())["version"]! < 2 ? "the record has one version alone"
            : (int)first["version"]! != 1 ? $"version=1 gives version {first["version"]}"
            : none.StatusCode != HttpStatusCode.NotFound ? $"version=999 is {(int)none.StatusCode}"
            : null;
    }

    /// <summary>304 to who has the answer, the answer to who has another.</summary>
    public static async Task<string?> SavesTheAnswer(Probe probe)
    {
        using var first = await probe.Scene.App.GetAsync(probe.Address);
        var tag = first.Headers.ETag?.ToString();
        using var held = await probe.Scene.App.SendAsync(HttpMethod.Get, probe.Address, ifNoneMatch: tag);
        using var other = await probe.Scene.App.SendAsync(HttpMethod.Get, probe.Address, ifNoneMatch: "\"other\"");
        return held.StatusCode != HttpStatusCode.NotModified ? $"who has {tag} is answered {(int)held.StatusCode}"
            : other.StatusCode != HttpStatusCode.OK ? $"who has another is answered {(int)other.StatusCode}"
            : null;
    }

    /// <summary>The answer comes when the time is over, and not before.</summary>
    public static async Task<string?> Waits(Probe probe)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await probe.Scene.ReadAsync("/v1/changes?after=1000000&wait=1");
        var waited = Stopwatch.GetElapsedTime(started);
        return waited < TimeSpan.FromSeconds(0.9) ? $"wait=1 waits {waited}"
            : answer["items"]!.AsArray().Count > 0 ? "there is a change"
            : null;
    }

    /// <summary>The feed goes back in time.</summary>
    public static async Task<string?> FeedsBefore(Probe probe)
    {
        var feed = await probe.Scene.App.Http.GetStringAsync("/v1/changes?format=atom&before=3");
        return Regex
            .Matches(feed, "changes/[0-9]+</id>")
            .Select(entry => entry.Value)
            .SequenceEqual(["changes/2</id>", "changes/1</id>"])
            ? null
            : feed;
    }

    /// <summary>The stream begins behind the sequence.</summary>
    public static Effect Streams(bool after) =>
        async probe =>
            await FirstEventsAsync(
                probe,
                after ? "/v1/changes/stream?after=100" : "/v1/changes/stream",
                after ? null : "100"
            )
                is var events
            && events.Contains("id: 101\n", StringComparison.Ordinal)
            && !events.Contains("id: 100\n", StringComparison.Ordinal)
                ? null
                : events;

    /// <summary>The stream has only events with the text.</summary>
    public static Effect StreamsOnly(string parameter, string value, string text) =>
        async probe =>
            await FirstEventsAsync(probe, $"/v1/changes/stream?after=0&{parameter}={value}", null) is var events
            && events
                .Split('\n')
                .Where(line => line.StartsWith("data:", StringComparison.Ordinal))
                .All(line => line.Contains(text, StringComparison.Ordinal))
            && events.Contains("data:", StringComparison.Ordinal)
                ? null
                : events;

    /// <summary>The stream begins with what was recorded after the instant.</summary>
    public static async Task<string?> StreamsSince(Probe probe)
    {
        var events = await FirstEventsAsync(probe, $"/v1/changes/stream?since={probe.Scene.Then}", null);
        var instants = Regex
            .Matches(events, "\"instant\":\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value)
            .ToArray();
        return instants.Length > 0 && instants.All(at => string.CompareOrdinal(at, probe.Scene.Then) > 0)
            ? null
            : events;
    }

    private static async Task<string> FirstEventsAsync(Probe probe, string address, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var answer = await probe.Scene.App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (lines.Count(line => line.Length == 0) < 2 && await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The texts at the path, whose steps have dots between; of every item where a step is a list.</summary>
    public static IEnumerable<string> At(JsonNode? node, string path) =>
        path.Split('.')
            .Aggregate(
                (IEnumerable<JsonNode?>)[node],
                (nodes, step) =>
                    nodes
                        .Select(one => one is JsonObject members ? members[step] : null)
                        .SelectMany(IEnumerable<JsonNode?> (one) => one is JsonArray items ? items : new[] { one })
            )
            .OfType<JsonValue>()
            .Select(value =>
                value.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value! : value.ToJsonString()
            );

    /// <summary>Dates by the days that they can mean, numbers by their value, names as in a dictionary.</summary>
    private static readonly Comparer<string?> SortKeys = Comparer<string?>.Create(
        (one, other) =>
            PartialDate.TryParse(one, out var earlier) && PartialDate.TryParse(other, out var later)
                ? (earlier.FirstDay > later.LastDay ? 1 : 0) - (earlier.LastDay < later.FirstDay ? 1 : 0)
            : decimal.TryParse(one, CultureInfo.InvariantCulture, out var left)
            && decimal.TryParse(other, CultureInfo.InvariantCulture, out var right)
                ? left.CompareTo(right)
            : CultureInfo.InvariantCulture.CompareInfo.Compare(
                one,
                other,
                CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.StringSort
            )
    );

    /// <summary>How many rows stand under the header of a workbook.</summary>
    private static int RowsOf(byte[] workbook)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook));
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return Regex.Count(sheet.ReadToEnd(), "<row[ >]") - 1;
    }

    /// <summary>How many rows stand under the header: lines may be broken between quotes.</summary>
    private static int RowsOf(string csv) => Regex.Replace(csv, "\"[^\"]*\"", "").Split("\r\n").Length - 2;

    private static string Text(JsonNode node) => node.ToJsonString();
}
