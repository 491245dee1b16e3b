using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Infrastructure.Backups;

/// <summary>Makes backups by schedule in the serving process, and deletes the oldest ones.</summary>
/// <remarks>
/// The files of the folder are the state: a process that starts finds when the last backup was made, and of several processes on
/// one database the first one makes it. The oldest are deleted only after a new one is verified.
/// </remarks>
public sealed class BackupSchedule(
    RegistryDatabase database,
    BackupWriter writer,
    BackupSettings settings,
    TimeProvider clock,
    ILogger<BackupSchedule> log
)
{
    /// <summary>The longest time between two looks at the clock, which may be set.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The longest time after which a backup that failed is tried again.</summary>
    private static readonly TimeSpan LongestPauseAfterFailure = TimeSpan.FromHours(1);

    /// <summary>Makes backups until the program stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (settings.Folder is not { Length: > 0 } path)
        {
            return;
        }

        if (database.File is not { } file)
        {
            log.LogWarning("Backup:Folder has no effect: a SQL Server makes its backups itself.");
            return;
        }

        var folder = new BackupFolder(path, file);
        while (true)
        {
            var pause = await MakeIfDueAsync(folder, stopping);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stopping);
        }
    }

    /// <returns>The time until the next backup is due.</returns>
    private async Task<TimeSpan> MakeIfDueAsync(BackupFolder folder, CancellationToken stopping)
    {
        if (UntilDue(folder) is var early && early > TimeSpan.Zero)
        {
            return early;
        }

        try
        {
            using var turn = folder.TryTake();
            if (turn is null)
            {
                // Another process makes it.
                return LongestPause;
            }

            if (UntilDue(folder) is var still && still > TimeSpan.Zero)
            {
                return still;
            }

            folder.DeleteUnfinished();
            await MakeAsync(folder, stopping);
            return UntilDue(folder);
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or BusyException
                        or BackupRefusedException
                        or BackupDamagedException
                        or MigrationException
            )
        {
            var pause = settings.Every < LongestPauseAfterFailure ? settings.Every : LongestPauseAfterFailure;
            await TellAsync(folder, failure, pause, stopping);
            return TimeSpan.Zero;
        }
    }

    private async Task MakeAsync(BackupFolder folder, CancellationToken stopping)
    {
        var path = folder.PathAt(clock.GetUtcNow());

        // To copy and to verify a file takes the thread.
        var backup = await Task.Run(() => writer.WriteAsync(database, path, replace: false, stopping), stopping);
        log.LogInformation(
            "Backed the database up to {Path}: {Changes} changes, {Bytes} bytes.",
            backup.Path,
            backup.Verification.Changes,
            backup.Bytes
        );
        foreach (var old in folder.DeleteOld(settings.Keep, path))
        {
            log.LogInformation("Deleted the old backup {Path}.", old);
        }
    }

    /// <summary>Logs why there is no backup, and waits.</summary>
    private async Task TellAsync(BackupFolder folder, Exception failure, TimeSpan pause, CancellationToken stopping)
    {
        if (failure is BackupDamagedException damaged)
        {
            folder.DeleteFormerDamaged();
            log.LogCritical(
                "{Reason} The first finding: {Finding} The backups before it are kept.",
                damaged.Message,
                damaged.Verification.Findings[0]
            );
        }
        else
        {
            log.LogError(
                "No backup was made, and the next attempt is in {Pause}. {Reason}",
                pause,
                (failure as BusyException)?.Cause?.Message ?? failure.Message
            );
        }

        await Task.Delay(pause, clock, stopping);
    }

    private TimeSpan UntilDue(BackupFolder folder)
    {
        var now = clock.GetUtcNow();
        return folder.LastBefore(now) is { } last && last + settings.Every > now
            ? last + settings.Every - now
            : TimeSpan.Zero;
    }
}
