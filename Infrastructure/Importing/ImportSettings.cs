namespace Registry.Infrastructure.Importing;

/// <summary>What imports may take.</summary>
public sealed record ImportSettings
{
    /// <summary>The largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Where files are laid aside; beside the database where that is a file, otherwise among temporary files.</summary>
    public string? Folder { get; init; }
}
