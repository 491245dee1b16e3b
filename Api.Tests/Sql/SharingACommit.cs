using System.Data.Common;
using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Tests.Sql;

/// <summary>What becomes of commands that wait for one another and are committed together.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class SharingACommit : IDisposable
{
    private readonly string _file = TestDatabases.NewPath();
    private readonly ManualResetEventSlim _open = new();
    private RegistryDatabase _database = null!;

    [SetUp]
    public async Task Make()
    {
        _database = DatabaseWith(new WriteSettings { Gathering = TimeSpan.FromMinutes(1) });
        _open.Set();
        await WriteAsync("CREATE TABLE Word (Word NVARCHAR(20) PRIMARY KEY)");
        _open.Reset();
    }

    [TearDown]
    public void Close() => Dispose();

    [Test]
    public async Task Those_who_wait_share_one_and_nobody_is_told_before_it()
    {
        var first = WriteAsync("INSERT INTO Word VALUES ('one')");
        var second = WriteAsync("INSERT INTO Word VALUES ('two')");
        var seen = _database.TransactAsync(
            async (connection, transaction) =>
            {
                // The first has done its work by now, in this transaction, and has not been told.
                var words = await connection.QuerySingleAsync<int>(
                    "SELECT COUNT(*) FROM Word",
                    transaction: transaction
                );
                return (words, first.IsCompleted || second.IsCompleted, await WordsOutsideAsync());
            },
            CancellationToken.None
        );
        _open.Set();

        var (inside, told, outside) = await seen;
        await Task.WhenAll(first, second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(inside, Is.EqualTo(2));
            Assert.That(told, Is.False);
            Assert.That(outside, Is.Empty);
            Assert.That(await WordsAsync(), Is.EquivalentTo(new[] { "one", "two" }));
        }
    }

    [Test]
    public async Task One_that_is_refused_takes_nothing_of_its_neighbours_with_it()
    {
        var before = WriteAsync("INSERT INTO Word VALUES ('before')");
        var refused = WriteAsync("INSERT INTO Word VALUES ('refused')", new NotFoundException("word", "refused"));
        var broken = WriteAsync("INSERT INTO Word VALUES ('broken')", new InvalidOperationException("A defect."));
        var same = WriteAsync("INSERT INTO Word VALUES ('before')");
        var after = WriteAsync("INSERT INTO Word VALUES ('after')");
        _open.Set();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await refused, Throws.TypeOf<NotFoundException>());
            Assert.That(async () => await broken, Throws.TypeOf<InvalidOperationException>());
            Assert.That(async () => await same, Throws.TypeOf<SqliteException>());
            Assert.That(async () => await before, Throws.Nothing);
            Assert.That(async () => await after, Throws.Nothing);
        }

        Assert.That(await WordsAsync(), Is.EquivalentTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task One_that_is_called_off_while_it_waits_is_not_written()
    {
        using var calledOff = new CancellationTokenSource();
        var before = WriteAsync("INSERT INTO Word VALUES ('before')");
        var waiting = WriteAsync("INSERT INTO Word VALUES ('waiting')", cancellationToken: calledOff.Token);
        var after = WriteAsync("INSERT INTO Word VALUES ('after')");

        await calledOff.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        _open.Set();

        await Task.WhenAll(before, after);
        Assert.That(await WordsAsync(), Is.EquivalentTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task One_that_is_called_off_while_it_is_written_is_written_and_told()
    {
        using var calledOff = new CancellationTokenSource();
        var running = new TaskCompletionSource();
        var write = _database.TransactAsync(
            async (connection, transaction) =>
            {
                running.SetResult();
                _open.Wait();
                return await connection.ExecuteAsync("INSERT INTO Word VALUES ('late')", transaction: transaction);
            },
            calledOff.Token
        );
        await running.Task;

        await calledOff.CancelAsync();
        _open.Set();

        Assert.That(await write, Is.EqualTo(1));
        Assert.That(await WordsAsync(), Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public async Task Where_the_commit_fails_none_is_written_and_all_are_told()
    {
        var before = WriteAsync("INSERT INTO Word VALUES ('before')");
        var refused = WriteAsync("INSERT INTO Word VALUES ('refused')", new NotFoundException("word", "refused"));
        var failing = WriteAsync("INSERT INTO Word VALUES ('failing')", new SqliteException("The disk is full.", 13));
        _open.Set();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await before, Throws.TypeOf<StorageFullException>());
            Assert.That(async () => await refused, Throws.TypeOf<StorageFullException>());
            Assert.That(async () => await failing, Throws.TypeOf<StorageFullException>());
        }

        Assert.That(await WordsAsync(), Is.Empty);
        await WriteAsync("INSERT INTO Word VALUES ('again')");
        Assert.That(await WordsAsync(), Is.EqualTo(new[] { "again" }));
    }

    [Test]
    public async Task Those_who_waited_for_another_process_in_vain_are_told_together()
    {
        using var other = new SqliteConnection($"Data Source={_file};Pooling=False");
        other.Open();

        // It gives the file back before its end, and so keeps the writer, but not the other process, until all wait.
        var isFree = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _database.TransactAsync(
            async (connection, transaction) =>
            {
                var nothing = await connection.ExecuteAsync("ROLLBACK", transaction: transaction);
                isFree.SetResult();
                _open.Wait(CancellationToken.None);
                return nothing;
            },
            CancellationToken.None,
            alone: true
        );
        await isFree.Task;
        await using var held = other.BeginTransaction(deferred: false);
        var writes = new[] { "first", "second", "third", "fourth" }
            .Select(word => WriteAsync($"INSERT INTO Word VALUES ('{word}')"))
            .ToArray();
        _open.Set();

        Assert.That(async () => await before, Throws.InvalidOperationException);
        Assert.That(async () => await Task.WhenAll(writes), Throws.TypeOf<BusyException>());
        Assert.That(writes.Select(write => write.Exception?.InnerException).Distinct().Count(), Is.EqualTo(1));

        await held.RollbackAsync();
        await WriteAsync("INSERT INTO Word VALUES ('again')");
        Assert.That(await WordsAsync(), Is.EqualTo(new[] { "again" }));
    }

    [Test]
    public async Task A_long_work_is_alone()
    {
        var transactions = new List<DbTransaction>();
        var works = new[] { false, false, true, false, false }
            .Select(alone =>
                _database.TransactAsync(
                    (_, transaction) =>
                    {
                        _open.Wait();
                        transactions.Add(transaction);
                        return Task.FromResult(0);
                    },
                    CancellationToken.None,
                    alone
                )
            )
            .ToArray();
        _open.Set();
        await Task.WhenAll(works);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(transactions[1], Is.SameAs(transactions[0]));
            Assert.That(transactions[2], Is.Not.SameAs(transactions[1]));
            Assert.That(transactions[3], Is.Not.SameAs(transactions[2]));
            Assert.That(transactions[4], Is.SameAs(transactions[3]));
        }
    }

    [Test]
    public async Task Who_comes_when_too_many_wait_is_told_to_come_again()
    {
        using var small = DatabaseWith(new WriteSettings { MostWaiting = 2 });
        var running = new TaskCompletionSource();
        var first = small.TransactAsync(
            (_, _) =>
            {
                running.SetResult();
                _open.Wait();
                return Task.FromResult(0);
            },
            CancellationToken.None
        );
        await running.Task;
        var (second, third) = (Next(CancellationToken.None), Next(CancellationToken.None));

        Assert.That(async () => await Next(CancellationToken.None), Throws.TypeOf<BusyException>());

        _open.Set();
        await Task.WhenAll(first, second, third);
        Assert.That(async () => await Next(CancellationToken.None), Throws.Nothing);

        Task<int> Next(CancellationToken cancellationToken) =>
            small.TransactAsync((_, _) => Task.FromResult(0), cancellationToken);
    }

    [Test]
    public async Task Callers_are_told_in_HTTP_when_too_many_wait()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        try
        {
            await using var app = await RegistryApp.StartAsync(database, settings: ("Database:WritesWaiting", "1"));
            await using var other = new SqliteConnection(database.ConnectionString);
            await other.OpenAsync();
            await using var held = await other.BeginTransactionAsync();

            // While the file is held, one waits for it and one for its turn.
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(number =>
                        app.PostAsync(
                            "/v1/states",
                            new { code = $"AA{(char)('A' + number)}", names = RegistryApp.NamesOf("One") }
                        )
                    )
            );

            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answers.Select(answer => answer.Headers.RetryAfter), Is.All.Not.Null);
            await held.RollbackAsync();
            var again = await app.PostAsync("/v1/states", new { code = "AAA", names = RegistryApp.NamesOf("One") });
            await again.CreatedAsync();
        }
        finally
        {
            await TestDatabases.GiveBackAsync(database);
        }
    }

    public void Dispose()
    {
        _open.Set();
        _database.Dispose();
        _open.Dispose();
    }

    private RegistryDatabase DatabaseWith(WriteSettings settings) =>
        RegistryDatabase.Sqlite($"Data Source={_file}", settings);

    private Task<int> WriteAsync(
        string statement,
        Exception? thrown = null,
        CancellationToken cancellationToken = default
    ) =>
        _database.TransactAsync(
            async (connection, transaction) =>
            {
                // The writer stands still in the first work until all others wait.
                _open.Wait(CancellationToken.None);
                var rows = await connection.ExecuteAsync(statement, transaction: transaction);
                return thrown is null ? rows : throw thrown;
            },
            cancellationToken
        );

    /// <summary>A read of another request: within a write the database refuses to take a second connection.</summary>
    private Task<IReadOnlyList<string>> WordsOutsideAsync()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(WordsAsync);
        }
    }

    private async Task<IReadOnlyList<string>> WordsAsync() =>
        await _database.ReadAsync(
            async connection => (await connection.QueryAsync<string>("SELECT Word FROM Word")).AsList(),
            CancellationToken.None
        );
}
