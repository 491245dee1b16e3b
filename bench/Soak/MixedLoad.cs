using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Registry.Bench.Soak;

/// <summary>
/// Everything that callers do, at once: some read, some write, some follow the changes, some break off.
/// </summary>
internal sealed class MixedLoad(HttpClient http)
{
    private const int Writers = 6;
    private const int Readers = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Reads =
    [
        "/v1/states/KAZ",
        "/v1/forums/CICA",
        "/v1/forums/CSTO/members?on=2012-12-20",
        "/v1/forums/CICA/members?on=2003-06-01",
        "/v1/states?limit=50",
        "/v1/ministers?limit=100",
        "/v1/ministers?limit=20&sort=-name",
        "/v1/meetings?limit=50",
        "/v1/search?q=minister",
        "/v1/search?q=almaty",
        "/v1/states/KAZ/memberships",
        "/v1/forums/CICA/history",
        "/v1/forums/CICA/timeline",
    ];

    private readonly ConcurrentQueue<double> _readTimes = new();
    private readonly ConcurrentQueue<double> _writeTimes = new();
    private readonly ConcurrentDictionary<string, int> _wrong = new(StringComparer.Ordinal);
    private string _next = "/v1/changes?after=0&limit=1000&wait=2";
    private long _requests;

    /// <summary>How many requests were answered or broken off.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>What was answered otherwise than it should be, and how often.</summary>
    public IReadOnlyDictionary<string, int> Wrong => _wrong;

