using System.Globalization;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Files;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Verification;

namespace Registry.Infrastructure.Backups;

/// <summary>Puts a backup in the place of an SQLite database that no process uses.</summary>
public sealed class Restoration(Verifier verifier, TimeProvider clock, ILogger<Restoration> log)
{
    private const string Unfinished = ".restoring";

    /// <summary>Restores a backup. The former file is kept beside the restored one.</summary>
    /// <param name="database">The database to replace.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="replace">True to replace an existing database.</param>
    /// <param name="cancellationToken">Cancels the restoration before it replaces anything.</param>
    /// <exception cref="BackupRefusedException">
    /// The database is on a server, is in use, or exists, or the backup does not exist.
    /// </exception>
    /// <exception cref="BackupDamagedException">The backup is damaged; nothing was replaced.</exception>
    /// <exception cref="NewerDatabaseException">The backup is of a newer version of the program.</exception>
    /// <exception cref="BusyException">A file is not available, or the disk is full.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<RestoredBackup> RestoreAsync(
        RegistryDatabase database,
        string backup,
        bool replace,
        CancellationToken cancellationToken
    )
    {
        if (database.File is not { } file)
        {
            throw new BackupRefusedException(
                "The database is on a SQL Server, which restores its backups itself (docs/operations.md)."
            );
        }

        var path = Path.GetFullPath(file);
        backup = Path.GetFullPath(backup);
        if (!File.Exists(backup))
        {
            throw new BackupRefusedException($"There is no file {backup}.");
        }

        if (backup == path)
        {
            throw new BackupRefusedException($"{backup} is the database itself.");
        }

        // No process can start on the database meanwhile.
        await using var starting = await StartupLock.TakeAsync(database, clock, log, cancellationToken);
        using var alone = DatabaseUse.TryTakeAlone(path);
        if (alone is null || (File.Exists(path) && !SqliteFiles.IsFree(path)))
        {
            throw new BackupRefusedException($"Another process uses the database {path}. Stop it first.");
        }

        var exists = new FileInfo(path) is { Exists: true, Length: > 0 };
        if (exists && !replace)
        {
            throw new BackupRefusedException(
                $"There is a database {path} already. With --force it is kept aside, under another name."
            );
        }

        var unfinished = path + Unfinished;
        try
        {
            SqliteFiles.Delete(unfinished);
            SecretFile.CreateEmpty(unfinished);
            SqliteFiles.Copy(backup, unfinished, cancellationToken);
            var verification = await verifier.VerifyAsync(unfinished, cancellationToken);
            if (!verification.IsSound)
            {
                throw new BackupDamagedException($"{backup} is damaged. Nothing was replaced.", verification);
            }

            SqliteFiles.UseLog(unfinished);
            SqliteFiles.Flush(unfinished);
            return new RestoredBackup(path, Replace(path, unfinished, exists), verification);
        }
        catch (IOException error) when (FullDisk.In(error) is { } full)
        {
            throw full;
        }
        finally
        {
            SqliteFiles.Delete(unfinished);
        }
    }

    /// <summary>Replaces the file in one step, so that there is a database at each moment.</summary>
    /// <returns>The name under which the former file is kept, or null when there was none.</returns>
    private string? Replace(string path, string restored, bool exists)
    {
        var aside = AsideOf(path);
        if (exists)
        {
            SqliteFiles.Detach(path);
        }

        // SQLite would read the log of the former file into the new one. It is only there when the former file is damaged.
        foreach (var ending in SqliteFiles.Companions.Where(ending => File.Exists(path + ending)))
        {
            File.Move(path + ending, aside + ending);
        }

        if (!exists)
        {
            File.Move(restored, path, overwrite: true);
            return null;
        }

        File.Replace(restored, path, aside);
        return aside;
    }

    private string AsideOf(string path)
    {
        var at = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = $"{path}.before-{at}";
        for (var number = 2; File.Exists(aside); number++)
        {
            aside = $"{path}.before-{at}-{number}";
        }

        return aside;
    }
}

/// <summary>A backup that has taken the place of a database.</summary>
/// <param name="Path">The database.</param>
/// <param name="Former">The file that was the database before, or null when there was none.</param>
/// <param name="Verification">What was verified.</param>
public sealed record RestoredBackup(string Path, string? Former, VerificationResult Verification);
