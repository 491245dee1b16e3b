using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using SQLitePCL;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Checks the integrity of an SQLite file without writing to it.</summary>
/// <remarks>A damaged file stays unchanged, so that as much as possible can be recovered from it.</remarks>
public sealed class FileExamination(RegistryDatabase database, ILogger<FileExamination> log)
{
    private const string Sound = "ok";

    /// <summary>The time that a start waits for the full check, when the file was not closed cleanly.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The maximum duration of the check in the background: a terabyte is not read at every start.</summary>
    private static readonly TimeSpan BackgroundTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Checks, before anything is written, that the file is a database with a readable schema.</summary>
    /// <remarks>When the last program did not close it cleanly, every page is checked, as far as time allows.</remarks>
    /// <exception cref="DamagedException">The file is damaged.</exception>
    public void RefuseDamaged()
    {
        if (database.File is not { } file || !File.Exists(file))
        {
            return;
        }

        var closed = new FileInfo($"{file}-wal") is not { Exists: true, Length: > 0 };
        RunCheck(connection =>
        {
            connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master");
            return closed ? Sound : Examine(connection, StartTimeout, CancellationToken.None);
        });
    }

    /// <summary>Checks every page in the background.</summary>
    /// <exception cref="DamagedException">The file is damaged.</exception>
    public void Examine(CancellationToken cancellationToken)
    {
        if (database.File is { } file && File.Exists(file))
        {
            RunCheck(connection => Examine(connection, BackgroundTimeout, cancellationToken));
        }
    }

    private void RunCheck(Func<SqliteConnection, string> examine)
    {
        var settings = new SqliteConnectionStringBuilder(database.ConnectionString) { Mode = SqliteOpenMode.ReadOnly };
        using var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            database.Dialect.CloseWithoutWriting(connection);
            if (examine(connection) is var found && found != Sound)
            {
                throw database.NoteDamage(found, null);
            }
        }
        catch (SqliteException error)
        {
            if (database.RefusalOf(error) is DamagedException damaged)
            {
                throw damaged;
            }

            // Locked or not accessible: the next use of the file reports it.
            log.LogWarning(error, "The database file could not be checked.");
        }
    }

    private static string Examine(SqliteConnection connection, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(timeout);
        using var broken = end.Token.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            return connection.QueryFirst<string>("PRAGMA quick_check(1)");
        }
        catch (SqliteException) when (end.IsCancellationRequested)
        {
            return Sound;
        }
    }
}
