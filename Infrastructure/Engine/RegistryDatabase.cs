using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Registry.Domain;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Infrastructure.Engine;

/// <summary>The database of the registry, and its SQL dialect.</summary>
public sealed class RegistryDatabase : IDisposable
{
    /// <summary>
    /// The number of seconds after which the driver abandons a statement on a locked file. SQLite itself waits longer
    /// for the lock (<see cref="SqliteDialect.ConnectionSetup"/>), so that the driver does not retry.
    /// </summary>
    private const int SqliteLockSeconds = 1;

    /// <summary>The name in connection strings of the time for which the pool refuses after a failure to connect.</summary>
    private const string PoolBlocking = "Pool Blocking Period";

    private readonly string _connectionString;
    private readonly Func<DbConnection, DbConnection> _around;
    private readonly ConcurrentBag<DbConnection> _readers = [];
    private readonly WriterQueue? _writer;
    private readonly ConnectionGate? _gate;
    private readonly DatabaseMeasures _measures;
    private readonly TransientFaults? _faults;
    private readonly AsyncLocal<HeldConnection?> _held = new();
    private int _used;
    private volatile string? _damage;

    static RegistryDatabase() => SqlTypes.Register();

    private RegistryDatabase(
        SqlDialect dialect,
        string connectionString,
        WriteSettings writes,
        Func<DbConnection, DbConnection>? around,
        TransientFaults? faults
    )
    {
        Dialect = dialect;
        _faults = faults;
        _connectionString = connectionString;
        _around = around ?? (connection => connection);
        _writer = dialect.IsEmbedded
            ? new WriterQueue(
                () => Open(writes: true),
                Close,
                error => RefusalOf(error),
                () => _damage is not null,
                writes
            )
            : null;
        _gate = dialect.IsEmbedded ? null : ConnectionGate.Before(connectionString);
        _measures = new DatabaseMeasures(
            () => Volatile.Read(ref _used),
            dialect.IsEmbedded ? () => _readers.Count : null,
            _gate,
            _writer,
            faults
        );
    }

    /// <summary>
    /// The maximum times of reads for requests. On a server, each statement has the whole time.
    /// </summary>
    public ReadLimits ReadLimits { get; private init; } = ReadLimits.Default;

    /// <summary>The SQL dialect.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>The damage of the file, or null as long as none was found.</summary>
    /// <remarks>
    /// It is kept until the program ends: its connections and caches belong to the damaged file, even when another file
    /// replaces it.
    /// </remarks>
    public string? Damage => _damage;

    internal string ConnectionString => _connectionString;

    /// <summary>The path of the file, or null for a server.</summary>
    public string? File => Dialect.IsEmbedded ? new SqliteConnectionStringBuilder(_connectionString).DataSource : null;

    /// <summary>Opens a registry in an SQLite file, which is created when it does not exist.</summary>
    /// <exception cref="ArgumentException">It is not a connection string, or names no file.</exception>
    public static RegistryDatabase Sqlite(
        string connectionString,
        WriteSettings? writes = null,
        ReadLimits? readLimits = null
    ) => Sqlite(connectionString, writes, null, readLimits);

    /// <summary>Opens a registry in a SQL Server database, which exists already.</summary>
    /// <exception cref="ArgumentException">It is not a connection string.</exception>
    public static RegistryDatabase SqlServer(string connectionString, ReadLimits? readLimits = null) =>
        SqlServer(connectionString, null, null, readLimits);

    /// <param name="connectionString">The connection string of the file.</param>
    /// <param name="writes">The settings for writes.</param>
    /// <param name="around">The decorator of connections, between this type and the driver.</param>
    /// <param name="readLimits">The maximum times of reads for requests; null for the default.</param>
    /// <param name="faults">
    /// The repetition after transient faults; null for none, because SQLite itself waits for the locks of other processes.
    /// </param>
    internal static RegistryDatabase Sqlite(
        string connectionString,
        WriteSettings? writes,
        Func<DbConnection, DbConnection>? around,
        ReadLimits? readLimits = null,
        TransientFaults? faults = null
    )
    {
        // This pool keeps readers open with their prepared statements; that of the driver would drop both at every
        // Close.
        var settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = SqliteLockSeconds,
        };
        if (settings is { DataSource: "" or ":memory:" } or { Mode: SqliteOpenMode.Memory })
        {
            // In memory, each connection would have its own database.
            throw new ArgumentException(
                "It has to name a file, as in Data Source=registry.db.",
                nameof(connectionString)
            );
        }