    /// <summary>
    /// Asks in so many ways for one record that the server keeps as many answers as it ever will, of the size that most of
    /// them will have: that it keeps them is not what is watched for.
    /// </summary>
    public Task FillAsync(int megabytes)
    {
        var (kept, way) = (0L, 0);
        return Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => AskAsync()));

        async Task AskAsync()
        {
            while (Interlocked.Read(ref kept) < megabytes * 1024L * 1024L)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Reads[0]);
                var weight = Interlocked.Increment(ref way) / 100_000.0;
                request.Headers.TryAddWithoutValidation(
                    "Accept",
                    string.Create(CultureInfo.InvariantCulture, $"application/json, text/csv;q={weight:0.00000}")
                );
                using var answer = await http.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                Interlocked.Add(ref kept, (await answer.Content.ReadAsByteArrayAsync()).Length);
            }
        }
    }

    /// <summary>Asks until it is enough.</summary>
    public Task RunAsync(CancellationToken enough) =>
        Task.WhenAll([
            .. Enumerable.Range(1, Writers).Select(number => KeepAsync(() => WriteAsync(number, enough), enough)),
            .. Enumerable.Range(1, Readers).Select(_ => KeepAsync(() => ReadAsync(enough), enough)),
            KeepAsync(() => ExportAsync(enough), enough),
            KeepAsync(() => PollAsync(enough), enough),
            KeepAsync(() => StreamAsync(enough), enough),
            KeepAsync(() => BreakOffAsync(enough), enough),
        ]);

    /// <summary>The milliseconds that 99 of 100 reads and writes took no longer than, since the last call.</summary>
    public (double Reads, double Writes) Slowest() => (Slowest(_readTimes), Slowest(_writeTimes));

    private static double Slowest(ConcurrentQueue<double> times)
    {
        var taken = new List<double>();
        while (times.TryDequeue(out var time))
        {
            taken.Add(time);
        }

        taken.Sort();
        return taken.Count == 0 ? 0 : taken[(int)((taken.Count - 1) * 0.99)];
    }

    /// <summary>Does it again and again; what fails is noted.</summary>
    private async Task KeepAsync(Func<Task> piece, CancellationToken enough)
    {
        // The first step of every piece is taken beside the others.
        await Task.Yield();
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await piece();
                await Task.Delay(Pause, enough);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                Note(error.GetType().Name);
            }
        }
    }

    /// <summary>A minister from the first version to the end, each request sent twice now and then.</summary>
    private async Task WriteAsync(int number, CancellationToken enough)
    {
        var key = Guid.NewGuid().ToString("N");
        var id = $"soak-{number}-{key}";
        var body = new { id, names = Names($"Soaked {number}") };
        var first = await SendAsync(HttpMethod.Post, "/v1/ministers", body, HttpStatusCode.Created, key, enough);
        if (Random.Shared.Next(4) == 0)
        {
            var again = await SendAsync(HttpMethod.Post, "/v1/ministers", body, HttpStatusCode.Created, key, enough);
            if (again != first)
            {
                Note("A request that was sent twice is answered in two ways");
            }
        }

        var correction = new { names = Names($"Soaked again {number}") };
        await SendAsync(HttpMethod.Patch, $"/v1/ministers/{id}", correction, HttpStatusCode.OK, null, enough);
        await SendAsync(HttpMethod.Get, $"/v1/ministers/{id}", null, HttpStatusCode.OK, null, enough);
        if (Random.Shared.Next(4) != 0)
        {
            await SendAsync(HttpMethod.Delete, $"/v1/ministers/{id}", null, HttpStatusCode.NoContent, null, enough);
        }
    }

    private async Task ReadAsync(CancellationToken enough)
    {
        var address = Reads[Random.Shared.Next(Reads.Length)];
        await SendAsync(HttpMethod.Get, address, null, HttpStatusCode.OK, null, enough);
    }

    /// <summary>An export, or a list whole, that somebody reads to the end or leaves.</summary>
    private async Task ExportAsync(CancellationToken enough)
    {
        // The whole becomes longer and longer, so nobody reads it to its end.
        var isWhole = Random.Shared.Next(2) == 0;
        var address = isWhole ? "/v1/export" : "/v1/states?format=ndjson";
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, enough);
        Check(answer.StatusCode, HttpStatusCode.OK, address);
        await using var body = await answer.Content.ReadAsStreamAsync(enough);
        var piece = new byte[16 * 1024];
        var left = !isWhole && Random.Shared.Next(2) == 0 ? int.MaxValue : Random.Shared.Next(1, 50);
        while (left-- > 0 && await body.ReadAsync(piece, enough) > 0) { }

        Interlocked.Increment(ref _requests);
        await Task.Delay(TimeSpan.FromSeconds(1), enough);
    }

    private async Task PollAsync(CancellationToken enough)
    {
        using var page = JsonDocument.Parse(await http.GetStringAsync(_next, enough));
        _next = page.RootElement.GetProperty("next").GetString()!;
        Interlocked.Increment(ref _requests);
    }

    private async Task StreamAsync(CancellationToken enough)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(enough);
        end.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await using var stream = await http.GetStreamAsync("/v1/changes/stream", end.Token);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(end.Token) is not null) { }
        }
        catch (OperationCanceledException) when (!enough.IsCancellationRequested)
        {
            // It left, as browsers do.
        }

        Interlocked.Increment(ref _requests);
    }

    /// <summary>A request that nobody waits for.</summary>
    private async Task BreakOffAsync(CancellationToken enough)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(enough);
        end.CancelAfter(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 15)));
        try
        {
            using var request = Request(HttpMethod.Post, "/v1/ministers", new { names = Names("Left alone") }, null);
            using var written = await http.SendAsync(request, end.Token);
            using var read = await http.GetAsync("/v1/ministers?limit=200", end.Token);
        }
        catch (OperationCanceledException) when (!enough.IsCancellationRequested)
        {
            // That is what it is for.
        }

        Interlocked.Increment(ref _requests);
    }

    private async Task<string> SendAsync(
        HttpMethod method,
        string address,
        object? body,
        HttpStatusCode expected,
        string? key,
        CancellationToken enough
    )
    {
        using var request = Request(method, address, body, key);
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, enough);
        var text = await answer.Content.ReadAsStringAsync(enough);
        (method == HttpMethod.Get ? _readTimes : _writeTimes).Enqueue(
            Stopwatch.GetElapsedTime(started).TotalMilliseconds
        );
        Interlocked.Increment(ref _requests);
        Check(answer.StatusCode, expected, $"{method} {address.Split('?')[0].Split("/soak-")[0]}");
        return text;
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, object? body, string? key)
    {
        var request = new HttpRequestMessage(method, address);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (method == HttpMethod.Patch || method == HttpMethod.Delete)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"
            );
        }

        return request;
    }

    private static object[] Names(string text) => [new { language = "en", text }];

    private void Check(HttpStatusCode given, HttpStatusCode expected, string what)
    {
        if (given != expected)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"{what}: {(int)given}"));
        }
    }

    private void Note(string what) => _wrong.AddOrUpdate(what, 1, (_, count) => count + 1);
}
