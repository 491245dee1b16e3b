using System.Data.Common;
using Dapper;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Api.Tests.Sql;

/// <summary>Statements that are sent to a SQL Server together.</summary>
public sealed class BatchingStatementsOnAServer
{
    private const string Insert = "INSERT INTO QuotaUse (Caller, Day, Used) VALUES (@Caller, @Day, @Used)";
    private const string Count = "SELECT COUNT(*) FROM QuotaUse";

    private TestDatabase _database = null!;
    private RegistryDatabase _registry = null!;
    private DbConnection _connection = null!;

    [SetUp]
    public async Task Open()
    {
        if (TestDatabases.WhyNoServer is { } reason)
        {
            Assert.Ignore(reason);
        }

        _database = await TestDatabases.TakeAsync(Engine.SqlServer);
        await using (await RegistryApp.StartAsync(_database))
        {
            // Starting is what migrates.
        }

        _registry = RegistryDatabase.SqlServer(_database.ConnectionString);
        _connection = _registry.Open(writes: true);
        await _connection.ExecuteAsync("BEGIN TRANSACTION");
    }

    [TearDown]
    public async Task Close()
    {
        if (_database is not null)
        {
            await _connection.ExecuteAsync("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
            await _connection.DisposeAsync();
            _registry.Dispose();
            await TestDatabases.GiveBackAsync(_database);
        }
    }

    [Test]
    public async Task A_query_reads_what_was_sent_with_it()
    {
        var batch = new StatementBatch(_connection);
        await batch.AddAsync(Insert, Row("a"), null);
        await batch.AddAsync(Insert, Row("b"), null);

        var counted = await batch.QueryAsync<int>(Count, null);
        var tables = await batch.TablesAsync([
            (Count, new { }),
            ("SELECT Caller FROM QuotaUse ORDER BY Caller", new { }),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counted, Is.EqualTo(new[] { 2 }));
            Assert.That(StatementBatch.RowsOf<int>(tables[0]), Is.EqualTo(new[] { 2 }));
            Assert.That(StatementBatch.RowsOf<string>(tables[1]), Is.EqualTo(new[] { "a", "b" }));
        }
    }

    [Test]
    public async Task Nothing_is_executed_behind_the_end_of_the_transaction()
    {
        var batch = new StatementBatch(_connection);
        await batch.AddAsync(Insert, Row("a"), null);
        await batch.AddAsync("ROLLBACK TRANSACTION", new { }, null);
        await batch.AddAsync(Insert, Row("b"), null);

        try
        {
            await batch.SendAsync();
        }
        catch (DbException)
        {
            // SQL Server calls the end of a transaction within a call an error; what counts is what is there.
        }

        Assert.That(await _connection.ExecuteScalarAsync<int>(Count), Is.Zero);
    }

    [Test]
    public async Task An_error_is_explained_by_its_own_statement()
    {
        var batch = new StatementBatch(_connection);
        await batch.AddAsync(Insert, Row("a"), _ => throw new InvalidOperationException("It is the first."));
        await batch.AddAsync(
            Insert,
            Row("a"),
            _ => throw new RuleBrokenException("already-exists", "It is the second.")
        );
        await batch.AddAsync(Insert, Row("b"), _ => throw new InvalidOperationException("It is the third."));

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => batch.SendAsync());

        Assert.That(refused!.Message, Is.EqualTo("It is the second."));
    }

    [Test]
    public async Task What_was_dropped_is_not_sent()
    {
        var batch = new StatementBatch(_connection);
        await batch.AddAsync(Insert, Row("a"), null);
        batch.Clear();
        await batch.SendAsync();

        Assert.That(await batch.QueryAsync<int>(Count, null), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task A_long_batch_is_sent_in_parts()
    {
        var batch = new StatementBatch(_connection);
        for (var number = 0; number < 450; number++)
        {
            await batch.AddAsync(Insert, Row($"caller-{number}"), null);
        }

        Assert.That(await _connection.ExecuteScalarAsync<int>(Count), Is.EqualTo(400));
        Assert.That(await batch.QueryAsync<int>(Count, null), Is.EqualTo(new[] { 450 }));
    }

    private static object Row(string caller) =>
        new
        {
            Caller = caller,
            Day = new DateOnly(2026, 6, 30),
            Used = 1L,
        };
}