        return new RegistryDatabase(
            new SqliteDialect(),
            settings.ToString(),
            writes ?? new WriteSettings(),
            around,
            faults
        )
        {
            ReadLimits = readLimits ?? ReadLimits.Default,
        };
    }

    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="around">The decorator of connections, between this type and the driver.</param>
    /// <param name="faults">The repetition after transient faults; null for the usual one.</param>
    /// <param name="readLimits">The maximum times of reads for requests; null for the default.</param>
    internal static RegistryDatabase SqlServer(
        string connectionString,
        Func<DbConnection, DbConnection>? around,
        TransientFaults? faults,
        ReadLimits? readLimits = null
    )
    {
        var settings = new SqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize(PoolBlocking))
        {
            // Otherwise the pool refuses connections for up to a minute after the server is back.
            settings.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        }

        return new RegistryDatabase(
            new SqlServerDialect(),
            settings.ConnectionString,
            new WriteSettings(),
            around,
            faults ?? new TransientFaults()
        )
        {
            ReadLimits = readLimits ?? ReadLimits.Default,
        };
    }

    /// <summary>True when a simple read succeeds and no damage of the file is known.</summary>
    public async Task<bool> IsUsableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(connection => connection.QueryAsync<long>(Migrator.Probe), cancellationToken);
            return _damage is null;
        }
