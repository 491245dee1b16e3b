using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Quotas;

namespace Registry.Api.Access.Quotas;

internal static class QuotaServices
{
    /// <summary>Adds quotas and the limit of costly requests.</summary>
    public static void AddQuotas(this WebApplicationBuilder builder, bool serves)
    {
        var settings = QuotaSettings.Of(builder.Configuration);
        builder
            .Services.AddSingleton(settings)
            .AddSingleton(HeavyWorkSettings.Of(builder.Configuration))
            .AddSingleton<QuotaService>()
            .AddSingleton<HeavyWork>();
        if (serves && settings.Enabled)
        {
            builder.Services.AddHostedService<Sharing>();
        }
    }

    /// <summary>Charges every request to the quotas of its caller.</summary>
    public static IApplicationBuilder UseQuotas(this IApplicationBuilder app) =>
        app.Use(app.ApplicationServices.GetRequiredService<QuotaService>().ServeAsync);

    /// <summary>Shares the use of quotas between processes.</summary>
    private sealed class Sharing(DailyUse daily, TimeProvider clock, ILogger<Sharing> log) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Background.RunAsync("quotas", "The use of quotas", daily.RunAsync, clock, log, stoppingToken);
    }
}
