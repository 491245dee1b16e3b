using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Database;

namespace Registry.Api.Tests.Sql;

/// <summary>What the shared memory of an SQLite file says of commits.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class SeeingCommits
{
    private readonly string _file = TestDatabases.NewPath();
    private SqliteConnection _writer = null!;
    private SqliteConnection _reader = null!;

    [SetUp]
    public void Open()
    {
        _writer = Connect();
        Run(_writer, "PRAGMA journal_mode = WAL");
        Run(_writer, "CREATE TABLE Note (Text TEXT)");
        _reader = Connect();
    }

    [TearDown]
    public void Close()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    [Test]
    public void A_commit_changes_the_header()
    {
        var index = Index();
        var before = Read(index);

        Run(_writer, "INSERT INTO Note VALUES ('one')");
        var after = Read(index);
        Run(_writer, "INSERT INTO Note VALUES ('two')");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Says(before), Is.False);
            Assert.That(Read(index).Says(after), Is.False);
        }
    }

    [Test]
    public void A_commit_into_a_log_that_begins_anew_changes_the_header()
    {
        var index = Index();
        Run(_writer, "INSERT INTO Note VALUES ('one')");
        var before = Read(index);

        Run(_writer, "PRAGMA wal_checkpoint(RESTART)");
        Run(_writer, "INSERT INTO Note VALUES ('two')");

        Assert.That(Read(index).Says(before), Is.False);
    }

    [Test]
    public void Reads_and_what_was_rolled_back_do_not_change_the_header()
    {
        var index = Index();
        var before = Read(index);

        Run(_reader, "SELECT COUNT(*) FROM Note");
        using (var transaction = _writer.BeginTransaction())
        {
            Run(_writer, "INSERT INTO Note VALUES ('one')");
            transaction.Rollback();
        }

        Assert.That(Read(index).Says(before));
    }

    [Test]
    public void A_file_without_a_log_has_no_index()
    {
        _reader.Close();
        Run(_writer, "PRAGMA journal_mode = DELETE");
        _reader.Open();
        Run(_reader, "SELECT COUNT(*) FROM Note");

        Assert.That(LogIndex.Of(_reader), Is.Null);
    }

    [Test]
    public void Once_its_connection_is_closed_the_index_says_nothing()
    {
        var index = Index();

        _reader.Close();

        Assert.That(index.TryRead(out _), Is.False);
    }

    private LogIndex Index()
    {
        Run(_reader, "SELECT COUNT(*) FROM Note");
        return LogIndex.Of(_reader)!;
    }

    private static LogIndex.Header Read(LogIndex index)
    {
        Assert.That(index.TryRead(out var header));
        return header;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the statements above.
        command.CommandText = statement;
#pragma warning restore CA2100
        _ = command.ExecuteScalar();
    }
}
