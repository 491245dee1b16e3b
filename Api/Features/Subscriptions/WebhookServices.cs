using System.Globalization;
using Registry.Api.Http;
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

    private static DeliverySettings SettingsOf(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new DeliverySettings();
        var pauses = SettingText
            .ListOf(section["Pauses"])
            .Select(text => TimeSpan.Parse(text, CultureInfo.InvariantCulture))
            .ToArray();
        return new DeliverySettings
        {
            Enabled = section.GetValue("Enabled", defaults.Enabled),
            MaxSubscriptions = section.GetValue("MaxSubscriptions", defaults.MaxSubscriptions),
            AllowedHosts = SettingText.ListOf(section["AllowedHosts"]),
            Timeout = section.GetValue("Timeout", defaults.Timeout),
            Retries = new RetryPlan(
                pauses.Length > 0 ? pauses : defaults.Retries.Pauses,
                section.GetValue("GiveUpAfter", defaults.Retries.GiveUpAfter)
            ),
        };
    }

    private sealed class Sending(ChangeDelivery delivery, DeliverySettings settings) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            settings.Enabled ? delivery.RunAsync(stoppingToken) : Task.CompletedTask;
    }
}
