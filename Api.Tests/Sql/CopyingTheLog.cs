using System.Buffers.Binary;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Tests.Sql;

/// <summary>How long the write-ahead log of an SQLite file becomes, whoever reads meanwhile.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class CopyingTheLog : IDisposable
{
    private const int Pages = 20;
    private const int Mebibyte = 1024 * 1024;

    private readonly string _file = TestDatabases.NewPath();
    private RegistryDatabase _database = null!;
    private SqliteConnection _watcher = null!;

    [SetUp]
    public async Task Make()
    {
        _database = RegistryDatabase.Sqlite($"Data Source={_file}", new WriteSettings { CheckpointPages = Pages });
        await WriteAsync("CREATE TABLE Note (Text TEXT, Bytes BLOB)");
        _watcher = Connect();
        await _watcher.ExecuteAsync("SELECT 1 FROM Note");
    }

    [TearDown]
    public void Close() => Dispose();

    [Test]
    public async Task It_begins_anew_though_there_is_always_somebody_who_reads()
    {
        using var enough = new CancellationTokenSource();
        using var one = new SemaphoreSlim(0);
        using var other = new SemaphoreSlim(0);
        using var both = new CountdownEvent(2);
        var reading = Task.WhenAll(
            OnItsOwnThread(() => Read(one, other, both, isFirst: true, enough.Token)),
            OnItsOwnThread(() => Read(other, one, both, isFirst: false, enough.Token))
        );
        both.Wait(CancellationToken.None);

        var longest = 0;
        for (var number = 0; number < 500; number++)
        {
            await WriteAsync("INSERT INTO Note VALUES ('one', zeroblob(4000))");
            longest = Math.Max(longest, InLog());
        }

        await enough.CancelAsync();
        await reading;
        Assert.That(longest, Is.GreaterThan(Pages).And.LessThan(10 * Pages));
    }

    [Test]
    public async Task It_begins_anew_when_somebody_who_read_for_long_has_gone()
    {
        int longest;
        using (var reader = Connect())
        {
            using var snapshot = reader.BeginTransaction(deferred: true);
            await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM Note");
            for (var number = 0; number < 50; number++)
            {
                await WriteAsync("INSERT INTO Note VALUES ('one', zeroblob(4000))");
            }

            longest = InLog();
        }

        for (var number = 0; number < Pages; number++)
        {
            await WriteAsync("INSERT INTO Note VALUES ('last', zeroblob(4000))");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(longest, Is.GreaterThan(5 * Pages));
            Assert.That(InLog(), Is.LessThan(3 * Pages));
        }
    }

    [Test]
    public async Task It_stays_where_it_is_once_the_file_is_known_to_be_damaged()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new TaskCompletionSource();
        Task<int> last;
        using (var reader = Connect())
        {
            using var snapshot = reader.BeginTransaction(deferred: true);
            await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM Note");
            for (var number = 0; number < 50; number++)
            {
                await WriteAsync("INSERT INTO Note VALUES ('one', zeroblob(4000))");
            }

            // It is begun before the damage is seen, while what came before cannot be copied, and is over after that.
            last = _database.TransactAsync(
                async (connection, transaction) =>
                {
                    begun.SetResult();
                    await seen.Task;
                    return await connection.ExecuteAsync("DELETE FROM Note", transaction: transaction);
                },
                CancellationToken.None
            );
            await begun.Task;
        }

        var before = await BytesAsync();
        _database.NoteDamage("a page that is none", null);
        seen.SetResult();
        await last;
        _database.Dispose();

        Assert.That(InLog(), Is.GreaterThan(2 * Pages));
        Assert.That(await BytesAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Its_file_becomes_short_again_after_a_long_transaction()
    {
        await WriteAsync($"INSERT INTO Note VALUES ('long', zeroblob({24 * Mebibyte}))");
        var longest = LogBytes();

        await WriteAsync("INSERT INTO Note VALUES ('short', NULL)");
        await WriteAsync("INSERT INTO Note VALUES ('short', NULL)");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(longest, Is.GreaterThan(24 * Mebibyte));
            Assert.That(LogBytes(), Is.LessThanOrEqualTo(16 * Mebibyte));
        }
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _database.Dispose();
    }

    /// <summary>Reads again and again, each time until the other has begun to.</summary>
    private void Read(
        SemaphoreSlim otherBegan,
        SemaphoreSlim thisBegan,
        CountdownEvent bothBegan,
        bool isFirst,
        CancellationToken enough
    )
    {
        using var reader = Connect();
        if (!isFirst)
        {
            otherBegan.Wait(CancellationToken.None);
        }

        bothBegan.Signal();
        while (!enough.IsCancellationRequested)
        {
            using var snapshot = reader.BeginTransaction(deferred: true);
            reader.ExecuteScalar<long>("SELECT COUNT(*) FROM Note");
            thisBegan.Release();
            Thread.Sleep(TimeSpan.FromMilliseconds(2));
            otherBegan.Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    /// <summary>The pool may have no thread to spare for a while, and who has begun then waits with a reader open.</summary>
    private static Task OnItsOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Counts the pages in the log: the frames that bear the salts of its header (https://www.sqlite.org/walformat.html).</summary>
    private int InLog()
    {
        const int FileHeader = 32;
        const int FrameHeader = 24;
        const int Salts = 8;

        using var file = new FileStream($"{_file}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var log = new byte[file.Length];
        file.ReadExactly(log);
        var page = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var salts = log.AsSpan(16, Salts);
        var count = 0;
        for (var frame = FileHeader; frame + FrameHeader + page <= log.Length; frame += FrameHeader + page)
        {
            if (!log.AsSpan(frame + 8, Salts).SequenceEqual(salts))
            {
                break;
            }

            count++;
        }

        return count;
    }

    private async Task<byte[]> BytesAsync()
    {
        await using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private long LogBytes() => new FileInfo($"{_file}-wal").Length;

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        return connection;
    }

    private Task<int> WriteAsync(string statement) =>
        _database.TransactAsync(
            (connection, transaction) => connection.ExecuteAsync(statement, transaction: transaction),
            CancellationToken.None
        );
}