#pragma warning disable CA1031 // Whatever it is, nothing can be read.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>
    /// Runs all reads of a unit of work in the snapshot of the first one. They share one connection, from the first
    /// read to the end.
    /// </summary>
    /// <param name="work">The reads, one after the other, without writes.</param>
    /// <param name="several">
    /// False when there is known to be only one statement, which needs no transaction for a snapshot.
    /// </param>
    /// <param name="cancellationToken">Ends the repetition after transient faults; the work observes its own token.</param>
    public async Task<T> InOneStateAsync<T>(
        Func<Task<T>> work,
        bool several = true,
        CancellationToken cancellationToken = default
    )
    {
        if (_held.Value is { Writes: false } outer)
        {
            // The work is part of a larger unit.
            outer.OneState |= several && outer.Connection is null;
            return await work();
        }

        RefuseSecondConnection();
        return _faults is null
            ? await HoldAsync(work, several)
            : await _faults.RunAsync("read", _ => HoldAsync(work, several), cancellationToken);
    }

    private async Task<T> HoldAsync<T>(Func<Task<T>> work, bool several)
    {
        var held = new HeldConnection(writes: false) { OneState = several };
        _held.Value = held;
        try
        {
            return await work();
        }
        finally
        {
            Release(held);
        }
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose()
    {
        _measures.Dispose();
        _writer?.Dispose();
        _gate?.Dispose();
        while (_readers.TryTake(out var reader))
        {
            Close(reader);
        }
    }

    /// <summary>Stops all writes to the file.</summary>
    /// <returns>The error for callers.</returns>
    internal DamagedException NoteDamage(string damage, Exception? cause)
    {
        _damage ??= damage;
        return new DamagedException(_damage, cause);
    }

    /// <summary>The connection of the current flow of calls.</summary>
    internal HeldConnection Held => _held.Value!;

    internal Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellationToken) =>
        _held.Value is { } held
            ? AskAsync(held, question, cancellationToken)
            : InOneStateAsync(
                () => AskAsync(_held.Value!, question, cancellationToken),
                several: false,
                cancellationToken
            );

    /// <summary>
    /// Runs the work in a transaction, which is committed when the task ends and rolled back when it throws. On SQLite
    /// waiting work shares the transaction (group commit), unless it has to be alone. On a server, work for a request is repeated
    /// after a transient fault, unless it is alone: it is long, and has state of its own.
    /// </summary>
    internal Task<T> TransactAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        CancellationToken cancellationToken,
        bool alone = false
    ) =>
        TransactAsync(
            (connection, transaction) => work(connection, transaction!),
            alone,
            begins: false,
            cancellationToken
        );

    /// <param name="work">The work, which may be called again after a rollback.</param>
    /// <param name="alone">True when the work has its own commit, and is called once.</param>
    /// <param name="begins">
    /// True when the work begins the transaction by its first statement on a server, which saves a round trip; the transaction is
    /// null then.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the turn, and on a server the statements.</param>
    internal Task<T> TransactAsync<T>(
        Func<DbConnection, DbTransaction?, Task<T>> work,
        bool alone,
        bool begins,
        CancellationToken cancellationToken
    )
    {
        RefuseIfDamaged();
        RefuseSecondConnection();
        return _faults is null || alone
            ? TransactOnceAsync(work, alone, begins, null, cancellationToken)
            : _faults.RunAsync(
                "write",
                attempts => TransactOnceAsync(work, alone, begins, attempts, cancellationToken),
                cancellationToken
            );
    }

    private Task<T> TransactOnceAsync<T>(
        Func<DbConnection, DbTransaction?, Task<T>> work,
        bool alone,
        bool begins,
        TransientFaults.Attempts? attempts,
        CancellationToken cancellationToken
    ) =>
        _writer is not null
            ? _writer.RunAsync(
                async (connection, transaction) =>
                {
                    // The damage may have been found while the work waited for its turn.
                    RefuseIfDamaged();
                    _held.Value = new HeldConnection(writes: true);
                    try
                    {
                        var result = await work(connection, transaction);
                        attempts?.MayBeDone = true;
                        return result;
                    }
                    catch (OperationCanceledException calledOff)
                        when (RefusalOf(calledOff, cancellationToken) is { } refusal)
                    {
                        throw refusal;
                    }
                },
                alone,
                cancellationToken
            )
            : TransactOnServerAsync(work, begins, attempts, cancellationToken);

    internal async Task<DbConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        var connection = _around(Dialect.NewConnection(_connectionString));
        try
        {
            await connection.OpenAsync(cancellationToken);
            foreach (var statement in Dialect.ConnectionSetup(writes))
            {
                await connection.ExecuteAsync(statement);
            }

            return connection;
        }
        catch (Exception error)
            when (error is InvalidOperationException || RefusalOf(error, cancellationToken) is not null)
        {
            await connection.DisposeAsync();

            // An exhausted connection pool throws the former.
            throw RefusalOf(error, cancellationToken) ?? new BusyException(error);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for synchronous callers; an SQLite file is opened synchronously anyway.</summary>
    internal DbConnection Open(bool writes) => OpenAsync(writes, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs the work in its own transaction; the row of the counter serializes the writers.</summary>
    private async Task<T> TransactOnServerAsync<T>(
        Func<DbConnection, DbTransaction?, Task<T>> work,
        bool begins,
        TransientFaults.Attempts? attempts,
        CancellationToken cancellationToken
    )
    {
        _held.Value = new HeldConnection(writes: true);
        using var place = await _gate!.EnterAsync(writes: true, cancellationToken);
        DbConnection? connection = null;
        try
        {
            connection = await OpenAsync(writes: true, cancellationToken);
            Interlocked.Increment(ref _used);
            LimitServer(connection, null, cancellationToken);
            return await (
                begins
                    ? TransactByStatementsAsync(connection, work, attempts)
                    : TransactByDriverAsync(connection, work, attempts)
            );
        }
        catch (SqlException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (Exception error)
            when (error is not RegistryException && RefusalOf(error, cancellationToken, connection) is { } refusal)
        {
            throw refusal;
        }
        finally
        {
            if (connection is not null)
            {
                Interlocked.Decrement(ref _used);
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<T> TransactByDriverAsync<T>(
        DbConnection connection,
        Func<DbConnection, DbTransaction?, Task<T>> work,
        TransientFaults.Attempts? attempts
    )
    {
        // Set each time: a pooled connection may have another isolation level.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        var result = await work(connection, transaction);
        LimitServer(connection, null, CancellationToken.None);
        attempts?.MayBeDone = true;
        await transaction.CommitAsync();
        return result;
    }

    private static async Task<T> TransactByStatementsAsync<T>(
        DbConnection connection,
        Func<DbConnection, DbTransaction?, Task<T>> work,
        TransientFaults.Attempts? attempts
    )
    {
        try
        {
            var result = await work(connection, null);
            LimitServer(connection, null, CancellationToken.None);
            attempts?.MayBeDone = true;
            await connection.ExecuteAsync(SqlServerDialect.Commit);
            return result;
        }
        catch when (connection.State == ConnectionState.Open)
        {
            LimitServer(connection, null, CancellationToken.None);
            try
            {
                await connection.ExecuteAsync(SqlServerDialect.RollBack);
            }
#pragma warning disable CA1031 // The error of the work is told. The driver throws anything for a connection that has ended, also one that is "open".
            catch (Exception)
#pragma warning restore CA1031
            {
                // The pool rolls back before it lends the connection again.
            }

            throw;
        }
    }

    /// <summary>Limits the statements on a connection to a server, where the driver has no progress handler.</summary>
    private static void LimitServer(DbConnection? connection, TimeSpan? time, CancellationToken caller) =>
        ServerConnection.Within(connection)?.Limit(time, caller);

    /// <summary>Gets the error for callers when the database is not available; null for other errors.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="caller">The token of the caller; null when the work has its own.</param>
    /// <param name="connection">The connection that threw it.</param>
    internal BusyException? RefusalOf(
        Exception error,
        CancellationToken? caller = null,
        DbConnection? connection = null
    ) =>
        error is BusyException refusal ? refusal
        : Outages.DamageIn(error) is { } damage ? NoteDamage(damage.Message, damage)
        : Outages.IsFull(error) ? new StorageFullException(error)
        : Outages.Has(error, caller) ? new BusyException(error)
        // The driver may report anything for a connection that it has closed by itself.
        : error is InvalidOperationException
        && connection is { State: ConnectionState.Closed or ConnectionState.Broken }
            ? new BusyException(error)
        : null;

    private void RefuseIfDamaged()
    {
        if (_damage is { } damage)
        {
            throw new DamagedException(damage, null);
        }
    }

    /// <summary>Closes a connection; when the file is damaged, without writing to it.</summary>
    internal void Close(DbConnection connection)
    {
        if (_damage is not null)
        {
            Dialect.CloseWithoutWriting(connection);
        }

        connection.Dispose();
    }

    /// <summary>Runs a statement on the held connection, which is opened by the first one.</summary>
    private async Task<T> AskAsync<T>(
        HeldConnection held,
        Func<DbConnection, Task<T>> question,
        CancellationToken cancellationToken
    )
    {
        if (held.Writes)
        {
            // It would take a second connection, and read the state before the write.
            RefuseSecondConnection();
        }

        StatementLimit? limit = null;
        try
        {
            var connection = held.Connection ?? await TakeAsync(held, cancellationToken);
            limit = Background.IsRunning ? null : PreparingConnection.LimitOf(connection);
            limit?.Start(ReadLimits.Current, cancellationToken);
            LimitServer(connection, Background.IsRunning ? null : ReadLimits.Current, cancellationToken);
            return await question(connection);
        }
        catch (Exception error) when (error is not RegistryException)
        {
            held.IsBroken = true;
            if (Outages.IsInterruption(error) || (error is SqlException && cancellationToken.IsCancellationRequested))
            {
                throw cancellationToken.IsCancellationRequested
                    ? new OperationCanceledException(error.Message, error, cancellationToken)
                    : new TimeLimitException(ReadLimits.Current, error);
            }

            if (RefusalOf(error, cancellationToken, held.Connection) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
        finally
        {
            limit?.Stop();
            LimitServer(held.Connection, null, CancellationToken.None);
        }
    }

    private async Task<DbConnection> TakeAsync(HeldConnection held, CancellationToken cancellationToken)
    {
        held.Place = _gate is null ? null : await _gate.EnterAsync(writes: false, cancellationToken);
        var connection = _readers.TryTake(out var reader) ? reader : await OpenAsync(writes: false, cancellationToken);
        held.Connection = connection;
        Interlocked.Increment(ref _used);
        if (held.OneState)
        {
            connection.Execute(Dialect.BeginReading);
        }

        return connection;
    }

    private void Release(HeldConnection held)
    {
        using var place = held.Place;
        if (held.Connection is not { } connection)
        {
            return;
        }

        held.Connection = null;
        Interlocked.Decrement(ref _used);
        if (held.OneState)
        {
            try
            {
                connection.Execute(Dialect.EndReading);
            }
#pragma warning disable CA1031 // What was read was read; the connection is not used again.
            catch (Exception)
#pragma warning restore CA1031
            {
                held.IsBroken = true;
            }
        }

        // A connection may be broken after an error: it is not reused.
        if (Dialect.IsEmbedded && !held.IsBroken && _readers.Count < Environment.ProcessorCount * 4)
        {
            _readers.Add(connection);
        }
        else
        {
            Close(connection);
        }
    }

    /// <summary>
    /// A flow that holds a connection takes no second one: enough of such flows, each waiting for another, would be a
    /// deadlock.
    /// </summary>
    private void RefuseSecondConnection()
    {
        if (_held.Value is not null)
        {
            throw new InvalidOperationException(
                "A connection is held already: a read cannot write, and a write cannot open a read."
            );
        }
    }
}
