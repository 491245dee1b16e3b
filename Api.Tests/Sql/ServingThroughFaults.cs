using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>What callers hear while the database or the network before it fails under load, and that it is over afterwards.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServingThroughFaults(Engine engine)
{
    private const int Callers = 120;

    /// <summary>The bound of every answer, many times what the settings of a test allow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestDatabase _database = null!;
    private int _codes;

    [SetUp]
    public async Task Take() => _database = await TestDatabases.TakeAsync(engine);

    [TearDown]
    public async Task GiveBack()
    {
        if (_database is not null)
        {
            await TestDatabases.GiveBackAsync(_database);
        }
    }

    [Test]
    public async Task Writers_behind_a_lock_are_put_off_in_bounded_time_and_write_when_it_is_gone()
    {
        await using var app = await RegistryApp.StartAsync(With("Command Timeout=3"));
        await app.EstablishStateAsync("KAZ");
        await using (var other = _database.Connect())
        {
            await other.OpenAsync();
            await using var held = await other.BeginTransactionAsync();
            await other.ExecuteAsync("UPDATE ChangeCounter SET Sequence = Sequence", transaction: held);

            var behind = await AnswersAsync(Enumerable.Range(0, Callers).Select(_ => WriteAsync(app)));

            Assert.That(behind.Select(each => each.Status), Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
            using var live = await app.GetAsync("/health/live");
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await held.RollbackAsync();
        }

        await Until.HoldsAsync(async () => (await WriteAsync(app)).Status == HttpStatusCode.Created);
        var after = await AnswersAsync(Enumerable.Range(0, Callers).Select(_ => WriteAsync(app)));
        Assert.That(after.Count(each => each.Status == HttpStatusCode.Created), Is.Positive);
        await app.ReadAsync("/v1/states/KAZ");
    }

    [Test]
    public async Task A_small_pool_serves_reads_and_writes_or_puts_them_off()
    {
        await using var app = await RegistryApp.StartAsync(With("Max Pool Size=5"));
        await app.EstablishStateAsync("KAZ");

        var answers = await AnswersAsync(
            Enumerable.Range(0, 100).Select(number => number % 2 == 0 ? WriteAsync(app) : ReadAsync(app, number))
        );

        Assert.That(answers.Count(each => each.Status == HttpStatusCode.Created), Is.Positive);
        Assert.That(answers.Count(each => each.Status == HttpStatusCode.OK), Is.Positive);
        await KeptAsync(app, answers);
    }

    [Test]
    public async Task Broken_connections_are_replaced_and_nothing_acknowledged_is_lost()
    {
        NeedServer();
        using var network = TdsProxy.Before(With("Connect Timeout=5"), out var proxied);
        await using var app = await RegistryApp.StartAsync(proxied);
        await using var other = await RegistryApp.StartAsync(_database);
        await other.EstablishStateAsync("AAA");
        using var events = await Events.OpenAsync(app.Http, "/v1/changes/stream");
        await events.NextAsync();

        var answers = await UnderLoadAsync(
            app,
            async seen =>
            {
                for (var round = 0; round < 3; round++)
                {
                    var before = seen.Count;
                    network.TakeDown();
                    await Until.HoldsAsync(() =>
                        Task.FromResult(
                            seen.Skip(before)
                                .Any(each => each.Status != HttpStatusCode.Created && each.Status != HttpStatusCode.OK)
                        )
                    );
                    before = seen.Count;
                    network.Restore();
                    await Until.HoldsAsync(() =>
                        Task.FromResult(seen.Skip(before).Any(each => each.Status == HttpStatusCode.Created))
                    );
                }
            }
        );

        await KeptAsync(app, answers);
        await other.EstablishStateAsync("BBB");
        await HearAsync(events, "states/BBB");
    }

    [Test]
    public async Task Connections_that_break_while_the_server_is_there_are_hardly_noticed()
    {
        NeedServer();
        using var network = TdsProxy.Before(_database, out var proxied);
        await using var app = await RegistryApp.StartAsync(proxied);
        await app.EstablishStateAsync("KAZ");
        for (var round = 0; round < 5; round++)
        {
            network.TakeDown();
            network.Restore();

            using var read = await app.GetAsync($"/v1/states?limit={round + 1}");
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            network.TakeDown();
            network.Restore();
            Assert.That((await WriteAsync(app)).Status, Is.EqualTo(HttpStatusCode.Created));
        }
    }

    [Test]
    public async Task Callers_into_a_black_hole_are_put_off_in_bounded_time()
    {
        NeedServer();
        using var network = TdsProxy.Before(With("Connect Timeout=2;Command Timeout=2"), out var proxied);
        await using var app = await RegistryApp.StartAsync(proxied, settings: ("Limits:ReadSeconds", "2"));
        await using var other = await RegistryApp.StartAsync(_database);
        await other.EstablishStateAsync("AAA");
        using var events = await Events.OpenAsync(app.Http, "/v1/changes/stream");
        await events.NextAsync();
        network.Swallow();

        var into = await AnswersAsync(
            Enumerable.Range(0, 60).Select(number => number % 2 == 0 ? WriteAsync(app) : ReadAsync(app, number))
        );

        Assert.That(into.Select(each => each.Status), Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
        network.Restore();
        await Until.HoldsAsync(async () => (await WriteAsync(app)).Status == HttpStatusCode.Created);
        await Until.HoldsAsync(async () => (await ReadAsync(app, 7)).Status == HttpStatusCode.OK);
        await other.EstablishStateAsync("BBB");
        await HearAsync(events, "states/BBB");
    }

    private void NeedServer()
    {
        if (engine == Engine.Sqlite)
        {
            Assert.Ignore("There is no network before an embedded database.");
        }
    }

    /// <summary>The database with more settings of a server in its connection string.</summary>
    private TestDatabase With(string settings) =>
        engine == Engine.SqlServer
            ? _database with
            {
                ConnectionString = $"{_database.ConnectionString};{settings}",
            }
            : _database;

    private async Task<Answer> WriteAsync(RegistryApp app)
    {
        var number = Interlocked.Increment(ref _codes);
        var code = $"W{(char)('A' + (number / 26 % 26))}{(char)('A' + (number % 26))}";
        if (number >= 26 * 26)
        {
            code = $"{(char)('X' + (number / 26 / 26 % 3))}{code[1..]}";
        }

        using var answer = await app.PostAsync("/v1/states", new { code, names = RegistryApp.NamesOf(code, "short") });
        return Answer.Of(answer, code);
    }

    /// <summary>Reads something else each time, so that it is not cached.</summary>
    private static async Task<Answer> ReadAsync(RegistryApp app, int number)
    {
        using var answer = await app.GetAsync($"/v1/states?limit={1 + (number % 200)}");
        return Answer.Of(answer, null);
    }

    private static async Task<IReadOnlyList<Answer>> AnswersAsync(IEnumerable<Task<Answer>> asked)
    {
        var answers = await Task.WhenAll(asked).WaitAsync(Patience);
        Check(answers);
        return answers;
    }

    /// <summary>Writes and reads without a pause while something is done.</summary>
    private async Task<IReadOnlyList<Answer>> UnderLoadAsync(RegistryApp app, Func<ConcurrentQueue<Answer>, Task> fault)
    {
        var (seen, isOver) = (new ConcurrentQueue<Answer>(), false);
        var callers = Enumerable.Range(0, 8).Select(CallAsync).ToArray();
        try
        {
            await fault(seen);
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await Task.WhenAll(callers).WaitAsync(Patience);
        }

        Check(seen);
        return [.. seen];

        async Task CallAsync(int caller)
        {
            for (var number = caller; !Volatile.Read(ref isOver); number += 8)
            {
                seen.Enqueue(caller % 2 == 0 && _codes < 2500 ? await WriteAsync(app) : await ReadAsync(app, number));
                await Task.Delay(20);
            }
        }
    }

    private static void Check(IReadOnlyCollection<Answer> answers)
    {
        Assert.That(
            answers.Select(each => each.Status).Distinct(),
            Is.SubsetOf(new[] { HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable })
        );
        Assert.That(
            answers.Where(each => each.Status == HttpStatusCode.ServiceUnavailable).Select(each => each.ComesAgain),
            Is.All.True
        );
    }

    /// <summary>What was acknowledged is on record, once.</summary>
    private static async Task KeptAsync(RegistryApp app, IReadOnlyCollection<Answer> answers)
    {
        var kept = (await app.QueryAsync<string>("SELECT SubjectId FROM Change WHERE Collection = 'states'")).ToArray();
        Assert.That(kept, Is.Unique);
        Assert.That(
            answers.Where(each => each.Status == HttpStatusCode.Created).Select(each => each.Code),
            Is.SubsetOf(kept)
        );
    }

    private static async Task HearAsync(Events events, string key)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await events.NextAsync(patience.Token))!.Key != key) { }
    }

    private sealed record Answer(HttpStatusCode Status, bool ComesAgain, string? Code)
    {
        public static Answer Of(HttpResponseMessage answer, string? code) =>
            new(answer.StatusCode, answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, code);
    }
}
