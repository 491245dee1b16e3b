using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Domain;

namespace Registry.Infrastructure.Database;

/// <summary>Where the registry's rows live, and which SQL is spoken there.</summary>
public sealed class RegistryDatabase : IDisposable
{
    /// <summary>How long a statement waits for another process's lock on the file, in seconds.</summary>
    private const int SqliteLockSeconds = 2;

    /// <summary>How long a write waits for the writes before it.</summary>
    private static readonly TimeSpan WriterWait = TimeSpan.FromSeconds(10);

    private readonly string _connectionString;
    private readonly ConcurrentBag<DbConnection> _readers = [];
    private readonly SemaphoreSlim _writerTurn = new(1, 1);
    private DbConnection? _writer;

    static RegistryDatabase() => SqlTypes.Register();

    private RegistryDatabase(SqlDialect dialect, string connectionString)
    {
        Dialect = dialect;
        _connectionString = connectionString;
    }

    /// <summary>The SQL spoken there.</summary>
    public SqlDialect Dialect { get; }

    internal string ConnectionString => _connectionString;

    /// <summary>The file on disk, where there is one.</summary>
    internal string? File =>
        Dialect.IsEmbedded ? new SqliteConnectionStringBuilder(_connectionString).DataSource : null;

    /// <summary>A registry in an SQLite file, which is made when it does not exist.</summary>
    public static RegistryDatabase Sqlite(string connectionString)
    {
        // Our own pool keeps readers open with their statements; the driver's would drop both at every Close.
        var settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = SqliteLockSeconds,
        };
        return new RegistryDatabase(new SqliteDialect(), settings.ToString());
    }

    /// <summary>A registry in a SQL Server database, which exists already.</summary>
    public static RegistryDatabase SqlServer(string connectionString) => new(new SqlServerDialect(), connectionString);

    /// <summary>True when a plain read succeeds.</summary>
    public async Task<bool> IsUsableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(connection => connection.QueryAsync<long>(LedgerSql.LastSequence), cancellationToken);
            return true;
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
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _writer?.Dispose();
        _writerTurn.Dispose();
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
            await GiveBackAsync(connection);
            return answer;
        }
        catch (RegistryException) when (connection is not null)
        {
            await GiveBackAsync(connection);
            throw;
        }
        catch (Exception error)
        {
            await DropAsync(connection);
            RefuseIfUnavailable(error);
            throw;
        }
    }

    /// <summary>
    /// Runs the work in one transaction, which commits when the work returns and leaves nothing behind when it throws.
    /// </summary>
    internal async Task<T> TransactAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        // SQLite has one writer anyway: to queue here is fair and cheap, to poll the file's lock is neither.
        if (Dialect.IsEmbedded && !await _writerTurn.WaitAsync(WriterWait, cancellationToken))
        {
            throw new BusyException(null);
        }

        DbConnection? connection = null;
        try
        {
            connection = _writer ?? await OpenAsync(writes: true, cancellationToken);
            _writer = null;
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                var result = await work(connection, transaction);
                await transaction.CommitAsync(CancellationToken.None);
                await KeepWriterAsync(connection);
                return result;
            }
        }
        catch (RegistryException) when (connection is not null)
        {
            await KeepWriterAsync(connection);
            throw;
        }
        catch (Exception error)
        {
            await DropAsync(connection);
            RefuseIfUnavailable(error);
            throw;
        }
        finally
        {
            if (Dialect.IsEmbedded)
            {
                _writerTurn.Release();
            }
        }
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

    private void RefuseIfUnavailable(Exception error)
    {
        if (error is DbException failure && Dialect.IsUnavailable(failure))
        {
            throw new BusyException(failure);
        }
    }

    /// <summary>A connection that saw an error may be broken: it is not used again.</summary>
    private static ValueTask DropAsync(DbConnection? connection) =>
        connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<DbConnection> RentReaderAsync(CancellationToken cancellationToken) =>
        _readers.TryTake(out var reader) ? reader : await OpenAsync(writes: false, cancellationToken);

    private async Task GiveBackAsync(DbConnection reader)
    {
        if (Dialect.IsEmbedded && _readers.Count < Environment.ProcessorCount * 4)
        {
            _readers.Add(reader);
        }
        else
        {
            await reader.DisposeAsync();
        }
    }

    private async Task KeepWriterAsync(DbConnection writer)
    {
        if (Dialect.IsEmbedded)
        {
            _writer = writer;
        }
        else
        {
            await writer.DisposeAsync();
        }
    }
}
