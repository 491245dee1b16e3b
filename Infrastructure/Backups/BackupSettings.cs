namespace Registry.Infrastructure.Backups;

/// <summary>When backups are made, and how many are kept.</summary>
public sealed record BackupSettings
{
    /// <summary>The folder for the backups, or null when none are made.</summary>
    public string? Folder { get; init; }

    /// <summary>The time between two backups.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The number of backups that are kept, from 1.</summary>
    public int Keep { get; init; } = 7;
}
