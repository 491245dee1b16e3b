using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using SQLitePCL;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Looks whether the file of an embedded database is sound, and writes nothing to it: a damaged file stays as it is, so that
/// as much as possible can be saved from it.
/// </summary>
public sealed class FileExamination(RegistryDatabase database, ILogger<FileExamination> log)
{
    private const string Sound = "ok";

    /// <summary>How long a start waits for the whole examination where the file was not closed in order.</summary>
    private static readonly TimeSpan MostAtStart = TimeSpan.FromSeconds(2);

    /// <summary>How long the examination beside the serving may take: a terabyte is not read through at every start.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Looks before anything is written: that it is a database, and one whose tables can be found. Where the program that
    /// served it last did not close it, every page is looked at, as far as there is time.
    /// </summary>
    /// <exception cref="DamagedException">The file is damaged.</exception>
    public void RefuseDamaged()
    {
        if (database.File is not { } file || !File.Exists(file))
        {
            return;
        }

        var closed = new FileInfo($"{file}-wal") is not { Exists: true, Length: > 0 };
        Look(connection =>
        {
            connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master");
            return closed ? Sound : Examine(connection, MostAtStart, CancellationToken.None);
        });
    }

    /// <summary>Looks at every page, beside the serving.</summary>
    /// <exception cref="DamagedException">The file is damaged.</exception>
    public void Examine(CancellationToken cancellationToken)
    {
        if (database.File is { } file && File.Exists(file))
        {
            Look(connection => Examine(connection, Most, cancellationToken));
        }
    }

    private void Look(Func<SqliteConnection, string> examine)
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

            // Locked, out of reach: what is done with the file next will say so.
            log.LogWarning(error, "The database file could not be examined.");
        }
    }

    private static string Examine(SqliteConnection connection, TimeSpan most, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(most);
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
