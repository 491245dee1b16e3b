using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
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
    private const string SetSavepointOnServer = $"SAVE TRANSACTION {Savepoint}";
    private const string RollBackToSavepointOnServer = $"ROLLBACK TRANSACTION {Savepoint}";

    /// <summary>The maximum number of periods, and of versions, that are kept: an import has any number of records.</summary>
    private const int MaxKept = 5000;

    private static readonly object NoParameters = new { };

    private readonly SqlDialect _dialect;
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly Author _author;
    private readonly Counter _before;
    private readonly IReadOnlyList<RecordObserver> _observers;
    private readonly Dictionary<(string Collection, string Id), Period> _periods = [];

    /// <summary>The statements that wait for the next round trip to the server; null on SQLite, which has none.</summary>
    private readonly StatementBatch? _batch;

    /// <summary>On a server, the versions of the records that this transaction has read: no other writer can change them.</summary>
    private readonly Dictionary<(string Collection, string Id), int> _versions = [];

    /// <summary>On a server, the results of queries that were read ahead.</summary>
    private readonly Dictionary<ReadAhead, DataTable> _ahead = [];

    /// <summary>The ids of which it is known that no record ever had them.</summary>
    private readonly HashSet<(string Collection, string Id)> _never = [];

    /// <summary>Translates an error of the record that is being written.</summary>
    private Func<DbException, Task>? _failed;

    private long _sequence;

    private WriteSession(
        SqlDialect dialect,
        DbConnection connection,
        DbTransaction? transaction,
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
        _batch = dialect.IsEmbedded ? null : new StatementBatch(connection);

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
        DbTransaction? transaction,
        Author author,
        DateTimeOffset now,
        IReadOnlyList<RecordObserver> observers
    )
    {
        var counter = dialect.IsEmbedded
            ? (await connection.RowAsync<Counter>(LedgerSql.ReadCounter, transaction: transaction))!
            : await connection.QuerySingleAsync<Counter>(LedgerSql.BeginOnServer);
        return new WriteSession(dialect, connection, transaction, author, counter, now, observers);
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
            await (_batch?.SendAsync() ?? Task.CompletedTask);
            await ReleaseSavepointAsync();
            return answer;
        }
        catch (RegistryException refusal) when (refusal is not BusyException)
        {
            _batch?.Clear();
            _periods.Clear();
            _versions.Clear();
            _ahead.Clear();
            _never.Clear();
            await RollBackToSavepointAsync();
            await ReleaseSavepointAsync();
            _sequence = before;
            throw;
        }
    }

    private Task<int> SetSavepointAsync() =>
        ExecuteAsync(_dialect.IsEmbedded ? SetSavepoint : SetSavepointOnServer, NoParameters);

    private Task<int> RollBackToSavepointAsync() =>
        ExecuteAsync(_dialect.IsEmbedded ? RollBackToSavepoint : RollBackToSavepointOnServer, NoParameters);

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

        var days = await RowAsync<PeriodDays>(kind.Main.FindPeriod!, new { Id = id });
        if (days is null)
        {
            return null;
        }

        if (_periods.Count >= MaxKept)
        {
            _periods.Clear();
        }

        return _periods[(kind.Collection, id)] = days.ToPeriod();
    }

    /// <summary>Updates the counter, and sends what has not been sent yet.</summary>
    internal async Task CloseAsync()
    {
        if (_sequence != _before.Sequence)
        {
            await DeferAsync(LedgerSql.UpdateCounter, new Counter { Sequence = _sequence, Instant = Instant });
        }

        await (_batch?.SendAsync() ?? Task.CompletedTask);
    }

    /// <summary>
    /// Executes queries in one round trip to a server, for the calls that make the same queries next. What they read must not be
    /// written before; the end of the next write drops the rest. SQLite has no round trips.
    /// </summary>
    internal async Task ReadAheadAsync(params IEnumerable<ReadAhead> queries)
    {
        ReadAhead[] wanted = _batch is null ? [] : [.. queries.Where(query => !_ahead.ContainsKey(query)).Distinct()];
        if (wanted.Length > 1)
        {
            foreach (
                var (query, rows) in wanted.Zip(
                    await _batch!.TablesAsync([.. wanted.Select(query => (query.Sql, query.Parameters))])
                )
            )
            {
                _ahead[query] = rows;
            }
        }
    }

    /// <summary>Reads ahead for the write of a record: the record, and what observers read of it.</summary>
    internal Task ReadAheadAsync(RecordKind kind, string id) =>
        ReadAheadAsync([
            new ReadAhead(kind.Main.Find.Present, new { Id = id }),
            .. _observers.SelectMany(observer => observer.ReadsOf(kind, id)),
        ]);

    /// <summary>Reads the periods of records ahead.</summary>
    internal Task ReadPeriodsAheadAsync(params IEnumerable<(RecordKind Kind, string Id)> records) =>
        ReadAheadAsync(
            records
                .Where(record => !_periods.ContainsKey((record.Kind.Collection, record.Id)))
                .Select(record => new ReadAhead(record.Kind.Main.FindPeriod!, new { record.Id }))
        );

    internal Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        if (_batch is null)
        {
            return _connection.RowsAsync<T>(sql, parameters, _transaction);
        }

        return parameters is not null && _ahead.Remove(new ReadAhead(sql, parameters), out var table)
            ? Task.FromResult(StatementBatch.RowsOf<T>(table))
            : _batch.QueryAsync<T>(sql, parameters);
    }

    private async Task<T?> RowAsync<T>(string sql, object parameters) =>
        _batch is null
            ? await _connection.RowAsync<T>(sql, parameters, _transaction)
            : (await QueryAsync<T>(sql, parameters)).SingleOrDefault();

    /// <summary>Gets the current record.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    internal async Task<StoredRecord> GetAsync(RecordKind kind, string id) =>
        await FindAsync(kind, id)
        ?? throw (
            await ExistedAsync(kind, id) ? new GoneException(kind.Noun, id) : new NotFoundException(kind.Noun, id)
        );

    /// <summary>Verifies that a record exists, by its period.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    internal async Task RequirePresentAsync(RecordKind kind, string id)
    {
        if (await FindPeriodAsync(kind, id) is null)
        {
            await GetAsync(kind, id);
        }
    }

    internal async Task<StoredRecord?> FindAsync(RecordKind kind, string id)
    {
        var stored = await RowAsync<StoredRecord>(kind.Main.Find.Present, new { Id = id });
        if (stored is not null)
        {
            NoteVersion(kind, id, stored.Version);
        }

        return stored;
    }

    private void NoteVersion(RecordKind kind, string id, int version)
    {
        if (_batch is null)
        {
            return;
        }

        if (_versions.Count >= MaxKept)
        {
            _versions.Clear();
        }

        _versions[(kind.Collection, id)] = version;
    }

    /// <summary>True when no record ever had the id: then nothing can refer to it.</summary>
    /// <param name="kind">The kind of the record.</param>
    /// <param name="id">The id.</param>
    /// <param name="isAbsent">True when there is known to be no such record now.</param>
    internal async Task<bool> NeverExistedAsync(RecordKind kind, string id, bool isAbsent = false)
    {
        if (IsNew(kind, id))
        {
            return true;
        }

        if (!isAbsent)
        {
            await ReadAheadAsync(
                new ReadAhead(kind.Main.Find.Present, new { Id = id }),
                new ReadAhead(kind.Main.LastVersion, new { Id = id })
            );
        }

        return (isAbsent || await FindAsync(kind, id) is null)
            && await LastVersionAsync(kind, id) is null
            && _never.Add((kind.Collection, id));
    }

    /// <summary>True when <see cref="NeverExistedAsync"/> has found that no record ever had the id.</summary>
    internal bool IsNew(RecordKind kind, string id) => _never.Contains((kind.Collection, id));

    internal async Task<bool> ExistedAsync(RecordKind kind, string id) => await LastVersionAsync(kind, id) is not null;

    private Task<int?> LastVersionAsync(RecordKind kind, string id) =>
        RowAsync<int?>(kind.Main.LastVersion, new { Id = id });

    /// <summary>Gets the last version of a deleted record, or null when the id has never existed.</summary>
    internal async Task<StoredRecord?> FindLastAsync(RecordKind kind, string id) =>
        await RowAsync<StoredRecord>(kind.Main.FindLast, new { Id = id });

    /// <summary>Gets the id of the record into which one was merged, or null when it was not merged.</summary>
    internal Task<string?> MergedIntoAsync(RecordKind kind, string id) =>
        RowAsync<string>(MergeSql.Find, new { kind.Collection, OldId = id });

    /// <summary>Gets the record as it would be written.</summary>
    internal async Task<string> CompleteAsync(string record)
    {
        foreach (var observer in _observers)
        {
            record = await observer.CompleteAsync(this, record);
        }

        return record;
    }

    /// <summary>The queries of <see cref="DerivedUsersAsync"/>.</summary>
    internal IEnumerable<ReadAhead> UserQueriesOf(RecordKind kind, string id) =>
        _observers.Select(observer => observer.UsersOf(kind, id)).OfType<ReadAhead>();

    /// <summary>Lists the records, known to observers, that refer to a record.</summary>
    internal async Task<IReadOnlyList<string>> DerivedUsersAsync(RecordKind kind, string id)
    {
        var users = new List<string>();
        foreach (var query in UserQueriesOf(kind, id))
        {
            users.AddRange(await QueryAsync<string>(query.Sql, query.Parameters));
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
        var isNew = IsNew(kind, id);
        if (!isAbsent && !isNew && await FindAsync(kind, id) is not null)
        {
            throw new RuleBrokenException("already-exists", $"There is a {kind.Noun} '{id}' already.");
        }

        if (isNew || await LastVersionAsync(kind, id) is not { } last)
        {
            return await InsertAsync(1, "created");
        }

        if (await MergedIntoAsync(kind, id) is { } successor)
        {
            throw new RuleBrokenException(
                "id-retired",
                $"The {kind.Noun} '{id}' was merged into '{successor}'; its id redirects there."
            );
        }

        // The deletion has a version too, between the last version of the record and this one.
        return await InsertAsync(last + 2, "restored");

        async Task<StoredRecord> InsertAsync(int version, string operation)
        {
            var stored = await WriteAsync(kind, id, rows(version, Instant), operation, kind.Main.Insert);
            _ahead.Clear();
            return stored;
        }
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

        _ahead.Clear();
        return stored;
    }

    internal async Task DeleteAsync(RecordKind kind, string id, int version)
    {
        await ArchiveAsync(kind, id, version);
        _versions.Remove((kind.Collection, id));
        await DeferAsync(
            kind.Main.Delete,
            new { Id = id },
            error =>
                _dialect.IsForeignKey(error)
                    ? throw new RuleBrokenException("still-in-use", $"Other records refer to the {kind.Noun} '{id}'.")
                    : Task.CompletedTask
        );

        foreach (var observer in _observers)
        {
            await observer.DeletedAsync(this, kind, id);
        }

        await AppendAsync(kind, id, version + 1, "deleted", null);
        _ahead.Clear();
    }

    private async Task ArchiveAsync(RecordKind kind, string id, int version)
    {
        _periods.Remove((kind.Collection, id));
        await CheckScopeAsync(kind, id);
        var former = new
        {
            Id = id,
            Now = Instant,
            Version = version,
        };
        if (_versions.TryGetValue((kind.Collection, id), out var current) && current == version)
        {
            await DeferAsync(kind.Main.ArchiveVersion, former);
        }
        else if (await ExecuteAsync(kind.Main.ArchiveVersion, former) == 0)
        {
            await GetAsync(kind, id);
            throw new StaleVersionException(kind.Noun, id);
        }

        foreach (var part in kind.Parts)
        {
            await DeferAsync(part.Archive, new { Id = id, Now = Instant });
            await DeferAsync(part.Delete, new { Id = id });
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
        _failed = error => ExplainAsync(error, kind, id, rows.Main.Record);
        try
        {
            await DeferAsync(statement, rows.Main);
            for (var part = 0; part < kind.Parts.Length; part++)
            {
                foreach (var row in rows.Parts[part])
                {
                    var (version, since) = (rows.Main.Version, rows.Main.RecordedFrom);
                    await DeferAsync(kind.Parts[part].Insert, row with { Version = version, RecordedFrom = since });
                }
            }

            foreach (var observer in _observers)
            {
                await observer.WrittenAsync(this, kind, id, rows.Main);
            }
        }
        finally
        {
            _failed = null;
        }

        _never.Remove((kind.Collection, id));
        NoteVersion(kind, id, rows.Main.Version);

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

    /// <summary>Throws the refusal that an error of the database stands for, if it is one.</summary>
    private async Task ExplainAsync(DbException error, RecordKind kind, string id, string record)
    {
        if (_dialect.IsDuplicateKey(error))
        {
            throw new RuleBrokenException("already-exists", $"There is a {kind.Noun} '{id}' already.");
        }

        if (_dialect.IsForeignKey(error))
        {
            foreach (var observer in _observers)
            {
                await observer.ExplainAsync(this, record);
            }

            throw new RuleBrokenException(
                "unknown-reference",
                $"The {kind.Noun} '{id}' refers to a record that does not exist."
            );
        }
    }

    /// <summary>Checks that the author may write the current version of a record.</summary>
    /// <exception cref="ForbiddenException">The record is outside the scope of the author.</exception>
    private async Task CheckScopeAsync(RecordKind kind, string id)
    {
        var scope = _author.Scope;
        scope.Check(kind.Collection);
        if (scope.Forums is not null)
        {
            await (_batch?.SendAsync() ?? Task.CompletedTask);
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
        await DeferAsync(LedgerSql.AppendChange, change);
        await DeferAsync(
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

    /// <summary>
    /// Executes a statement whose result nobody needs: at once on SQLite, with the next query or at the end on a server.
    /// </summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="failed">
    /// Called with an error of the statement, to throw the refusal that it stands for; absent for that of the record being written.
    /// </param>
    internal Task DeferAsync(string sql, object parameters, Func<DbException, Task>? failed = null)
    {
        failed ??= _failed;
        if (_batch is not null)
        {
            return _batch.AddAsync(sql, parameters, failed);
        }

        // SQLite completes synchronously, and a task for each statement costs as much as many statements.
        try
        {
            _connection.Execute(sql, parameters, _transaction);
            return Task.CompletedTask;
        }
        catch (DbException error) when (failed is not null)
        {
            return FailAsync(error);
        }

        async Task FailAsync(DbException error)
        {
            await failed(error);
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Executes a statement.</summary>
    /// <returns>The number of its rows.</returns>
    internal async Task<int> ExecuteAsync(string sql, object parameters)
    {
        if (_batch is null)
        {
            return _connection.Execute(sql, parameters, _transaction);
        }

        await _batch.SendAsync();
        return await _connection.ExecuteAsync(sql, parameters);
    }
}
