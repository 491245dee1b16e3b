namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Shows that a process uses an SQLite file, so that no other one replaces it.</summary>
/// <remarks>
/// A locked file beside the database, which the operating system releases when the process dies. SQLite has locks too, but not
/// for a file that it cannot read, and that is a file that an operator replaces.
/// </remarks>
public sealed class DatabaseUse(RegistryDatabase database) : IDisposable
{
    private FileStream? _held;

    /// <summary>Holds the file until the program ends, when it exists: a damaged one is served too, without a preparation.</summary>
    public void HoldExisting()
    {
        if (File.Exists(database.File))
        {
            Hold();
        }
    }

    /// <summary>Holds the file until the program ends. The start-up lock must be held, so that nobody is replacing the file.</summary>
    public void Hold()
    {
        if (database.File is not { } file || _held is not null)
        {
            return;
        }

        try
        {
            _held = new FileStream(PathOf(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // In a read-only folder nothing can be replaced either.
        }
    }

    /// <summary>Takes the file for one process, which replaces it.</summary>
    /// <returns>The lock, or null when another process uses the file.</returns>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public static IDisposable? TryTakeAlone(string file)
    {
        try
        {
            return new FileStream(PathOf(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private static string PathOf(string file) => $"{Path.GetFullPath(file)}.in-use";
}
