using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>Where the registry's rows live, and which SQL is spoken there.</summary>
public sealed class RegistryDatabase : IDisposable
{
    /// <summary>
    /// After how many seconds the driver gives up a statement that finds the file locked. SQLite itself waits longer for the
    /// lock, as <see cref="SqliteDialect.ConnectionSetup"/> says, so that the driver does not try again.
    /// </summary>
    private const int SqliteLockSeconds = 1;

    private readonly string _connectionString;
    private readonly Func<DbConnection, DbConnection> _around;
    private readonly ConcurrentBag<DbConnection> _readers = [];
    private readonly WriterQueue? _writer;
    private readonly ConnectionGate? _gate;
    private readonly AsyncLocal<HeldConnection?> _held = new();
    private volatile string? _damage;

    static RegistryDatabase() => SqlTypes.Register();

    private RegistryDatabase(
        SqlDialect dialect,
        string connectionString,
        WriteSettings writes,
        Func<DbConnection, DbConnection>? around
    )
    {
        Dialect = dialect;
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
    }

    /// <summary>The SQL spoken there.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>What is wrong with the file; null as long as nothing was found to be.</summary>
    /// <remarks>
    /// It is remembered until the program ends: its connections and what it keeps in memory belong to the damaged file, also
    /// when somebody puts another one in its place.
    /// </remarks>
    public string? Damage => _damage;

    internal string ConnectionString => _connectionString;

    /// <summary>The file on disk, where there is one.</summary>
    internal string? File =>
        Dialect.IsEmbedded ? new SqliteConnectionStringBuilder(_connectionString).DataSource : null;

    /// <summary>A registry in an SQLite file, which is made when it does not exist.</summary>
    /// <exception cref="ArgumentException">It is no connection string, or one that names no file.</exception>
    public static RegistryDatabase Sqlite(string connectionString, WriteSettings? writes = null) =>
        Sqlite(connectionString, writes, null);

    /// <summary>A registry in a SQL Server database, which exists already.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static RegistryDatabase SqlServer(string connectionString) => SqlServer(connectionString, null);

    /// <param name="connectionString">Of the file.</param>
    /// <param name="writes">How is written to it.</param>
    /// <param name="around">Stands between this and the driver.</param>
    internal static RegistryDatabase Sqlite(
        string connectionString,
        WriteSettings? writes,
        Func<DbConnection, DbConnection>? around
    )
    {
        // Our own pool keeps readers open with their statements; the driver's would drop both at every Close.
        var settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = SqliteLockSeconds,
        };
        if (settings is { DataSource: "" or ":memory:" } or { Mode: SqliteOpenMode.Memory })
        {
            // In memory, each connection would have a database of its own.
            throw new ArgumentException("It names a file, as Data Source=registry.db does.", nameof(connectionString));
        }

