using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Registry.Domain;

namespace Registry.Infrastructure.Database;

/// <summary>Where the registry's rows live, and which SQL is spoken there.</summary>
public sealed class RegistryDatabase : IDisposable
{
    /// <summary>
    /// After how many seconds the driver gives up a statement that finds the file locked. SQLite itself waits longer for the
    /// lock, as <see cref="SqliteDialect.Greeting"/> says, so that the driver does not try again.
    /// </summary>
    private const int SqliteLockSeconds = 1;

    private readonly string _connectionString;
    private readonly ConcurrentBag<DbConnection> _readers = [];
    private readonly WriterQueue? _writer;
    private volatile string? _damage;

    static RegistryDatabase() => SqlTypes.Register();

    private RegistryDatabase(SqlDialect dialect, string connectionString, WriteSettings writes)
    {
        Dialect = dialect;
        _connectionString = connectionString;
        _writer = dialect.IsEmbedded
            ? new WriterQueue(() => Open(writes: true), Close, RefusalOf, () => _damage is not null, writes)
            : null;
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
    public static RegistryDatabase Sqlite(string connectionString, WriteSettings? writes = null)
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

        return new RegistryDatabase(new SqliteDialect(), settings.ToString(), writes ?? new WriteSettings());
    }

    /// <summary>A registry in a SQL Server database, which exists already.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static RegistryDatabase SqlServer(string connectionString) =>
        new(
            new SqlServerDialect(),
            new SqlConnectionStringBuilder(connectionString).ConnectionString,
            new WriteSettings()
        );

    /// <summary>True when a plain read succeeds and the file is not known to be damaged.</summary>
    public async Task<bool> IsUsableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(connection => connection.QueryAsync<long>(LedgerSql.LastSequence), cancellationToken);
            return _damage is null;
        }
        catch (BusyException)
        {
            return false;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
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

    /// <summary>Asks a question of the registry as it stands, or as it stood at an instant.</summary>
    internal Task<T> ReadAsync<T>(
        DateTimeOffset? knownAt,
        Func<ReadSession, Task<T>> question,
        CancellationToken cancellationToken
    ) => ReadAsync(connection => question(new ReadSession(Dialect, connection, knownAt)), cancellationToken);

    internal async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        DbConnection? connection = null;
        try
        {
            connection = await RentReaderAsync(cancellationToken);
            var answer = await question(connection);
            GiveBack(connection);
            return answer;
        }
        catch (RegistryException) when (connection is not null)
        {
            GiveBack(connection);
            throw;
        }
        catch (Exception error)
        {
            // A connection that saw an error may be broken: it is not used again.
            var refusal = RefusalOf(error);
            if (connection is not null)
            {
                Close(connection);
            }

            if (refusal is not null)
            {
                throw refusal;
            }

            throw;
        }
    }

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
        return _writer is not null
            ? _writer.RunAsync(
                (connection, transaction) =>
                {
                    // It may have been found out while the work waited for its turn.
                    RefuseIfDamaged();
                    return work(connection, transaction);
                },
                alone,
                cancellationToken
            )
            : TransactOnServerAsync(work, cancellationToken);
    }

    internal async Task<DbConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        var connection = Dialect.NewConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            foreach (var statement in Dialect.Greeting(writes))
            {
                await connection.ExecuteAsync(statement);
            }

            return connection;
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
        try
        {
            await using var connection = await OpenAsync(writes: true, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(connection, transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (Exception error) when (RefusalOf(error) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>What callers are told of an error that says that the database cannot serve; null for other errors.</summary>
    internal BusyException? RefusalOf(Exception error) =>
        error is not DbException failure || !Dialect.IsUnavailable(failure) ? null
        : Dialect.IsDamage(failure) ? NoteDamage(failure.Message, failure)
        : Dialect.IsFull(failure) ? new StorageFullException(failure)
        : new BusyException(failure);

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

    private async Task<DbConnection> RentReaderAsync(CancellationToken cancellationToken) =>
        _readers.TryTake(out var reader) ? reader : await OpenAsync(writes: false, cancellationToken);

    private void GiveBack(DbConnection reader)
    {
        if (Dialect.IsEmbedded && _readers.Count < Environment.ProcessorCount * 4)
        {
            _readers.Add(reader);
        }
        else
        {
            Close(reader);
        }
    }
}
