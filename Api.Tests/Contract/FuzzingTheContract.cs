using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Valid and broken requests for every operation, all made from one seed. Whatever is sent, the answer is one that the contract
/// lists, and the records are whole afterwards.
/// </summary>
/// <remarks>Another seed and another number of requests are set by environment variables.</remarks>
[Parallelizable(ParallelScope.Self)]
public sealed class FuzzingTheContract
{
    private const string SeedVariable = "REGISTRY_TEST_FUZZ_SEED";
    private const string NumberVariable = "REGISTRY_TEST_FUZZ_REQUESTS";
    private const int UsualSeed = 20_260_630;
    private const int UsualNumber = 20_000;
    private const int Connections = 6;
    private const int MostShown = 25;

    /// <summary>Refusals that any request can get, whatever its operation lists.</summary>
    private static readonly int[] General = [404, 405, 406, 413, 414, 415, 431];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int Seed => NumberOf(SeedVariable, UsualSeed);

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, bool> _accepted = new();
    private readonly ConcurrentDictionary<(bool IsBroken, int Status), int> _statuses = new();
    private int _unsent;

    [Test]
    public async Task No_request_breaks_the_program_or_the_records()
    {
        await using var app = await StartAsync();
        var before = await ExportAsync(app);
        var last = await app.LastSequenceAsync();
        var contract = await app.ReadAsync("/openapi/v1.json");
        var requests = new FuzzedRequests(
            Seed,
            contract,
            before
                .Keys.Select(record => record.Split('/', 2))
                .GroupBy(record => record[0], record => record[1])
                .ToDictionary(records => records.Key, records => records.ToArray()),
            await PagesAsync(app, Operation.Of(contract)),
            app.Now.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)
        );
        // What is not in the contract is the root, which redirects to the pages.
        var anywhere = requests.Operations.SelectMany(StatusesOf).Append(302).ToHashSet();

