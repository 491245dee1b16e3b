using Registry.Domain;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Files;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Verification;

namespace Registry.Infrastructure.Backups;

/// <summary>Writes a backup of an SQLite database, which may be served and written to meanwhile.</summary>
/// <remarks>
/// The backup has a temporary name until it is copied, on the disk and verified. So a file under the final name is complete,
/// whenever the program or the machine stops.
/// </remarks>
public sealed class BackupWriter(Verifier verifier)
{
    /// <summary>The end of the name of a backup that is being made.</summary>
    internal const string Unfinished = ".unfinished";

    /// <summary>The end of the name of a copy of a damaged database.</summary>
    internal const string Damaged = ".damaged";

    /// <summary>Writes a backup, which only its owner can read.</summary>
    /// <param name="database">The database.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="replace">True to replace an existing file.</param>
    /// <param name="cancellationToken">Cancels the backup; nothing of it is left.</param>
    /// <exception cref="BackupRefusedException">
    /// The database is on a server, or the file exists, or another process writes it.
    /// </exception>
    /// <exception cref="BackupDamagedException">
    /// The copy is damaged, because the database is; it has the name with <c>.damaged</c> at its end.
    /// </exception>
    /// <exception cref="NewerDatabaseException">A newer version of the program has migrated the database.</exception>
    /// <exception cref="BusyException">A file is not available, or the disk is full.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<WrittenBackup> WriteAsync(
        RegistryDatabase database,
        string path,
        bool replace,
        CancellationToken cancellationToken
    )
    {
        var source = SourceOf(database);
        path = Path.GetFullPath(path);
        RefuseOwnFiles(source, path);
        using var alone = FileLock.TryTake($"{path}.lock");
        if (alone is null)
        {
            throw new BackupRefusedException($"Another process is writing {path}.");
        }

        if (File.Exists(path) && !(replace && SqliteFiles.IsDatabase(path)))
        {
            throw new BackupRefusedException(
                replace
                    ? $"{path} is no database, so a backup does not replace it."
                    : $"{path} exists already. With --force it is replaced."
            );
        }

        var unfinished = path + Unfinished;
        try
        {
            // What an interrupted backup has left.
            SqliteFiles.Delete(unfinished);
            RefuseWithoutRoom(source, path);
            SecretFile.CreateEmpty(unfinished);
            SqliteFiles.Copy(source, unfinished, cancellationToken);
            SqliteFiles.Flush(unfinished);
            var verification = await verifier.VerifyAsync(unfinished, cancellationToken);
            if (!verification.IsSound)
            {
                File.Move(unfinished, path + Damaged, overwrite: true);
                throw new BackupDamagedException(
                    $"The database {source} is damaged. Its copy is not taken for a backup, and is kept as {path}{Damaged}.",
                    verification
                );
            }

            var bytes = new FileInfo(unfinished).Length;
            File.Move(unfinished, path, overwrite: replace);
            return new WrittenBackup(path, bytes, verification);
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

    private static string SourceOf(RegistryDatabase database) =>
        database.File is not { } file
            ? throw new BackupRefusedException(
                "The database is on a SQL Server, which makes its backups itself (docs/operations.md)."
            )
        : File.Exists(file) ? Path.GetFullPath(file)
        : throw new BackupRefusedException($"There is no database {Path.GetFullPath(file)}.");

    private static void RefuseOwnFiles(string source, string path)
    {
        var target =
            (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        if (
            SqliteFiles
                .Companions.Select(ending => source + ending)
                .Prepend(source)
                .Any(own => own.Equals(target, StringComparison.OrdinalIgnoreCase))
        )
        {
            throw new BackupRefusedException($"{path} is a file of the database itself.");
        }
    }

    /// <summary>Checks the space for the copy: a disk that it fills may be that of the database too.</summary>
    private static void RefuseWithoutRoom(string source, string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            // A share of Windows is no drive that could be asked.
            return;
        }

        var free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        var needed = new FileInfo(source).Length;
        if (free < needed)
        {
            throw new StorageFullException(
                new IOException($"The backup needs {needed:N0} bytes, and {free:N0} are free for {path}.")
            );
        }
    }
}

/// <summary>A backup that is complete.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size, in bytes.</param>
/// <param name="Verification">What was verified.</param>
public sealed record WrittenBackup(string Path, long Bytes, VerificationResult Verification);
