using System.Globalization;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>The statements and round trips of each kind of request, as docs/databases.md has them.</summary>
[OnEveryEngine]
[NonParallelizable]
public sealed class CountingRoundTrips(Engine engine)
{
    /// <summary>Other work of the program asks the database too: the least of several tries is that of the request.</summary>
    private const int Tries = 5;

    /// <summary>The requests, in order; {0} is the number of the try.</summary>
    private static readonly (string What, string Method, string Path, object? Body, string? Key)[] Requests =
    [
        ("a record", "GET", "/v1/ministers/read-{0}", null, null),
        ("a record from the response cache", "GET", "/v1/ministers/kept", null, null),
        ("a record that does not exist", "GET", "/v1/ministers/nobody-{0}", null, null),
        ("a page of a list", "GET", "/v1/ministers?limit=1{0}", null, null),
        ("a counted page of a list", "GET", "/v1/ministers?count=true&limit=1{0}", null, null),
        ("the members of a forum on a date", "GET", "/v1/forums/CICA/members?on=201{0}", null, null),
        ("the history of a record", "GET", "/v1/ministers/read-{0}/history", null, null),
        ("a search", "GET", "/v1/search?q=minister+{0}", null, null),
        (
            "POST of a minister",
            "POST",
            "/v1/ministers",
            new { id = "new-{0}", names = RegistryApp.TextsOf("Minister {0}") },
            null
        ),
        (
            "POST of a minister with an Idempotency-Key",
            "POST",
            "/v1/ministers",
            new { id = "once-{0}", names = RegistryApp.TextsOf("Minister {0}") },
            "key-{0}"
        ),
        (
            "POST of a minister without an id",
            "POST",
            "/v1/ministers",
            new { names = RegistryApp.TextsOf("Nameless {0}") },
            null
        ),
        ("PATCH of a minister", "PATCH", "/v1/ministers/read-{0}", new { born = "195{0}" }, null),
        ("DELETE of a minister", "DELETE", "/v1/ministers/gone-{0}", null, null),
        (
            "POST of a membership",
            "POST",
            "/v1/forums/CICA/memberships",
            new
            {
                member = new { kind = "state", code = "ZZ{0}" },
                standing = "member",
                from = "2001",
            },
            null
        ),
        ("POST of a standing", "POST", "/v1/memberships/{1}/standings", new { step = "suspend", from = "2010" }, null),
        (
            "POST of a meeting",
            "POST",
            "/v1/meetings",
            new
            {
                id = "meeting-{0}",
                forum = "CICA",
                kind = "summit",
                titles = RegistryApp.TextsOf("Meeting {0}"),
                starts = "2012-05-1{0}",
                status = "held",
            },
            null
        ),
    ];

    private static string Document => Path.Combine(Repository.Root, "docs", "databases.md");

    [Test]
    public async Task The_document_says_how_many()
    {
        var database = await TestDatabases.TakeAsync(engine);
        try
        {
            var counted = engine == Engine.Sqlite ? await StatementsAsync(database) : await RoundTripsAsync(database);
            var column = engine == Engine.Sqlite ? 2 : 3;
            var described = (await File.ReadAllLinesAsync(Document))
                .Select(line => line.Split('|'))
                .Where(cells => cells.Length == 5 && int.TryParse(cells[2], out _))
                .ToDictionary(cells => cells[1].Trim(), cells => cells[column].Trim(), StringComparer.Ordinal);
            var differing = counted
                .Where(row => described.GetValueOrDefault(row.Key) != row.Value.ToString(CultureInfo.InvariantCulture))
                .Select(row => $"{row.Key}: {row.Value}, not {described.GetValueOrDefault(row.Key)}");

            Assert.That(differing, Is.Empty, string.Join('\n', differing));
        }
        finally
        {
            await TestDatabases.GiveBackAsync(database);
        }
    }

    private static async Task<Dictionary<string, long>> StatementsAsync(TestDatabase database)
    {
        var statements = 0L;
        var watched = new WatchedConnections { Before = _ => Interlocked.Increment(ref statements) };
        await using var app = await RegistryApp.StartAsync(database, watched);
        return await CountAsync(app, () => Interlocked.Read(ref statements));
    }

    private static async Task<Dictionary<string, long>> RoundTripsAsync(TestDatabase database)
    {
        using var network = TdsProxy.Before(database, out var proxied);
        await using var app = await RegistryApp.StartAsync(proxied);
        return await CountAsync(app, () => network.Messages);
    }

    private static async Task<Dictionary<string, long>> CountAsync(RegistryApp app, Func<long> count)
    {
        await app.EstablishForumAsync("CICA");
        await app.EstablishMinisterAsync("kept");
        for (var number = 0; number <= Tries; number++)
        {
            await app.EstablishMinisterAsync($"read-{number}");
            await app.EstablishMinisterAsync($"gone-{number}");
            await app.EstablishStateAsync($"ZZ{(char)('A' + number)}");
            await app.EstablishStateAsync($"YY{(char)('A' + number)}");
            var membership = await (await app.AdmitAsync("CICA", $"YY{(char)('A' + number)}", "2001")).CreatedAsync();
            Assert.That((string?)membership["id"], Is.EqualTo(MembershipOf(number)));
        }

        var counted = new Dictionary<string, long>();
        foreach (var (what, method, path, body, key) in Requests)
        {
            var least = long.MaxValue;
            for (var number = 0; number <= Tries; number++)
            {
                var before = count();
                using var request = RequestOf(number, method, path, body, key);
                using var answer = await app.Http.SendAsync(request);
                Assert.That(
                    answer.IsSuccessStatusCode || path.Contains("nobody", StringComparison.Ordinal),
                    await answer.Content.ReadAsStringAsync()
                );

                // The first one opens connections and prepares what the others use again.
                least = number == 0 ? least : Math.Min(least, count() - before);
            }

            counted[what] = least;
        }

        return counted;
    }

    private static HttpRequestMessage RequestOf(int number, string method, string path, object? body, string? key)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Filled(path));
        if (body is not null)
        {
            var text = Filled(System.Text.Json.JsonSerializer.Serialize(body))
                .Replace($"ZZ{number}", $"ZZ{(char)('A' + number)}", StringComparison.Ordinal);
            request.Content = new StringContent(
                text,
                null,
                method == "PATCH" ? "application/merge-patch+json" : "application/json"
            );
        }

        if (method is "PATCH" or "DELETE")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", Filled(key));
        }

        return request;

        string Filled(string text) =>
            text.Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{1}", MembershipOf(number), StringComparison.Ordinal);
    }

    private static string MembershipOf(int number) => $"cica.yy{(char)('a' + number)}";
}
