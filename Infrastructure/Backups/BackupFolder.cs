using System.Globalization;
using Registry.Infrastructure.Engine.Files;

namespace Registry.Infrastructure.Backups;

/// <summary>The backups of one database in a folder, named by the instant at which they began, in UTC.</summary>
/// <param name="folder">The folder.</param>
/// <param name="database">The database file; its name begins the names of the backups.</param>
internal sealed class BackupFolder(string folder, string database)
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";
    private const string Ending = ".db";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly string _name = Path.GetFileNameWithoutExtension(database);

    /// <summary>Takes the folder for one process.</summary>
    /// <returns>The lock, or null when another process has it.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public IDisposable? TryTake()
    {
        Directory.CreateDirectory(_folder);
        return FileLock.TryTake(Path.Combine(_folder, $"{_name}.backing-up"));
    }

    /// <summary>The path of the backup that begins at an instant.</summary>
    public string PathAt(DateTimeOffset instant) =>
        Path.Combine(_folder, $"{_name}-{instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}{Ending}");

    /// <summary>The instant of the last backup by a time, or null when there is none.</summary>
    public DateTimeOffset? LastBefore(DateTimeOffset now) =>
        Backups().Where(backup => backup.At <= now).Select(backup => (DateTimeOffset?)backup.At).Max();

    /// <summary>Deletes what interrupted backups have left. The lock must be held.</summary>
    public void DeleteUnfinished()
    {
        foreach (var file in FilesLike($"{_name}-*{Ending}{BackupWriter.Unfinished}*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Deletes the oldest backups, and never the one just made.</summary>
    /// <param name="keep">The number of backups that are kept.</param>
    /// <param name="made">The path of the backup just made.</param>
    /// <returns>The paths of the deleted backups.</returns>
    public IReadOnlyList<string> DeleteOld(int keep, string made)
    {
        // The clock may have been set back, and the backup just made not be the last one by its name.
        string[] old =
        [
            .. Backups()
                .Where(backup => backup.Path != made)
                .OrderByDescending(backup => backup.At)
                .Skip(keep - 1)
                .Select(backup => backup.Path),
        ];
        foreach (var path in old)
        {
            File.Delete(path);
        }

        return old;
    }

    /// <summary>Deletes the copies of a damaged database but the last one, which would fill the disk.</summary>
    public void DeleteFormerDamaged()
    {
        foreach (
            var file in FilesLike($"{_name}-*{Ending}{BackupWriter.Damaged}")
                .OrderDescending(StringComparer.Ordinal)
                .Skip(1)
        )
        {
            File.Delete(file);
        }
    }

    private IEnumerable<(string Path, DateTimeOffset At)> Backups()
    {
        foreach (var file in FilesLike($"{_name}-*{Ending}"))
        {
            if (
                DateTimeOffset.TryParseExact(
                    Path.GetFileName(file)[(_name.Length + 1)..^Ending.Length],
                    Format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var at
                )
            )
            {
                yield return (file, at);
            }
        }
    }

    private string[] FilesLike(string pattern) => Directory.Exists(_folder) ? Directory.GetFiles(_folder, pattern) : [];
}