        using var http = NewClient(app);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, NumberOf(NumberVariable, UsualNumber)),
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (number, _) => await TryAsync(http, app.Http.BaseAddress!, requests.Make(number), anywhere)
        );
        await TestContext.Out.WriteLineAsync(
            $"Seed {Seed}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {_unsent} not sent. "
                + string.Join(", ", _statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))
        );

        Assert.That(
            _faults,
            Is.Empty,
            $"Seed {Seed} ({SeedVariable}), {_faults.Count} faults:\n{string.Join('\n', _faults.Take(MostShown))}"
        );
        var unbroken = _statuses.Where(one => !one.Key.IsBroken).ToArray();
        Assert.That(
            unbroken.Where(one => one.Key.Status is >= 200 and < 300).Sum(one => one.Value),
            Is.AtLeast(0.6 * unbroken.Sum(one => one.Value)),
            "Too few of the valid requests are accepted."
        );
        await TheRecordsAreWholeAsync(app, before, last);
    }

    /// <summary>The default catalogue with all that the examples and the whole bodies make.</summary>
    private static async Task<RegistryApp> StartAsync()
    {
        var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(Engine.Sqlite),
            withCatalogue: true
        );
        await ExampleWalk.MakeAsync(app);
        foreach (var whole in FuzzedRequests.WholeRequests(Operation.Of(await app.ReadAsync("/openapi/v1.json"))))
        {
            using var answer = await app.SendAsync(
                whole.Method,
                whole.Path,
                whole.Body,
                ifNoneMatch: whole.IfNoneMatch
            );
            Assert.That(answer.IsSuccessStatusCode, Is.True, $"{whole}: {await answer.Content.ReadAsStringAsync()}");
        }

        return app;
    }

    private static HttpClient NewClient(RegistryApp app)
    {
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = Connections,
                // A character of a header is a byte.
                RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            }
        )
        {
            BaseAddress = app.Http.BaseAddress,
            Timeout = Patience,
        };
        http.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        return http;
    }

    private async Task TryAsync(HttpClient http, Uri root, FuzzedRequest request, HashSet<int> anywhere)
    {
        HttpRequestMessage message;
        try
        {
            message = request.Message(root);
        }
        catch (FormatException)
        {
            Interlocked.Increment(ref _unsent);
            return;
        }

        using (message)
        {
            try
            {
                using var limit = new CancellationTokenSource(Patience);
                using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                var status = (int)answer.StatusCode;
                _statuses.AddOrUpdate((request.Breaks.Count > 0, status), 1, (_, count) => count + 1);
                if (answer.IsSuccessStatusCode)
                {
                    _accepted[request.Reason] = true;
                }

                // A stream of events has no end.
                var text =
                    answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
                        ? ""
                        : await TextOfAsync(answer, limit.Token);
                if (FaultOf(request, answer, text, anywhere) is { } fault)
                {
                    _faults.Enqueue($"{fault}\n{request}");
                }
            }
            catch (Exception failure)
                when (failure is OperationCanceledException or HttpRequestException or IOException)
            {
                // What came of it, nobody knows.
                _accepted[request.Reason] = true;
                _faults.Enqueue($"No answer: {failure.Message} {failure.InnerException?.Message}\n{request}");
            }
        }
    }

    /// <summary>The text of the answer, which is compressed when a request happens to ask for it.</summary>
    private static async Task<string> TextOfAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        await using var plain = answer.Content.Headers.ContentEncoding.LastOrDefault() switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(stop);
    }

    private static string? FaultOf(
        FuzzedRequest request,
        HttpResponseMessage answer,
        string text,
        HashSet<int> anywhere
    )
    {
        var status = (int)answer.StatusCode;
        if (status == 500)
        {
            return $"500 {text}";
        }

        if (IsOfTheServer(answer))
        {
            return request.Breaks.Count > 0 ? null : $"The HTTP server refuses a valid request: {status}";
        }

        var allowed = request.IsElsewhere ? anywhere : StatusesOf(request.Operation);
        if (!allowed.Contains(status))
        {
            return $"{status} is not in the contract. {text}";
        }

        if (status < 400 || request.Method == "HEAD")
        {
            return null;
        }

        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return $"{status} is {answer.Content.Headers.ContentType} and no problem. {text}";
        }

        var problem = JsonNode.Parse(text)!;
        return
            ((string?)problem["type"])?.StartsWith("/problems/", StringComparison.Ordinal) == true
            && !string.IsNullOrEmpty((string?)problem["title"])
            && (int?)problem["status"] == status
            ? null
            : $"The problem of {status} is {text}";
    }

    /// <summary>
    /// True for what the HTTP server refuses before it has read a request: a line or header that is malformed or too long. It
    /// has no body and ends the connection.
    /// </summary>
    private static bool IsOfTheServer(HttpResponseMessage answer) =>
        (int)answer.StatusCode is 400 or 414 or 431
        && answer.Headers.ConnectionClose == true
        && answer.Content.Headers.ContentLength == 0
        && !answer.Headers.Contains("X-Content-Type-Options");

    private static HashSet<int> StatusesOf(Operation operation) =>
        [
            .. operation.Description["responses"]!
                .AsObject()
                .Select(response => int.Parse(response.Key, CultureInfo.InvariantCulture)),
            .. General,
        ];

    private async Task TheRecordsAreWholeAsync(RegistryApp app, Dictionary<string, JsonNode> before, long last)
    {
        // Imports go on after they were answered.
        await Until.HoldsAsync(async () =>
            (await app.ReadAsync("/v1/imports?status=waiting"))["items"]!.AsArray().Count == 0
            && (await app.ReadAsync("/v1/imports?status=running"))["items"]!.AsArray().Count == 0
        );
        var versions = new Dictionary<string, int>();
        var standing = new HashSet<string>();
        var touched = new HashSet<string>();
        long head = 0;
        while (
            (await app.ReadAsync($"/v1/changes?after={head}&limit=1000"))["items"]!.AsArray() is { Count: > 0 } items
        )
        {
            foreach (var change in items)
            {
                var record = $"{change!["collection"]}/{change["id"]}";
                Assert.That((long)change["sequence"]!, Is.EqualTo(++head), "The change log has a gap.");
                Assert.That(
                    (int)change["version"]!,
                    Is.EqualTo(versions[record] = versions.GetValueOrDefault(record) + 1),
                    $"The history of {record} has a gap."
                );
                if (change["record"] is null)
                {
                    standing.Remove(record);
                }
                else
                {
                    standing.Add(record);
                }

                if (head > last)
                {
                    touched.Add(record);
                    Assert.That(
                        _accepted.ContainsKey((string?)change["reason"] ?? ""),
                        Is.True,
                        $"No accepted request made {change.ToJsonString()}"
                    );
                }
            }
        }

        var after = await ExportAsync(app);
        var changed = before
            .Where(record => !touched.Contains(record.Key))
            .Where(record => !JsonNode.DeepEquals(record.Value, after.GetValueOrDefault(record.Key)))
            .Select(record => record.Key)
            .ToArray();
        Assert.That(changed, Is.Empty, "They are others, and nobody changed them.");
        Assert.That(after.Keys, Is.EquivalentTo(standing));
        await TheRecordsReadAsExportedAsync(app, after, versions);
        await using var connection = app.Database.Connect();
        Assert.That(await connection.QueryAsync<string>("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Assert.That(await connection.QueryAsync("PRAGMA foreign_key_check"), Is.Empty);
    }

    /// <summary>Every record reads as it is in the export, and has all its versions.</summary>
    private static async Task TheRecordsReadAsExportedAsync(
        RegistryApp app,
        Dictionary<string, JsonNode> exported,
        Dictionary<string, int> versions
    )
    {
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            exported,
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (one, _) =>
            {
                var path = PathOf(one.Key);
                if (!JsonNode.DeepEquals(await app.ReadAsync(path), one.Value))
                {
                    faults.Enqueue($"{path} is not as exported.");
                }

                // Most records have the first version alone.
                if (versions[one.Key] > 1)
                {
                    var history = await app.WalkAsync(
                        $"{path}/history?limit=200&sort=version",
                        version => version["version"]?.ToJsonString()
                    );
                    if (
                        !history.SequenceEqual(
                            Enumerable
                                .Range(1, versions[one.Key])
                                .Select(version => version.ToString(CultureInfo.InvariantCulture))
                        )
                    )
                    {
                        faults.Enqueue($"{path} has the versions {string.Join(", ", history)}");
                    }
                }
            }
        );
        Assert.That(faults, Is.Empty);
    }

    private static string PathOf(string record) =>
        record.Split('/') is ["bodies", var forum, var body] ? $"/v1/forums/{forum}/bodies/{body}" : $"/v1/{record}";

    /// <summary>Every record that stands, by its collection and id.</summary>
    private static async Task<Dictionary<string, JsonNode>> ExportAsync(RegistryApp app) =>
        (await app.Http.GetStringAsync("/v1/export"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(line => $"{line["collection"]}/{line["id"]}", line => line["record"]!);

    /// <summary>The second page of every list that has one.</summary>
    private static async Task<IReadOnlyList<string>> PagesAsync(RegistryApp app, IEnumerable<Operation> operations)
    {
        var pages = new List<string>();
        foreach (var operation in operations.Where(operation => operation.IsList))
        {
            if ((string?)(await app.ReadAsync(operation.With("limit=1")))["next"] is { } next)
            {
                pages.Add(new Uri(app.Http.BaseAddress!, next).PathAndQuery);
            }
        }

        return pages;
    }

    private static int NumberOf(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : usual;
}
