using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Registry.Infrastructure.Engine.Connections;
using SQLitePCL;

namespace Registry.Infrastructure.Engine.Dialects;

/// <summary>
/// The differences between SQL Server and SQLite. All other SQL is written once, in their common subset.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>The folder of the scripts of the dialect, under Migrations/.</summary>
    public abstract string Name { get; }

    /// <summary>The end of an ORDER BY; it reads the parameter @Take.</summary>
    internal abstract string FirstRows { get; }

    /// <summary>
    /// True when a file has a single writer, so that writers queue in this process and connections are kept open.
    /// </summary>
    internal abstract bool IsEmbedded { get; }

    /// <summary>The statement that begins a snapshot at the next statement.</summary>
    internal abstract string BeginReading { get; }

    /// <summary>The statement that ends the snapshot: each further statement reads the current data.</summary>
    internal abstract string EndReading { get; }

    internal abstract DbConnection NewConnection(string connectionString);

    /// <summary>The statements that prepare a new connection.</summary>
    internal abstract IReadOnlyList<string> ConnectionSetup(bool writes);

    /// <summary>
    /// Prevents writes to the file when the connection is closed, including the checkpoint of the log.
    /// </summary>
    internal abstract void CloseWithoutWriting(DbConnection connection);

    /// <summary>A migration script with its entry in the journal, as one transaction for the tools of the database.</summary>
    internal abstract string Scripted(string name, string text);

    /// <summary>True when a UNIQUE or PRIMARY KEY constraint was violated.</summary>
    internal abstract bool IsDuplicateKey(DbException error);

    /// <summary>True when a FOREIGN KEY constraint was violated.</summary>
    internal abstract bool IsForeignKey(DbException error);
}

/// <summary>Transact-SQL: SQL Server 2019 and later, Azure SQL.</summary>
public sealed class SqlServerDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "SqlServer";

    /// <summary>The statement that ends a transaction which a statement began.</summary>
    internal const string Commit = "COMMIT TRANSACTION";

    /// <summary>The statement that rolls back what is left of such a transaction after an error.</summary>
    internal const string RollBack = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION";

    internal override string FirstRows => "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    internal override bool IsEmbedded => false;

    // In SQL and not in the driver, so that the commands need no transaction object.
    internal override string BeginReading => "SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION";

    internal override string EndReading =>
        "IF @@TRANCOUNT > 0 COMMIT TRANSACTION; SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    internal override DbConnection NewConnection(string connectionString)
    {
        var connection = new ServerConnection(new SqlConnection(connectionString));
        return StatementSpan.AreMeasured ? new MeasuredConnection(connection, "microsoft.sql_server") : connection;
    }

    internal override IReadOnlyList<string> ConnectionSetup(bool writes) => [];

    internal override void CloseWithoutWriting(DbConnection connection) { }

    // After an error in it, SET XACT_ABORT has rolled back, and what follows does nothing.
    internal override string Scripted(string name, string text) =>
        $"""
            -- {name}
            IF OBJECT_ID('SchemaVersions') IS NULL
                CREATE TABLE SchemaVersions (
                    Id         INT IDENTITY(1, 1) NOT NULL CONSTRAINT PK_SchemaVersions_Id PRIMARY KEY,
                    ScriptName NVARCHAR(255)      NOT NULL,
                    Applied    DATETIME           NOT NULL
                );
            GO
            SET XACT_ABORT ON;
            BEGIN TRANSACTION;
            GO
            {text}
            GO
            IF @@TRANCOUNT > 0 INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('{name}', GETUTCDATE());
            IF @@TRANCOUNT > 0 COMMIT TRANSACTION;
            GO

            """;

    internal override bool IsDuplicateKey(DbException error) => error is SqlException { Number: 2601 or 2627 };

    internal override bool IsForeignKey(DbException error) => error is SqlException { Number: 547 };
}

/// <summary>SQLite 3, in one file.</summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <summary>The time that SQLite waits for the locks of other processes.</summary>
    internal const int BusyMilliseconds = 2000;

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    /// <summary>SQLITE_CONFIG_MULTITHREAD.</summary>
    private const int Multithread = 2;

    /// <summary>SQLITE_CONFIG_MEMSTATUS.</summary>
    private const int MemoryStatus = 9;

    // One thread at a time uses a connection, so SQLite need not lock it for each value. Memory statistics are off,
    // because all threads would contend for their lock. When SQLite is already initialized, it reports that and stays
    // unchanged.
    static SqliteDialect()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(Multithread);
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <inheritdoc/>
    public override string Name => "Sqlite";

    // A bare parameter would make SQLite plan the statement again for each value, which takes longer than reading a
    // page.
    internal override string FirstRows => "LIMIT @Take + 0";

    internal override bool IsEmbedded => true;

    internal override string BeginReading => "BEGIN DEFERRED";

    internal override string EndReading => "COMMIT";

    internal override DbConnection NewConnection(string connectionString) =>
        new PreparingConnection(new SqliteConnection(connectionString));

    // FULL: an acknowledged write survives a power cut, not only a crash of the process. The driver retries a lock
    // every 150 ms; with a busy timeout SQLite itself waits for other processes, and gets the lock within milliseconds.
    // The journal of a savepoint outgrows its memory, and would be written to a file in each transaction. Only the
    // writer maps the file: a reader drops its mapping with all its pages after every commit.
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

    internal override string Scripted(string name, string text) =>
        $"""
            -- {name}
            CREATE TABLE IF NOT EXISTS SchemaVersions (
                SchemaVersionID INTEGER  NOT NULL PRIMARY KEY AUTOINCREMENT,
                ScriptName      TEXT     NOT NULL,
                Applied         DATETIME NOT NULL
            );
            BEGIN;
            {text}
            INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('{name}', CURRENT_TIMESTAMP);
            COMMIT;

            """;

    internal override bool IsDuplicateKey(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    internal override bool IsForeignKey(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 787 };
}
