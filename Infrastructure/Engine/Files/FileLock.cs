namespace Registry.Infrastructure.Engine.Files;

/// <summary>A lock between processes: a locked file, which the operating system releases when the process dies.</summary>
internal static class FileLock
{
    /// <summary>Takes a lock, which is released when it is disposed.</summary>
    /// <returns>The lock, or null when another process has it.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
