using System.Data.Common;
using Dapper;
using SQLitePCL;

namespace Registry.Infrastructure.Database;

/// <summary>
/// Copies the write-ahead log of an SQLite file into the file, and sees to it that the log begins anew. Done by the one who
/// writes between commits, when the callers whom it told of the last one need not wait for it.
/// </summary>
/// <remarks>
/// SQLite copies by itself when the log has become long, within a commit. But the log begins anew only when nobody reads what
/// was copied, and where one reader comes before the last has gone, it would grow for as long as they do. A log that has
/// become that long is therefore begun anew by waiting for the readers (a RESTART checkpoint); those who come meanwhile read
/// the file, and nobody who reads waits (https://www.sqlite.org/wal.html, "Avoiding Excessively Large WAL Files").
/// </remarks>
internal sealed class Checkpoints
{
    /// <summary>How often as long as it should be the log is before readers are waited for.</summary>
    private const int TooLong = 3;

    /// <summary>
    /// How often readers are waited for. Where one who comes takes the place in the index of one who goes, SQLite waits for
    /// that place to no end, and sees only when asked anew that it need not.
    /// </summary>
    private const int Attempts = 4;

    /// <summary>How long readers are waited for each time, in milliseconds: all who want to write wait too.</summary>
    private const int Patience = 50;

    private readonly sqlite3 _connection;
    private readonly LogIndex _log;
    private readonly int _pages;
    private long _restartAt;

    private Checkpoints(sqlite3 connection, LogIndex log, int pages)
    {
        (_connection, _log, _pages) = (connection, log, pages);
        _restartAt = TooLong * (long)pages;
    }

    /// <summary>Takes the copying over from SQLite.</summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="pages">How many pages the log has when it is copied, from 1.</param>
    /// <returns>Null where the length of the log is not known; SQLite then goes on by itself.</returns>
    public static Checkpoints? Of(DbConnection connection, int pages)
    {
        // There is no index before somebody reads.
        _ = connection.ExecuteScalar<long>("PRAGMA data_version");
        if (PreparingConnection.HandleOf(connection) is not { } handle || LogIndex.Of(connection) is not { } log)
        {
            return null;
        }

        _ = raw.sqlite3_wal_autocheckpoint(handle, 0);
        return new Checkpoints(handle, log, pages);
    }

    /// <summary>Copies the log where it has become long.</summary>
    /// <remarks>Where that fails, nothing is lost, since the log is there: it is tried again after the next commit.</remarks>
    public void Look()
    {
        if (!_log.TryRead(out var header))
        {
            return;
        }

        if (header.Pages < _pages)
        {
            _restartAt = TooLong * (long)_pages;
        }
        else if (header.Pages < _restartAt)
        {
            _ = Copy(raw.SQLITE_CHECKPOINT_PASSIVE);
        }
        else
        {
            // Where somebody reads for very long, writers are not made to wait for that at every commit.
            _restartAt = header.Pages + (long)_pages;
            BeginAnew();
        }
    }

    private void BeginAnew()
    {
        _ = raw.sqlite3_busy_timeout(_connection, Patience);
        for (var attempt = 0; attempt < Attempts && !Copy(raw.SQLITE_CHECKPOINT_RESTART); attempt++) { }

        _ = raw.sqlite3_busy_timeout(_connection, SqliteDialect.BusyMilliseconds);
    }

    private bool Copy(int mode) =>
        raw.sqlite3_wal_checkpoint_v2(_connection, "main", mode, out _, out _) == raw.SQLITE_OK;
}
