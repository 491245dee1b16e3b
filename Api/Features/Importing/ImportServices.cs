using Registry.Api.Http.Bodies;
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
        var settings = SettingsOf(builder.Configuration);
        builder.Services.AddImports(_ => settings);
        builder.Services.AddSingleton(new TemporaryFiles(settings.Folder ?? Path.GetTempPath()));
        builder.Services.AddHostedService<Running>();
    }

    private static ImportSettings SettingsOf(ConfigurationManager configuration) =>
        configuration.GetSection(Section).Get<ImportSettings>() ?? new ImportSettings();

    private sealed class Running(ImportDesk desk) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => desk.RunAsync(stoppingToken);
    }
}
