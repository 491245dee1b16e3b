using Registry.Infrastructure;
using Registry.Infrastructure.Importing;

namespace Registry.Api.Features.Importing;

/// <summary>Registers the services of imports.</summary>
internal static class ImportServices
{
    private const string Section = "Imports";

    /// <summary>Adds imports, and their background worker when this process serves requests.</summary>
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddImports(_ => SettingsOf(builder.Configuration));
        builder.Services.AddHostedService<Running>();
    }

    /// <summary>The settings of imports.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static ImportSettings SettingsOf(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new ImportSettings();
        var most = section.GetValue(nameof(ImportSettings.MaxBytes), defaults.MaxBytes);
        return new ImportSettings
        {
            MaxBytes = most > 0 ? most : throw new InvalidOperationException($"{Section}:MaxBytes is more than none."),
            Folder = section[nameof(ImportSettings.Folder)] is { Length: > 0 } folder ? folder : null,
        };
    }

    private sealed class Running(ImportDesk desk) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => desk.RunAsync(stoppingToken);
    }
}