        return new RegistryDatabase(new SqliteDialect(), settings.ToString(), writes ?? new WriteSettings(), around);
    }

    /// <param name="connectionString">Of the database.</param>
    /// <param name="around">Stands between this and the driver.</param>
    internal static RegistryDatabase SqlServer(string connectionString, Func<DbConnection, DbConnection>? around) =>
        new(
            new SqlServerDialect(),
            new SqlConnectionStringBuilder(connectionString).ConnectionString,
            new WriteSettings(),
            around
        );

    /// <summary>True when a plain read succeeds and the file is not known to be damaged.</summary>
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
    /// Has all reads of a piece of work see the registry as it stood at the first of them, whatever is written meanwhile.
    /// They share one connection, which is taken at the first read and given back at the end.
    /// </summary>
    /// <param name="work">Reads, one after the other, and writes nothing.</param>
    /// <param name="several">
    /// False where it is known to be one statement, which sees one state anyway: it is spared the transaction.
    /// </param>
    public async Task<T> InOneStateAsync<T>(Func<Task<T>> work, bool several = true)
    {
        if (_held.Value is { Writes: false } outer)
        {
            // The work is part of a larger one.
            outer.OneState |= several && outer.Connection is null;
            return await work();
        }

        RefuseToHoldTwo();
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
        _writer?.Dispose();
        _gate?.Dispose();
        while (_readers.TryTake(out var reader))
        {
            Close(reader);
        }
    }

    /// <summary>From now on nothing is written to the file.</summary>
    /// <returns>What callers are told.</returns>
    internal DamagedException NoteDamage(string damage, Exception? cause)
    {
        _damage ??= damage;
        return new DamagedException(_damage, cause);
    }

    /// <summary>The connection that the present flow of calls reads from.</summary>
    internal HeldConnection Held => _held.Value!;

    internal Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellationToken) =>
        _held.Value is { } held
            ? AskAsync(held, question, cancellationToken)
            : InOneStateAsync(() => AskAsync(_held.Value!, question, cancellationToken), several: false);

    /// <summary>
    /// Runs the work in a transaction, which is committed when the task ends; nothing of the work is left when it throws.
    /// On SQLite it shares the transaction with others that wait, unless it is to be alone.
    /// </summary>
    internal Task<T> TransactAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        CancellationToken cancellationToken,
        bool alone = false
    )
    {
        RefuseIfDamaged();
        RefuseToHoldTwo();
        return _writer is not null
            ? _writer.RunAsync(
                async (connection, transaction) =>
                {
                    // It may have been found out while the work waited for its turn.
                    RefuseIfDamaged();
                    _held.Value = new HeldConnection(writes: true);
                    try
                    {
                        return await work(connection, transaction);
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
            : TransactOnServerAsync(work, cancellationToken);
    }

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

            // A pool of connections that has none left throws the former.
            throw RefusalOf(error, cancellationToken) ?? new BusyException(error);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for those who cannot wait otherwise; an SQLite file is opened at once anyway.</summary>
    internal DbConnection Open(bool writes) => OpenAsync(writes, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs the work in a transaction of its own; the row of the counter lets one after the other write.</summary>
    private async Task<T> TransactOnServerAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        _held.Value = new HeldConnection(writes: true);
        using var place = await _gate!.EnterAsync(writes: true, cancellationToken);
        DbConnection? connection = null;
        try
        {
            connection = await OpenAsync(writes: true, cancellationToken);

            // Said each time: a pooled connection may have read under another one.
            await using var transaction = await connection.BeginTransactionAsync(
                IsolationLevel.ReadCommitted,
                cancellationToken
            );
            var result = await work(connection, transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
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
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>What callers are told of an error that says that the database cannot serve; null for other errors.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="caller">The token of the caller; null where the work has its own.</param>
    /// <param name="connection">The connection on which it was thrown.</param>
    internal BusyException? RefusalOf(
        Exception error,
        CancellationToken? caller = null,
        DbConnection? connection = null
    ) =>
        error is BusyException refusal ? refusal
        : Outages.DamageIn(error) is { } damage ? NoteDamage(damage.Message, damage)
        : Outages.IsFull(error) ? new StorageFullException(error)
        : Outages.Has(error, caller) ? new BusyException(error)
        // Whatever a driver says of a connection that it has closed by itself.
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

    /// <summary>Closes a connection. Where the file is damaged, nothing is written to it then either.</summary>
    internal void Close(DbConnection connection)
    {
        if (_damage is not null)
        {
            Dialect.CloseWithoutWriting(connection);
        }

        connection.Dispose();
    }

    /// <summary>Asks on the connection that is held, which is taken now where this is the first question.</summary>
    private async Task<T> AskAsync<T>(
        HeldConnection held,
        Func<DbConnection, Task<T>> question,
        CancellationToken cancellationToken
    )
    {
        if (held.Writes)
        {
            // It would take a second connection, and see what stood before the write.
            RefuseToHoldTwo();
        }

        try
        {
            return await question(held.Connection ?? await TakeAsync(held, cancellationToken));
        }
        catch (Exception error) when (error is not RegistryException)
        {
            held.IsBroken = true;
            if (RefusalOf(error, cancellationToken, held.Connection) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    private async Task<DbConnection> TakeAsync(HeldConnection held, CancellationToken cancellationToken)
    {
        held.Place = _gate is null ? null : await _gate.EnterAsync(writes: false, cancellationToken);
        var connection = _readers.TryTake(out var reader) ? reader : await OpenAsync(writes: false, cancellationToken);
        held.Connection = connection;
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

        // A connection that saw an error may be broken: it is not used again.
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
    /// Whoever holds a connection takes no second one: enough of them, each waiting for one that another holds, would wait
    /// for ever.
    /// </summary>
    private void RefuseToHoldTwo()
    {
        if (_held.Value is not null)
        {
            throw new InvalidOperationException(
                "A connection is held already: nothing is written in a read, or read in a write."
            );
        }
    }
}
