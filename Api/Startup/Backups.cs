using Registry.Infrastructure;
using Registry.Infrastructure.Backups;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Startup;

/// <summary>Registers backups.</summary>
internal static class Backups
{
    private const string Section = "Backup";

    /// <summary>Adds backups, and the scheduled ones when this process serves requests.</summary>
    public static void AddBackups(this WebApplicationBuilder builder, bool serves)
    {
        var settings = builder.Configuration.GetSection(Section).Get<BackupSettings>() ?? new BackupSettings();
        builder.Services.AddBackups(_ => settings);
        if (serves && settings.Folder is { Length: > 0 })
        {
            builder.Services.AddHostedService<Making>();
        }
    }

    private sealed class Making(BackupSchedule schedule, TimeProvider clock, ILogger<Making> log) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Background.RunAsync("backups", "The schedule of backups", schedule.RunAsync, clock, log, stoppingToken);
    }
}
