using System.Data.Common;
using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>One transaction of the <see cref="Ledger"/>.</summary>
/// <remarks>
/// Every change of a record uses the three verbs here. They check the version, archive the former rows, write the new
/// ones and append the change to the log.
/// </remarks>
public sealed class WriteSession
{
    private const string Savepoint = "Piece";
    private const string SetSavepoint = $"SAVEPOINT {Savepoint}";
    private const string RollBackToSavepoint = $"ROLLBACK TO {Savepoint}";
    private const string ReleaseSavepoint = $"RELEASE {Savepoint}";

    private const int MaxPeriods = 5000;

    private static readonly object NoParameters = new { };

    private readonly SqlDialect _dialect;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Author _author;
    private readonly Counter _before;
    private readonly IReadOnlyList<RecordObserver> _observers;
    private readonly Dictionary<(string Collection, string Id), Period> _periods = [];
    private long _sequence;

    private WriteSession(
        SqlDialect dialect,
        DbConnection connection,
        DbTransaction transaction,
        Author author,
        Counter counter,
        DateTimeOffset now,
        IReadOnlyList<RecordObserver> observers
    )
    {
        _dialect = dialect;
        _connection = connection;
        _transaction = transaction;
        _author = author;
        _observers = observers;
        _before = counter;
        _sequence = counter.Sequence;

        // Strictly later than the last change, to the microsecond, which is the precision of both databases, whatever
        // the clock does: a read as known at an instant must never see half of two changes.
        var microsecond = new DateTimeOffset(
            now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond),
            TimeSpan.Zero
        );
        var next = counter.Instant.AddTicks(TimeSpan.TicksPerMicrosecond);
        Instant = microsecond > next ? microsecond : next;
    }

    /// <summary>The time at which all changes of this transaction are recorded, in UTC.</summary>
    public DateTimeOffset Instant { get; }

    internal SqlDialect Dialect => _dialect;

    /// <summary>The sequence of the last change so far, in this transaction or before it.</summary>
    internal long Sequence => _sequence;

    /// <summary>The sequence of the last change before this transaction.</summary>
    internal long SequenceBefore => _before.Sequence;

    internal static async Task<WriteSession> BeginAsync(
        SqlDialect dialect,
        DbConnection connection,
        DbTransaction transaction,
        Author author,
        DateTimeOffset now,
        IReadOnlyList<RecordObserver> observers
    )
    {
        if (!dialect.IsEmbedded)
        {
            await connection.ExecuteAsync(LedgerSql.LockCounter, transaction: transaction);
        }

        var counter = await connection.RowAsync<Counter>(LedgerSql.ReadCounter, transaction: transaction);
        return new WriteSession(dialect, connection, transaction, author, counter!, now, observers);
    }

    /// <summary>A session that only reads, in the snapshot of the connection: for what stores derive from other records.</summary>
    internal static WriteSession ForReading(SqlDialect dialect, DbConnection connection) =>
        new(dialect, connection, null!, new Author(), new Counter(), default, []);

    /// <summary>
    /// Runs one piece of the work after a savepoint, and rolls back to the savepoint when it is refused.
    /// </summary>
    internal async Task<T> AttemptAsync<T>(Func<Task<T>> work)
    {
        var before = _sequence;
        await SetSavepointAsync();
        try
        {
            var answer = await work();
            await ReleaseSavepointAsync();
            return answer;
        }
        catch (RegistryException refusal) when (refusal is not BusyException)
        {
            _periods.Clear();
            await RollBackToSavepointAsync();
            await ReleaseSavepointAsync();
            _sequence = before;
            throw;
        }
    }

    // The driver of SQLite would parse the statement each time; the connection keeps it prepared.
    private Task SetSavepointAsync() =>
        _dialect.IsEmbedded ? ExecuteAsync(SetSavepoint, NoParameters) : _transaction.SaveAsync(Savepoint);

    private Task RollBackToSavepointAsync() =>
        _dialect.IsEmbedded ? ExecuteAsync(RollBackToSavepoint, NoParameters) : _transaction.RollbackAsync(Savepoint);

    // On SQL Server a savepoint is moved by setting it again; SQLite keeps every one of them.
    private Task ReleaseSavepointAsync() =>
        _dialect.IsEmbedded ? ExecuteAsync(ReleaseSavepoint, NoParameters) : Task.CompletedTask;

    /// <summary>Gets the period of a record, or null when the record does not exist.</summary>
    /// <remarks>
    /// It is cached for the session: the memberships of an import refer to the same few forums and states again and again.
    /// </remarks>
    internal async Task<Period?> FindPeriodAsync(RecordKind kind, string id)
    {
        if (_periods.TryGetValue((kind.Collection, id), out var period))
        {
            return period;
        }

        var days = await _connection.RowAsync<PeriodDays>(kind.Main.FindPeriod!, new { Id = id }, _transaction);
        if (days is null)
        {
            return null;
        }

        if (_periods.Count >= MaxPeriods)
        {
            _periods.Clear();
        }

        return _periods[(kind.Collection, id)] = days.ToPeriod();
    }

    /// <summary>Updates the counter.</summary>
    internal Task CloseAsync() =>
        _sequence == _before.Sequence
            ? Task.CompletedTask
            : ExecuteAsync(LedgerSql.UpdateCounter, new Counter { Sequence = _sequence, Instant = Instant });

    internal Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        _connection.RowsAsync<T>(sql, parameters, _transaction);

    /// <summary>Gets the current record.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    internal async Task<StoredRecord> GetAsync(RecordKind kind, string id) =>
        await FindAsync(kind, id)
        ?? throw (
            await ExistedAsync(kind, id) ? new GoneException(kind.Noun, id) : new NotFoundException(kind.Noun, id)
        );

    internal Task<StoredRecord?> FindAsync(RecordKind kind, string id) =>
        _connection.RowAsync<StoredRecord>(kind.Main.Find.Present, new { Id = id }, _transaction);

    internal async Task<bool> ExistedAsync(RecordKind kind, string id) => await LastVersionAsync(kind, id) is not null;

    private Task<int?> LastVersionAsync(RecordKind kind, string id) =>
        Task.FromResult(_connection.ExecuteScalar<int?>(kind.Main.LastVersion, new { Id = id }, _transaction));

    /// <summary>Gets the last version of a deleted record, or null when the id has never existed.</summary>
    internal async Task<StoredRecord?> FindLastAsync(RecordKind kind, string id) =>
        await _connection.RowAsync<StoredRecord>(kind.Main.FindLast, new { Id = id }, _transaction);

    /// <summary>Gets the id of the record into which one was merged, or null when it was not merged.</summary>
    internal Task<string?> MergedIntoAsync(RecordKind kind, string id) =>
        _connection.RowAsync<string>(MergeSql.Find, new { kind.Collection, OldId = id }, _transaction);

    /// <summary>Gets the record as it would be written.</summary>
    internal async Task<string> CompleteAsync(string record)
    {
        foreach (var observer in _observers)
        {
            record = await observer.CompleteAsync(this, record);
        }

        return record;
    }

    /// <summary>Lists the records, known to observers, that refer to a record.</summary>
    internal async Task<IReadOnlyList<string>> DerivedUsersAsync(RecordKind kind, string id)
    {
        var users = new List<string>();
        foreach (var observer in _observers)
        {
            users.AddRange(await observer.UsersAsync(this, kind, id));
        }

        return users;
    }

    /// <summary>Creates a record: a new one as its first version, a deleted one as its next.</summary>
    /// <exception cref="RuleBrokenException">The id exists, or redirects to another record.</exception>
    internal async Task<StoredRecord> CreateAsync(
        RecordKind kind,
        string id,
        Func<int, DateTimeOffset, RecordRows> rows,
        bool isAbsent = false
    )
    {
        if (!isAbsent && await FindAsync(kind, id) is not null)
        {
            throw new RuleBrokenException("already-exists", $"There is a {kind.Noun} '{id}' already.");
        }

        if (await LastVersionAsync(kind, id) is not { } last)
        {
            return await WriteAsync(kind, id, rows(1, Instant), "created", kind.Main.Insert);
        }

        if (await MergedIntoAsync(kind, id) is { } successor)
        {
            throw new RuleBrokenException(
                "id-retired",
                $"The {kind.Noun} '{id}' was merged into '{successor}'; its id redirects there."
            );
        }

        // The deletion has a version too, between the last version of the record and this one.
        return await WriteAsync(kind, id, rows(last + 2, Instant), "restored", kind.Main.Insert);
    }

    /// <exception cref="NotFoundException">The record does not exist.</exception>
    internal async Task<StoredRecord> ReplaceAsync(
        RecordKind kind,
        string id,
        int version,
        Func<int, DateTimeOffset, RecordRows> rows
    )
    {
        await ArchiveAsync(kind, id, version);
        var stored = await WriteAsync(kind, id, rows(version + 1, Instant), "updated", kind.Main.Update);
        foreach (var observer in _observers)
        {
            await observer.ReplacedAsync(this, kind, id, stored.Record);
        }

        return stored;
    }

    internal async Task DeleteAsync(RecordKind kind, string id, int version)
    {
        await ArchiveAsync(kind, id, version);
        try
        {
            await ExecuteAsync(kind.Main.Delete, new { Id = id });
        }
        catch (DbException error) when (_dialect.IsForeignKey(error))
        {
            throw new RuleBrokenException("still-in-use", $"Other records refer to the {kind.Noun} '{id}'.");
        }

        foreach (var observer in _observers)
        {
            await observer.DeletedAsync(this, kind, id);
        }

        await AppendAsync(kind, id, version + 1, "deleted", null);
    }

    private async Task ArchiveAsync(RecordKind kind, string id, int version)
    {
        _periods.Remove((kind.Collection, id));
        await CheckScopeAsync(kind, id);
        if (
            await ExecuteAsync(
                kind.Main.ArchiveVersion,
                new
                {
                    Id = id,
                    Now = Instant,
                    Version = version,
                }
            ) == 0
        )
        {
            await GetAsync(kind, id);
            throw new StaleVersionException(kind.Noun, id);
        }

        foreach (var part in kind.Parts)
        {
            await ExecuteAsync(part.Archive, new { Id = id, Now = Instant });
            await ExecuteAsync(part.Delete, new { Id = id });
        }

        foreach (var observer in _observers)
        {
            await observer.ArchivedAsync(this, kind, id);
        }
    }

    private async Task<StoredRecord> WriteAsync(
        RecordKind kind,
        string id,
        RecordRows rows,
        string operation,
        string statement
    )
    {
        rows = rows with { Main = rows.Main with { Record = await CompleteAsync(rows.Main.Record) } };
        try
        {
            await ExecuteAsync(statement, rows.Main);
            for (var part = 0; part < kind.Parts.Length; part++)
            {
                foreach (var row in rows.Parts[part])
                {
                    var (version, since) = (rows.Main.Version, rows.Main.RecordedFrom);
                    await ExecuteAsync(kind.Parts[part].Insert, row with { Version = version, RecordedFrom = since });
                }
            }

            foreach (var observer in _observers)
            {
                await observer.WrittenAsync(this, kind, id, rows.Main);
            }
        }
        catch (DbException error) when (_dialect.IsDuplicateKey(error))
        {
            throw new RuleBrokenException("already-exists", $"There is a {kind.Noun} '{id}' already.");
        }
        catch (DbException error) when (_dialect.IsForeignKey(error))
        {
            foreach (var observer in _observers)
            {
                await observer.ExplainAsync(this, rows.Main.Record);
            }

            throw new RuleBrokenException(
                "unknown-reference",
                $"The {kind.Noun} '{id}' refers to a record that does not exist."
            );
        }

        if (!(kind.IsShared && rows.Main.Version == 1))
        {
            await CheckScopeAsync(kind, id);
        }

        await AppendAsync(kind, id, rows.Main.Version, operation, rows.Main.Record);
        return new StoredRecord
        {
            Id = id,
            Version = rows.Main.Version,
            RecordedFrom = rows.Main.RecordedFrom,
            Record = rows.Main.Record,
        };
    }

    /// <summary>Checks that the author may write the current version of a record.</summary>
    /// <exception cref="ForbiddenException">The record is outside the scope of the author.</exception>
    private async Task CheckScopeAsync(RecordKind kind, string id)
    {
        var scope = _author.Scope;
        scope.Check(kind.Collection);
        if (scope.Forums is not null)
        {
            scope.Check(kind.Noun, await RecordOwners.ForumOfAsync(_connection, _transaction, kind, id));
        }
    }

    private async Task AppendAsync(RecordKind kind, string id, int version, string operation, string? record)
    {
        var change = new
        {
            Sequence = ++_sequence,
            Instant,
            Actor = _author.Name,
            kind.Collection,
            SubjectId = id,
            Version = version,
            Operation = operation,
            Record = record,
            _author.Reason,
        };
        await ExecuteAsync(LedgerSql.AppendChange, change);
        await ExecuteAsync(
            version == 1 ? kind.Parents.NoteFirst : kind.Parents.Note,
            new
            {
                change.Sequence,
                change.Collection,
                change.SubjectId,
                change.Version,
            }
        );
    }

    // SQLite completes synchronously, and a task for each statement costs as much as many statements.
    internal Task<int> ExecuteAsync(string sql, object parameters) =>
        _dialect.IsEmbedded
            ? Task.FromResult(_connection.Execute(sql, parameters, _transaction))
            : _connection.ExecuteAsync(sql, parameters, _transaction);
}
