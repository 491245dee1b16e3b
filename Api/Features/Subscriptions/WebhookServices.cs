using System.Globalization;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Registers the services of webhooks.</summary>
internal static class WebhookServices
{
    private const string Section = "Webhooks";

    /// <summary>Adds subscriptions, and the background delivery when this process serves requests.</summary>
    public static void AddWebhooks(this WebApplicationBuilder builder, bool serves)
    {
        builder.Services.AddSubscriptions(_ => SettingsOf(builder.Configuration));
        if (serves)
        {
            builder.Services.AddHostedService<Sending>();
        }
    }

    /// <summary>The settings of webhooks.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static DeliverySettings SettingsOf(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new DeliverySettings();
        var pauses = ListOf(section, "Pauses").Select(text => SpanOf($"{Section}:Pauses", text)).ToArray();
        return new DeliverySettings
        {
            Enabled = section.GetValue("Enabled", defaults.Enabled),
            AllowedHosts = ListOf(section, "AllowedHosts"),
            Timeout = SpanOf(section, "Timeout") ?? defaults.Timeout,
            Retries = new RetryPlan(
                pauses.Length > 0 ? pauses : defaults.Retries.Pauses,
                SpanOf(section, "GiveUpAfter") ?? defaults.Retries.GiveUpAfter
            ),
        };
    }

    private static string[] ListOf(IConfigurationSection section, string name) =>
        section[name]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static TimeSpan? SpanOf(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } text ? SpanOf($"{Section}:{name}", text) : null;

    private static TimeSpan SpanOf(string setting, string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero
            ? span
            : throw new InvalidOperationException($"{setting} is a time such as 00:00:15, and more than none.");

    private sealed class Sending(ChangeDelivery delivery, DeliverySettings settings) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            settings.Enabled ? delivery.RunAsync(stoppingToken) : Task.CompletedTask;
    }
}
