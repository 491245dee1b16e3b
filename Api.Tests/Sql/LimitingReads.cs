using System.Diagnostics;
using Dapper;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Tests.Sql;

/// <summary>Statements that would never end by themselves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class LimitingReads : IDisposable
{
    private const string Endless =
        "WITH RECURSIVE Counting (Number) AS (SELECT 1 UNION ALL SELECT Number + 1 FROM Counting) "
        + "SELECT COUNT(*) FROM Counting";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly string _file = TestDatabases.NewPath();

    public void Dispose()
    {
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + part);
        }
    }

    [Test]
    public async Task A_read_that_takes_too_long_is_ended_with_its_reason()
    {
        using var database = RegistryDatabase.Sqlite($"Data Source={_file}", readLimits: new(Soon, Soon * 5));
        var started = Stopwatch.StartNew();

        var refusal = await Assert.ThrowsAsync<TimeLimitException>(() =>
            AskAsync(database, Endless, CancellationToken.None)
        );

        Assert.That(refusal!.Code, Is.EqualTo("time-limit"));
        Assert.That(started.Elapsed, Is.GreaterThan(Soon * 0.9));
        Assert.That(await AskAsync(database, "SELECT 7", CancellationToken.None), Is.EqualTo(7));
    }

    [Test]
    public async Task Costly_reads_have_a_limit_of_their_own()
    {
        using var database = RegistryDatabase.Sqlite(
            $"Data Source={_file}",
            readLimits: new(TimeSpan.FromHours(1), Soon)
        );

        var refusal = await Assert.ThrowsAsync<TimeLimitException>(CostlyAsync);

        Assert.That(refusal!.Message, Does.Contain("0.2 s"));

        async Task CostlyAsync()
        {
            ReadLimits.EnterCostly();
            await AskAsync(database, Endless, CancellationToken.None);
        }
    }

    [Test]
    public async Task A_read_ends_when_its_caller_leaves()
    {
        using var database = RegistryDatabase.Sqlite(
            $"Data Source={_file}",
            readLimits: new(TimeSpan.FromHours(1), Soon)
        );
        using var caller = new CancellationTokenSource(Soon);

        Assert.That(() => AskAsync(database, Endless, caller.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await AskAsync(database, "SELECT 7", CancellationToken.None), Is.EqualTo(7));
    }

    [Test]
    public async Task A_limit_ends_with_its_read()
    {
        using var database = RegistryDatabase.Sqlite($"Data Source={_file}", readLimits: new(Soon, Soon * 5));
        using var caller = new CancellationTokenSource();
        await AskAsync(database, "SELECT 7", caller.Token);

        await caller.CancelAsync();
        await Task.Delay(Soon * 2);

        Assert.That(
            await AskAsync(
                database,
                Endless.Replace("FROM Counting)", "FROM Counting LIMIT 50000)", StringComparison.Ordinal),
                CancellationToken.None
            ),
            Is.EqualTo(50_000)
        );
    }

    private static Task<long> AskAsync(RegistryDatabase database, string sql, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Task.FromResult(connection.ExecuteScalar<long>(sql)), cancellationToken);
}
