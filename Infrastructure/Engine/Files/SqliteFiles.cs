using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Domain;
using Registry.Infrastructure.Engine.Dialects;
using SQLitePCL;

namespace Registry.Infrastructure.Engine.Files;

/// <summary>Copies whole SQLite files, and prepares them to be moved.</summary>
/// <remarks>
/// Locks of SQLite belong to a process and a file (POSIX): a process that closes any handle of a file loses its locks on it. So
/// nothing here opens a database file other than through SQLite while the same process may serve it.
/// </remarks>
internal static class SqliteFiles
{
    /// <summary>
    /// The endings of the files that belong to a database file: the write-ahead log, its index, and the rollback journal.
    /// </summary>
    public static readonly IReadOnlyList<string> Companions = ["-wal", "-shm", "-journal"];

    /// <summary>The number of pages that are copied between two checks for a cancellation, 4 MiB of the usual size.</summary>
    private const int PagesPerStep = 1024;

    private const string Sound = "ok";

    /// <summary>The first bytes of a database (https://www.sqlite.org/fileformat.html).</summary>
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <summary>The connection string of a file that is only read.</summary>
    public static string ReadOnly(string path) => ConnectionString(path, SqliteOpenMode.ReadOnly);

    /// <summary>True for a file that begins as an SQLite database does, or is empty.</summary>
    /// <remarks>Not for a file that this process may have open through SQLite.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsDatabase(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[Header.Length];
        return file.Length == 0
            || (
                file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.AsSpan().SequenceEqual(Header)
            );
    }

    /// <summary>Copies one snapshot of a database, also while other connections write to it.</summary>
    /// <remarks>
    /// The source is read in one transaction. So a writer is not blocked, and cannot make the copy start again, as it could
    /// between the steps of a copy without one. The result is one file, without a write-ahead log.
    /// </remarks>
    /// <param name="from">The database file.</param>
    /// <param name="to">An empty file.</param>
    /// <param name="cancellationToken">Cancels the copy; what was copied so far is no database.</param>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="BusyException">A file is not available, or the source is no database.</exception>
    public static void Copy(string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            using var source = Open(from, SqliteOpenMode.ReadOnly);
            using var target = Open(to, SqliteOpenMode.ReadWrite);
            source.Execute("BEGIN DEFERRED");
            source.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master");
            CopyPages(source, target, cancellationToken);
            target.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException error)
        {
            throw Outages.IsFull(error) ? new StorageFullException(error) : new BusyException(error);
        }
    }

    /// <summary>Makes the file use a write-ahead log from its next use on, as a served one does.</summary>
    /// <exception cref="BusyException">The file cannot be written.</exception>
    public static void UseLog(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadWrite);
            connection.Execute("PRAGMA journal_mode = WAL");
        }
        catch (SqliteException error)
        {
            throw Outages.IsFull(error) ? new StorageFullException(error) : new BusyException(error);
        }
    }

    /// <summary>True when no connection of any process has the file open.</summary>
    /// <remarks>A file that SQLite cannot read is free: it has no connections that a look at it would find.</remarks>
    public static bool IsFree(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadWrite);
            new SqliteDialect().CloseWithoutWriting(connection);
            _ = raw.sqlite3_busy_timeout(connection.Handle, 0);

            // With this mode the first read of a file with a write-ahead log fails when another connection has it open.
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
            connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master");
            connection.Execute("BEGIN EXCLUSIVE");
            connection.Execute("ROLLBACK TRANSACTION");
            return true;
        }
        catch (SqliteException error)
        {
            // BUSY, LOCKED.
            return error is not { SqliteErrorCode: 5 or 6 };
        }
    }

    /// <summary>
    /// Writes the write-ahead log of a sound file back to it, so that the file alone is the whole database. A damaged file is
    /// left as it is, with its log.
    /// </summary>
    public static void Detach(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadWrite);
            if (connection.QueryFirst<string>("PRAGMA quick_check(1)") == Sound)
            {
                connection.Execute("PRAGMA journal_mode = DELETE");
                connection.Execute("PRAGMA journal_mode = WAL");
            }
            else
            {
                new SqliteDialect().CloseWithoutWriting(connection);
            }
        }
        catch (SqliteException)
        {
            // SQLite cannot read it, and so has not written to it.
        }
    }

    /// <summary>Forces a file to the disk.</summary>
    /// <remarks>Not for a file that this process may have open through SQLite.</remarks>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Deletes a database file with what belongs to it, as far as there is any.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public static void Delete(string path)
    {
        foreach (var file in Companions.Select(ending => path + ending).Prepend(path))
        {
            File.Delete(file);
        }
    }

    private static void CopyPages(SqliteConnection source, SqliteConnection target, CancellationToken cancellationToken)
    {
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        }

        int result;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = raw.sqlite3_backup_step(backup, PagesPerStep);
        } while (result == raw.SQLITE_OK);

        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, target.Handle);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(path, mode));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString();
}
