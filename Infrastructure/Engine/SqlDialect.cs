using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// The few things SQL Server and SQLite spell differently.
/// All other SQL in this project is written once, in the subset both understand.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>Folder of this dialect's scripts under Migrations/.</summary>
    public abstract string Name { get; }

    /// <summary>Ends an ORDER BY; reads the parameter @Take.</summary>
    internal abstract string FirstRows { get; }

    /// <summary>True where one file has one writer, so that writers wait in this process and connections are kept.</summary>
    internal abstract bool IsEmbedded { get; }

    /// <summary>From here on a connection sees the registry as it stands at its next statement.</summary>
    internal abstract string BeginReading { get; }

    /// <summary>From here on it sees it as it stands at each of its statements.</summary>
    internal abstract string EndReading { get; }

    internal abstract DbConnection NewConnection(string connectionString);

    /// <summary>What a fresh connection is told before its first statement.</summary>
    internal abstract IReadOnlyList<string> ConnectionSetup(bool writes);

    /// <summary>Sees to it that nothing is written to the file when the connection is closed, not even what is in the log.</summary>
    internal abstract void CloseWithoutWriting(DbConnection connection);

    /// <summary>True when a UNIQUE or PRIMARY KEY constraint refused the write.</summary>
    internal abstract bool IsDuplicateKey(DbException error);

    /// <summary>True when a FOREIGN KEY constraint refused the write.</summary>
    internal abstract bool IsForeignKey(DbException error);
}

/// <summary>Transact-SQL: SQL Server 2019 and later, Azure SQL.</summary>
public sealed class SqlServerDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "SqlServer";

    internal override string FirstRows => "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    internal override bool IsEmbedded => false;

    // In the language and not by the driver, so that the commands need not be told of it.
    internal override string BeginReading => "SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION";

    internal override string EndReading =>
        "IF @@TRANCOUNT > 0 COMMIT TRANSACTION; SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    internal override DbConnection NewConnection(string connectionString) => new SqlConnection(connectionString);

    internal override IReadOnlyList<string> ConnectionSetup(bool writes) => [];

    internal override void CloseWithoutWriting(DbConnection connection) { }

    internal override bool IsDuplicateKey(DbException error) => error is SqlException { Number: 2601 or 2627 };

    internal override bool IsForeignKey(DbException error) => error is SqlException { Number: 547 };
}

/// <summary>SQLite 3, one file.</summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <summary>How long SQLite waits for other processes to let the file go.</summary>
    internal const int BusyMilliseconds = 2000;

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    /// <summary>SQLITE_CONFIG_MULTITHREAD.</summary>
    private const int Multithread = 2;

    /// <summary>SQLITE_CONFIG_MEMSTATUS.</summary>
    private const int MemoryStatus = 9;

    // A connection is one thread's at a time, so that SQLite need not lock it for each value that is read; nor does anybody
    // ask how much memory it takes, for which all threads would wait for each other. Where SQLite is at work already, it
    // says so and stays as it is.
    static SqliteDialect()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(Multithread);
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <inheritdoc/>
    public override string Name => "Sqlite";

    // A number that is a parameter itself is planned for anew each time it is given, which takes longer than to read a page.
    internal override string FirstRows => "LIMIT @Take + 0";

    internal override bool IsEmbedded => true;

    internal override string BeginReading => "BEGIN DEFERRED";

    internal override string EndReading => "COMMIT";

    internal override DbConnection NewConnection(string connectionString) =>
        new PreparingConnection(new SqliteConnection(connectionString));

    // FULL: an acknowledged write survives a power cut, not only a crash of the process. The driver looks for a lock to be
    // free every 150 ms; with a busy timeout SQLite itself waits for other processes, and takes its turn within milliseconds.
    // What a savepoint has to remember outgrows the memory meant for it, and would be written to a file in each transaction.
    // Only who writes maps the file: a reader gives up its mapping with all its pages whenever somebody has committed.
    internal override IReadOnlyList<string> ConnectionSetup(bool writes) =>
        writes
            ?
            [
                $"PRAGMA busy_timeout = {BusyMilliseconds}",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA temp_store = MEMORY",
                "PRAGMA mmap_size = 268435456",
                "PRAGMA journal_size_limit = 16777216",
            ]
            : ["PRAGMA query_only = ON"];

    internal override void CloseWithoutWriting(DbConnection connection)
    {
        if (PreparingConnection.HandleOf(connection) is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, NoCheckpointOnClose, 1, out _);
        }
    }

    internal override bool IsDuplicateKey(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    internal override bool IsForeignKey(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 787 };
}
