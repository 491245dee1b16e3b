using System.Collections.Concurrent;
using System.Data;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Tests.Sql;

/// <summary>
/// What callers are told where the driver fails, whichever way it does: to come again where the database cannot serve now, and
/// that it is a defect where it is one.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class AnsweringInAnOutage
{
    /// <summary>Numbers of SQL Server and Azure SQL that pass by themselves, or by the hand of an operator.</summary>
    private static readonly int[] Passing =
    [
        .. (int[])
            [-2, -1, 0, 2, 53, 64, 121, 233, 258, 596, 615, 701, 845, 921, 922, 923, 927, 945, 952, 976, 978, 979, 982],
        .. (int[])
            [983, 987, 1204, 1205, 1211, 1222, 3906, 3952, 3960, 3961, 3966, 4060, 4221, 6005, 8628, 8645, 8651, 9001],
        .. (int[])
            [10053, 10054, 10060, 10061, 10928, 10929, 11001, 17142, 17188, 17197, 17809, 18401, 18451, 18456, 41301],
        .. (int[])
            [41302, 41305, 41325, 41839, 40143, 40166, 40197, 40501, 40540, 40549, 40551, 40613, 42108, 42109, 49918],
        .. (int[])[49919, 49920],
    ];

    private readonly WatchedConnections _watched = new();
    private RegistryApp _app = null!;

    /// <summary>What a driver throws in an outage, one of each kind.</summary>
    private static readonly (string Name, Func<Exception> Error)[] Kinds =
    [
        ("SQL Server", () => ServerErrors.Of(10054, severity: 16)),
        ("SQLite", () => new SqliteException("It cannot be had.", 10)),
        ("any number that ends the connection", () => ServerErrors.Of(50_000, severity: 20)),
        ("the telling number second", () => ServerErrors.Of(50_000, severity: 16, second: 10054)),
        ("around it one of Dapper", () => new DataException("Column 3.", ServerErrors.Of(10054, severity: 20))),
        ("around it one of a task", () => new AggregateException(ServerErrors.Of(1205, severity: 13))),
        ("a broken stream", () => new IOException("Broken pipe.")),
        ("a broken socket", () => new SocketException((int)SocketError.ConnectionReset)),
        ("a driver's part that is gone", () => new ObjectDisposedException("SNIHandle")),
        ("a timeout", () => new TimeoutException()),
        ("called off by the driver", () => new TaskCanceledException()),
    ];

    private static IEnumerable<(string Name, Func<Exception> Error)> Outages =>
        [
            .. Kinds,
            .. Passing.Select<int, (string, Func<Exception>)>(number =>
                ($"SQL Server {number}", () => ServerErrors.Of(number, severity: 16))
            ),
            .. new[] { 3, 5, 6, 7, 8, 14, 15 }.Select<int, (string, Func<Exception>)>(code =>
                ($"SQLite {code}", () => new SqliteException("It cannot be had.", code))
            ),
        ];

    [SetUp]
    public async Task Start()
    {
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(Engine.Sqlite), _watched);
        await _app.EstablishStateAsync("KAZ");
    }

    [TearDown]
    public async Task Stop()
    {
        _watched.Before = _ => { };
        await _app.DisposeAsync();
        await TestDatabases.GiveBackAsync(_app.Database);
    }

    [Test]
    public async Task Whoever_asks_is_told_to_come_again()
    {
        // Kept before, so that it is only looked whether it holds still.
        await _app.ReadAsync("/v1/states");
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, error) in Outages)
            {
                _watched.Before = _ => throw error();
                await PutOffAsync($"{name}: a kept answer", _app.GetAsync("/v1/states"));
                await PutOffAsync($"{name}: a record", _app.GetAsync("/v1/states/KAZ"));
                await PutOffAsync($"{name}: one that is not there", _app.GetAsync("/v1/ministers/nobody"));
                await PutOffAsync($"{name}: a list with its total", _app.GetAsync("/v1/states?count=true&limit=1"));
                await PutOffAsync($"{name}: a search", _app.GetAsync("/v1/search?q=kaz"));
                await PutOffAsync($"{name}: changes", _app.GetAsync("/v1/changes"));
                await PutOffAsync($"{name}: a stream", _app.GetAsync("/v1/changes/stream"));
                await PutOffAsync($"{name}: the readiness", _app.GetAsync("/health/ready"));
                await PutOffAsync($"{name}: a write", WriteAsync(key: null));
                await PutOffAsync($"{name}: a write with a key", WriteAsync("once"));
            }
        }

        // It was none of theirs: all is as before.
        _watched.Before = _ => { };
        await _app.ReadAsync("/v1/states/KAZ");
        await (await WriteAsync("once")).CreatedAsync();
        Assert.That((await _app.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Nothing_is_kept_of_a_write_that_fails_at_any_of_its_statements()
    {
        var all = await StatementsAsync();
        for (var failing = 0; failing < all.Count; failing++)
        {
            // The driver of an embedded database calls nothing off, which is the last kind.
            var (name, error) = Kinds[failing % (Kinds.Length - 1)];
            var sent = 0;
            _watched.Before = statement =>
            {
                // What the program does in the background is sent between them.
                if (sent <= failing && statement == all[sent] && sent++ == failing)
                {
                    throw error();
                }
            };
            await PutOffAsync($"{name} at statement {failing + 1} of {all.Count}", WriteAsync(key: null));
            _watched.Before = _ => { };
            Assert.That((await _app.GetAsync("/v1/states/UZB")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }

        await (await WriteAsync(key: null)).CreatedAsync();

        // Nobody refused these writes, and an entry could not have been stored.
        await _app.Services.GetRequiredService<AuditStore>().StoreAsync(all: true);
        var refused = await _app.ReadAsync("/v1/audit?action=write-refused");
        Assert.That(refused["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_pool_without_a_free_connection_is_an_outage()
    {
        await _app.DisposeAsync();
        _app = await RegistryApp.StartAsync(_app.Database, _watched);
        _watched.Before = statement =>
        {
            if (statement == WatchedConnections.Opening)
            {
                throw new InvalidOperationException("Timeout expired before a connection was had from the pool.");
            }
        };

        await PutOffAsync("a record", _app.GetAsync("/v1/states/KAZ"));
        await PutOffAsync("a write", WriteAsync(key: null));
    }

    [TestCase(102)]
    [TestCase(207)]
    [TestCase(208)]
    [TestCase(8152)]
    public async Task A_statement_that_the_database_does_not_understand_is_a_defect(int number)
    {
        _watched.Before = statement =>
        {
            if (statement.Contains("State", StringComparison.Ordinal))
            {
                throw ServerErrors.Of(number, severity: 16);
            }
        };

        var answer = await _app.GetAsync("/v1/states/KAZ");

        await answer.ProblemAsync(HttpStatusCode.InternalServerError, "internal-error");
    }

    [Test]
    public async Task A_defect_of_the_program_is_none_of_the_database()
    {
        _watched.Before = statement =>
        {
            if (statement.Contains("State", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Sequence contains more than one element");
            }
        };

        var answer = await _app.GetAsync("/v1/states/KAZ");

        await answer.ProblemAsync(HttpStatusCode.InternalServerError, "internal-error");
    }

    private static async Task PutOffAsync(string what, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), $"{what}: {text}");
        Assert.That(answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, Is.GreaterThan(TimeSpan.Zero), what);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), what);
    }

    private async Task<HttpResponseMessage> WriteAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/states");
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { code = "UZB", names = RegistryApp.NamesOf("Uzbekistan") }),
            System.Text.Encoding.UTF8,
            "application/json"
        );
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _app.Http.SendAsync(request);
    }

    /// <summary>The statements of a write such as <see cref="WriteAsync"/>.</summary>
    private async Task<IReadOnlyList<string>> StatementsAsync()
    {
        // The one thing that the program writes by itself comes first.
        var isTrimmed = false;
        _watched.Before = statement => isTrimmed |= statement == AuditSql.Trim;
        await Until.HoldsAsync(() => Task.FromResult(isTrimmed));

        var sent = new ConcurrentQueue<(int Thread, string Text)>();
        _watched.Before = statement => sent.Enqueue((Environment.CurrentManagedThreadId, statement));
        using var request = await _app.PostAsync(
            "/v1/states",
            new { code = "TJK", names = RegistryApp.NamesOf("Tajikistan") }
        );
        await request.CreatedAsync();
        _watched.Before = _ => { };
        var writer = sent.First(statement => statement.Text == LedgerSql.ReadCounter).Thread;
        return [.. sent.Where(statement => statement.Thread == writer).Select(statement => statement.Text)];
    }
}
