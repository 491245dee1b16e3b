using System.Net;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>What callers see of an embedded database that another process holds or has broken.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class WaitingForTheDatabase
{
    private RegistryApp _app = null!;

    [SetUp]
    public async Task Start()
    {
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(Engine.Sqlite));
        await _app.EstablishStateAsync("KAZ");
    }

    [TearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await TestDatabases.GiveBackAsync(_app.Database);
    }

    [Test]
    public async Task While_another_process_writes_a_write_is_put_off_and_reads_are_served()
    {
        await using var other = new SqliteConnection(_app.Database.ConnectionString);
        await other.OpenAsync();
        await using var held = await other.BeginTransactionAsync();

        var write = await _app.PostAsync("/v1/states", new { code = "UZB", names = RegistryApp.NamesOf("Uzbekistan") });
        var read = await _app.GetAsync("/v1/states/KAZ");

        await write.ProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(write.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await held.RollbackAsync();
        var again = await _app.PostAsync("/v1/states", new { code = "UZB", names = RegistryApp.NamesOf("Uzbekistan") });
        await again.CreatedAsync();
    }

    [Test]
    public async Task The_program_is_alive_but_not_ready_when_its_database_cannot_be_read()
    {
        await File.WriteAllTextAsync(
            new SqliteConnectionStringBuilder(_app.Database.ConnectionString).DataSource,
            "This is no database any more, whatever its name says."
        );

        var ready = await _app.GetAsync("/health/ready");
        var live = await _app.GetAsync("/health/live");
        var read = await _app.GetAsync("/v1/states/KAZ");

        await ready.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        await read.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
