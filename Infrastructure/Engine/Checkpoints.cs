using System.Data.Common;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using SQLitePCL;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Runs the checkpoints of an SQLite file: writes the write-ahead log back to the file and restarts the log.
/// </summary>
/// <remarks>
/// The writer does this between commits, after the callers of the last commit have their responses. SQLite by itself
/// runs a checkpoint within a commit. It restarts the log only when no reader uses it; with overlapping readers the log
/// would grow without bound. Such a log is therefore restarted by waiting for the readers (a RESTART checkpoint); new
/// readers read the file and do not wait (https://www.sqlite.org/wal.html, "Avoiding Excessively Large WAL Files").
/// </remarks>
internal sealed class Checkpoints
{
    /// <summary>SQLITE_DBSTATUS_CACHE_WRITE.</summary>
    private const int CacheWrite = 9;

    /// <summary>The length of the log, in checkpoint intervals, from which the writer waits for readers to leave it.</summary>
    private const int TooLong = 3;

    /// <summary>
    /// The attempts to restart the log. When a new reader takes over the read mark of one that leaves, SQLite waits for
    /// that mark until the timeout, and notices only at the next call that it need not.
    /// </summary>
    private const int Attempts = 4;

    /// <summary>The longest wait for readers in each attempt, in milliseconds; writers wait meanwhile.</summary>
    private const int BusyTimeout = 50;

    private readonly sqlite3 _connection;
    private readonly int _pages;
    private long _written;

    private Checkpoints(sqlite3 connection, int pages) => (_connection, _pages) = (connection, pages);

    /// <summary>Replaces the automatic checkpoints of SQLite.</summary>
    /// <param name="connection">The connection of the writer.</param>
    /// <param name="pages">The number of pages that are written between two checkpoints, from 1.</param>
    /// <returns>Null for a connection of another engine.</returns>
    public static Checkpoints? Of(DbConnection connection, int pages)
    {
        if (PreparingConnection.HandleOf(connection) is not { } handle)
        {
            return null;
        }

        _ = raw.sqlite3_wal_autocheckpoint(handle, 0);
        return new Checkpoints(handle, pages);
    }

    /// <summary>Runs a checkpoint when enough pages were written since the last one.</summary>
    /// <remarks>
    /// A checkpoint that fails loses nothing, because the log has all commits; the next one tries again.
    /// </remarks>
    public void RunIfDue()
    {
        _written += TakePagesWritten();
        if (_written < _pages)
        {
            return;
        }

        _written = 0;
        if (Copy(raw.SQLITE_CHECKPOINT_PASSIVE) >= TooLong * _pages)
        {
            Restart();
        }
    }

    private void Restart()
    {
        _ = raw.sqlite3_busy_timeout(_connection, BusyTimeout);
        for (var attempt = 0; attempt < Attempts && Copy(raw.SQLITE_CHECKPOINT_RESTART) < 0; attempt++) { }

        _ = raw.sqlite3_busy_timeout(_connection, SqliteDialect.BusyMilliseconds);
    }

    /// <summary>Returns the length of the log in pages, or -1 when the checkpoint did not complete.</summary>
    private int Copy(int mode) =>
        raw.sqlite3_wal_checkpoint_v2(_connection, "main", mode, out var length, out _) == raw.SQLITE_OK ? length : -1;

    /// <summary>Returns the number of pages that the connection has written to the log since the last call.</summary>
    /// <remarks>
    /// The counter of SQLite has 31 bits, and would wrap around within days of writing if it were not reset.
    /// </remarks>
    private int TakePagesWritten() =>
        raw.sqlite3_db_status(_connection, CacheWrite, out var pages, out _, resetFlg: 1) == raw.SQLITE_OK ? pages : 0;
}
