using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Startup;

/// <summary>A start before the database can be used: its server is not there yet, or another process prepares it.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WaitingForTheServer(Engine engine)
{
    private static readonly (string, string) WithoutCatalogue = ("Catalogue:Load", "false");

    private TestDatabase _database = null!;

    [SetUp]
    public async Task An_untouched_database() => _database = await TestDatabases.TakeUntouchedAsync(engine);

    [Test]
    public async Task A_server_that_comes_up_later_is_waited_for()
    {
        NeedServer();
        using var network = TdsProxy.Before(_database, out var proxied);
        network.TakeDown();
        await using var program = RegistryProcess.Start(proxied, WithoutCatalogue);
        await program.SaysAsync("The start waits for it");

        network.Restore();

        using var client = await program.ServingAsync();
        using var ready = await client.GetAsync("/health/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(program.Output, Does.Not.Contain("   at "));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_server_that_does_not_come_ends_the_start_with_a_sentence_and_code_3(bool isSilent)
    {
        NeedServer();
        using var network = TdsProxy.Before(
            _database with
            {
                ConnectionString = $"{_database.ConnectionString};Connect Timeout=2",
            },
            out var proxied
        );
        if (isSilent)
        {
            network.Swallow();
        }
        else
        {
            network.TakeDown();
        }

        await using var program = RegistryProcess.Start(proxied, WithoutCatalogue, ("Database:StartupSeconds", "3"));

        Assert.That(await program.ExitCodeAsync(), Is.EqualTo(3));
        Assert.That(
            program.Output,
            Does.Contain("The start waits for it")
                .And.Contain("cannot start: its database is out of reach")
                .And.Not.Contain("   at ")
        );
    }

    [Test]
    public async Task A_server_that_goes_away_during_the_preparation_is_waited_for()
    {
        NeedServer();
        using var network = TdsProxy.Before(_database, out var proxied);
        await using var program = RegistryProcess.Start(proxied);
        await program.SaysAsync("Loading the default catalogue");
        network.TakeDown();
        await program.SaysAsync("The start waits for it");

        network.Restore();

        // To load it once more takes longer than a test should.
        await Until.HoldsAsync(() =>
            Task.FromResult(program.Output.Split("Loading the default catalogue").Length == 3)
        );
        Assert.That(program.Output, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_process_waits_as_long_as_another_one_prepares_the_database()
    {
        var held = await HoldAsync();
        await using var program = RegistryProcess.Start(_database, WithoutCatalogue, ("Database:StartupSeconds", "1"));
        await program.SaysAsync("Another process is starting on this database");

        await held.DisposeAsync();

        using var client = await program.ServingAsync();
        using var ready = await client.GetAsync("/health/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Holds the lock of a start as another process would.</summary>
    private async Task<IAsyncDisposable> HoldAsync()
    {
        if (engine == Engine.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(_database.ConnectionString).DataSource;
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }

        var connection = _database.Connect();
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            DECLARE @Name NVARCHAR(255);
            SET @Name = CONCAT('registry-startup ', DB_NAME());
            EXEC sp_getapplock @Resource = @Name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
            """
        );
        return new Held(connection);
    }

    private void NeedServer()
    {
        if (engine == Engine.Sqlite)
        {
            Assert.Ignore("An embedded database has no server.");
        }
    }

    private sealed class Held(System.Data.Common.DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.ExecuteAsync(
                """
                DECLARE @Name NVARCHAR(255);
                SET @Name = CONCAT('registry-startup ', DB_NAME());
                EXEC sp_releaseapplock @Resource = @Name, @LockOwner = 'Session';
                """
            );
            await connection.DisposeAsync();
        }
    }
}
