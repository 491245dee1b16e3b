using System.Text.Json.Nodes;
using Registry.Api.Tests.Provenance;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>What a read of several statements sees of a write that comes between two of them, and what it takes to read.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ReadingOneState(Engine engine)
{
    private readonly WatchedConnections _watched = new();
    private RegistryApp _reading = null!;
    private RegistryApp _writing = null!;

    [SetUp]
    public async Task Start()
    {
        var database = await TestDatabases.TakeAsync(engine);
        _writing = await RegistryApp.StartAsync(database);
        _reading = await RegistryApp.StartAsync(database, _watched);
        foreach (var code in new[] { "AAA", "BBB", "CCC" })
        {
            await _writing.EstablishStateAsync(code);
        }

        await _writing.EstablishForumAsync("PACT", founded: "1990");
        await (await _writing.AdmitAsync("PACT", "AAA", from: "2000")).CreatedAsync();
        await (await _writing.AdmitAsync("PACT", "BBB", from: "2000")).CreatedAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        if (_reading is not null)
        {
            await _reading.DisposeAsync();
            await _writing.DisposeAsync();
            await TestDatabases.GiveBackAsync(_writing.Database);
        }
    }

    [TestCase("/v1/states?count=true")]
    [TestCase("/v1/forums/PACT/members?count=true")]
    [TestCase("/v1/memberships?count=true&limit=1&fields=id")]
    public async Task A_total_counts_the_items_of_its_page(string path)
    {
        var before = await _writing.ReadAsync(path);

        var page = await WhileAsync(
            async () =>
            {
                await _writing.EstablishStateAsync("DDD");
                await (await _writing.AdmitAsync("PACT", "CCC", from: "2000")).CreatedAsync();
            },
            path
        );

        Assert.That(page.ToJsonString(), Is.EqualTo(before.ToJsonString()));
        Assert.That((await _writing.ReadAsync(path)).ToJsonString(), Is.Not.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task What_the_items_name_is_included_as_it_stood_with_them()
    {
        const string path = "/v1/memberships?expand=forum";
        var before = await _writing.ReadAsync(path);

        var page = await WhileAsync(
            async () =>
                await (
                    await _writing.PatchAsync("/v1/forums/PACT", new { names = RegistryApp.NamesOf("Renamed") })
                ).OkAsync(),
            path
        );

        Assert.That(page.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task Claims_are_those_on_the_record_that_is_shown()
    {
        const string path = "/v1/memberships/pact.aaa?expand=claims";
        await _writing.EstablishSourceAsync("gazette");
        var before = await _writing.ReadAsync(path);

        var record = await WhileAsync(
            async () =>
                await (await _writing.ClaimAsync("/standings/0/from", "2001", subject: "pact.aaa")).CreatedAsync(),
            path
        );

        Assert.That(record.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task A_declared_count_is_held_against_the_members_of_its_day()
    {
        const string path = "/v1/forums/PACT/reconciliation?on=2020-01-01";
        var before = await _writing.ReadAsync(path);

        var held = await WhileAsync(
            async () => await (await _writing.AdmitAsync("PACT", "CCC", from: "2000")).CreatedAsync(),
            path
        );

        Assert.That(held.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [TestCase("/v1/states/AAA")]
    [TestCase("/v1/states/ZZZ")]
    [TestCase("/v1/ministers/nobody")]
    [TestCase("/v1/states?count=true")]
    [TestCase("/v1/forums/PACT/members?count=true")]
    [TestCase("/v1/memberships?expand=forum,member")]
    public async Task One_request_takes_one_connection_at_a_time(string path)
    {
        // An embedded database keeps its connections, and has one to look at the counter with.
        await _reading.GetAsync("/v1/states/AAA");
        var kept = _watched.Open;
        _watched.MostOpen = 0;

        var first = await _reading.GetAsync(path);
        var second = await _reading.GetAsync(path);

        Assert.That(second.StatusCode, Is.EqualTo(first.StatusCode));
        Assert.That(_watched.MostOpen, Is.LessThanOrEqualTo(engine == Engine.Sqlite ? kept : 1));
    }

    /// <summary>Reads, while between the first statement and the second something is written.</summary>
    private async Task<JsonNode> WhileAsync(Func<Task> written, string path)
    {
        var (reads, writes) = (0, 0);
        _watched.Before = statement =>
        {
            if (IsOfRecords(statement) && ++reads == 2)
            {
                writes++;
                Task.Run(written).GetAwaiter().GetResult();
            }
        };
        var page = await _reading.ReadAsync(path);
        _watched.Before = _ => { };
        Assert.That(writes, Is.EqualTo(1), "something is written between two statements");
        return page;
    }

    /// <summary>Leaves out what cache and access ask.</summary>
    private static bool IsOfRecords(string statement) =>
        statement.Contains("FROM", StringComparison.Ordinal)
        && !statement.Contains("ChangeCounter", StringComparison.Ordinal)
        && !statement.Contains("ApiKey", StringComparison.Ordinal);
}
