namespace Registry.Infrastructure.Importing;

/// <summary>Settings of imports.</summary>
public sealed record ImportSettings
{
    /// <summary>The maximum size of a file, in bytes.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// The folder for received files; by default beside the database when that is a file, otherwise the folder for
    /// temporary files.
    /// </summary>
    public string? Folder { get; init; }
}
