namespace Registry.Infrastructure.Access;

/// <summary>A file with a secret, which only its owner can read (mode 0600 where the system has modes).</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file anew.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is read-only.</exception>
    public static void Write(string path, string text)
    {
        // The mode counts only for a new file, and a reader sees the whole text or none.
        var unfinished = $"{path}.new";
        File.Delete(unfinished);
        using (var writer = new StreamWriter(Create(unfinished)))
        {
            writer.WriteLine(text);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads the first line of a file, or null when the file does not exist.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public static string? Read(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;

    /// <summary>Creates an empty file, when there is none, whose later content only its owner can read.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public static void CreateEmpty(string path)
    {
        if (!File.Exists(path))
        {
            Create(path).Dispose();
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
