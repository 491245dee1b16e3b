using System.Net;
using System.Text.Json;
using Registry.Api.Features.Changes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>A change as a consumer receives it, the record byte for byte.</summary>
internal sealed record Seen(long Sequence, string Collection, string Id, int Version, string Operation, string? Record)
{
    public string Key => $"{Collection}/{Id}";

    /// <summary>The changes on a page.</summary>
    public static IReadOnlyList<Seen> On(string page)
    {
        using var json = JsonDocument.Parse(page);
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(Of)];
    }

    public static Seen Of(string item)
    {
        using var json = JsonDocument.Parse(item);
        return Of(json.RootElement);
    }

    private static Seen Of(JsonElement item) =>
        new(
            item.GetProperty("sequence").GetInt64(),
            item.GetProperty("collection").GetString()!,
            item.GetProperty("id").GetString()!,
            item.GetProperty("version").GetInt32(),
            item.GetProperty("operation").GetString()!,
            item.TryGetProperty("record", out var record) ? record.GetRawText() : null
        );
}

/// <summary>What a consumer makes of the changes: a copy of the registry.</summary>
internal sealed class Mirror
{
    private readonly SortedDictionary<string, (int Version, string Record)> _records = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>The last sequence received.</summary>
    public long Last { get; private set; }

    public IReadOnlyDictionary<string, (int Version, string Record)> Records => _records;

    /// <summary>Takes the next change, which directly follows the last one.</summary>
    public void Take(Seen change)
    {
        Assert.That(change.Sequence, Is.EqualTo(Last + 1), "A change was missed or seen twice.");
        Last = change.Sequence;
        if (change.Operation == "deleted")
        {
            Assert.That(change.Record, Is.Null);
            Assert.That(_records.Remove(change.Key), Is.True);
            _gone.Add(change.Key);
        }
        else
        {
            Assert.That(change.Version, Is.EqualTo(_records.GetValueOrDefault(change.Key).Version + 1));
            _records[change.Key] = (change.Version, change.Record!);
        }
    }

    /// <summary>The copy is what the registry serves, record by record.</summary>
    public async Task CompareAsync(HttpClient registry)
    {
        foreach (var (key, copy) in _records)
        {
            Assert.That(await registry.GetStringAsync(AddressOf(key)), Is.EqualTo(copy.Record), key);
        }

        foreach (var key in _gone)
        {
            using var answer = await registry.GetAsync(AddressOf(key));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone), key);
        }

        var export = await Exported.ReadAsync(await registry.GetStreamAsync("/v1/export"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(export.Sequence, Is.EqualTo(Last));
            Assert.That(export.Records, Is.EquivalentTo(_records));
        }
    }

    private static string AddressOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return ChangeRoutes.AddressOf(key[..slash], key[(slash + 1)..]);
    }
}

/// <summary>An export, read.</summary>
internal sealed record Exported(long Sequence, IReadOnlyList<string> Collections)
{
    public Dictionary<string, (int Version, string Record)> Records { get; } = new(StringComparer.Ordinal);

    public static async Task<Exported> ReadAsync(Stream body)
    {
        using var lines = new StreamReader(body);
        using var head = JsonDocument.Parse((await lines.ReadLineAsync())!);
        Assert.That(head.RootElement.GetProperty("instant").GetDateTimeOffset(), Is.Not.Default);
        var collections = new List<string>();
        var export = new Exported(head.RootElement.GetProperty("sequence").GetInt64(), collections);
        while (await lines.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var record = json.RootElement;
            var collection = record.GetProperty("collection").GetString()!;
            if (collections.LastOrDefault() != collection)
            {
                collections.Add(collection);
            }

            // Adding refuses what comes twice.
            export.Records.Add(
                $"{collection}/{record.GetProperty("id").GetString()}",
                (record.GetProperty("version").GetInt32(), record.GetProperty("record").GetRawText())
            );
        }

        return export;
    }
}

/// <summary>Reads server-sent events (WHATWG HTML, 9.2.6).</summary>
internal sealed class Events(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    /// <summary>How many heartbeats came.</summary>
    public int Comments { get; private set; }

    public static async Task<Events> OpenAsync(HttpClient registry, string path, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is { } last)
        {
            request.Headers.Add("Last-Event-ID", $"{last}");
        }

        var answer = await registry.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next change; null when the stream has ended.</summary>
    public async Task<Seen?> NextAsync(CancellationToken cancellationToken = default)
    {
        string? id = null;
        string? name = null;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(':'))
            {
                Comments++;
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line["id: ".Length..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var change = Seen.Of(line["data: ".Length..]);
                Assert.That(id, Is.EqualTo($"{change.Sequence}"));
                Assert.That(name, Is.EqualTo(change.Operation));
                Assert.That(await lines.ReadLineAsync(cancellationToken), Is.Empty);
                return change;
            }
        }

        return null;
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}

/// <summary>Many who write at once: states and memberships come, change and go.</summary>
internal static class Writers
{
    private const int Count = 8;
    private const int ChangesOfARound = 6;

    /// <summary>How many changes are made at least; more where the variable asks for a longer run.</summary>
    public static readonly int Changes = int.Parse(
        Environment.GetEnvironmentVariable("REGISTRY_TEST_CHANGES") ?? "300",
        System.Globalization.CultureInfo.InvariantCulture
    );

    /// <summary>Writes until about that many changes are made.</summary>
    /// <param name="send">Sends one request; what becomes of it is not asked.</param>
    public static async Task WriteAsync(Func<HttpMethod, string, object?, Task> send)
    {
        await send(HttpMethod.Post, "/v1/forums", new { code = "PACT", names = RegistryApp.NamesOf("Pact") });
        await Task.WhenAll(Enumerable.Range(0, Count).Select(WriteOneAsync));

        async Task WriteOneAsync(int writer)
        {
            for (var round = 0; round * ChangesOfARound * Count < Changes; round++)
            {
                var code = $"{(char)('A' + writer)}{(char)('A' + (round / 26))}{(char)('A' + (round % 26))}";
                var membership = $"/v1/memberships/pact.{code.ToLowerInvariant()}";
                await send(HttpMethod.Post, "/v1/states", new { code, names = RegistryApp.NamesOf($"State {code}") });
                await send(
                    HttpMethod.Post,
                    "/v1/forums/PACT/memberships",
                    new
                    {
                        member = new { kind = "state", code },
                        standing = "member",
                        from = "2000",
                    }
                );
                await send(HttpMethod.Patch, $"/v1/states/{code}", new { subregion = $"Región {round} <&> \u2028" });
                await send(HttpMethod.Post, $"{membership}/standings", new { step = "suspend", from = "2012-12-19" });
                if (round % 2 == 0)
                {
                    await send(HttpMethod.Delete, membership, null);
                    await send(HttpMethod.Delete, $"/v1/states/{code}", null);
                }
                else
                {
                    await send(HttpMethod.Patch, "/v1/forums/PACT", new { seat = new { city = $"City {code}" } });
                    await send(HttpMethod.Patch, $"/v1/states/{code}", new { subregion = $"Region {round}" });
                }
            }
        }
    }
}
