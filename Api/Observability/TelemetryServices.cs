using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Registry.Api.Access;
using Registry.Domain.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Observability;

/// <summary>Exports traces, metrics and logs, when the settings say so.</summary>
/// <remarks>
/// The program itself writes only to the instruments of the runtime (System.Diagnostics). Without an exporter there is no SDK, and
/// nobody listens to them.
/// </remarks>
internal static class TelemetryServices
{
    /// <summary>The path of the page with the metrics in the text format of Prometheus.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>The standard setting of OpenTelemetry for the choice of traces, which comes before that of the program.</summary>
    private const string StandardSampler = "OTEL_TRACES_SAMPLER";

    private const string ServiceName = "registry";

    /// <summary>The source of the spans of requests.</summary>
    private const string RequestSource = "Microsoft.AspNetCore";

    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The meters of the framework: requests, connections, and the runtime.</summary>
    private static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    /// <summary>Sets the format of the log, and adds the exporters of the settings when the program serves.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, bool serves)
    {
        var settings = TelemetrySettings.Of(builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<AccessLog>();
        if (settings.Format == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(console =>
                (console.UseUtcTimestamp, console.TimestampFormat) = (true, InstantFormat)
            );
        }
        else if (settings.LogsRequests)
        {
            builder.Logging.AddSimpleConsole(console =>
                (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (
                    true,
                    true,
                    $"{InstantFormat} "
                )
            );
        }

        if (!serves || (settings.Endpoint is null && settings.Metrics == MetricsReaders.Off))
        {
            return;
        }

        var telemetry = builder
            .Services.AddSingleton<ChangeMeasures>()
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                // The environment has the last word: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
                resource.AddService(ServiceName, serviceVersion: ProgramVersion.Text).AddEnvironmentVariableDetector()
            )
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(Telemetry.Name)
                    .AddMeter(FrameworkMeters)
                    // Two updates for each request, for a number that is old before it is collected.
                    .AddView("http.server.active_requests", MetricStreamConfiguration.Drop);
                if (settings.Metrics != MetricsReaders.Off)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (settings.Endpoint is { } endpoint)
        {
            builder.Configuration[TelemetrySettings.StandardName] = endpoint.ToString();
            telemetry
                .WithTracing(traces =>
                {
                    traces.AddSource(Telemetry.Name, RequestSource);
                    if (builder.Configuration[StandardSampler] is null)
                    {
                        // The decision of a caller that has made one is followed.
                        traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceRatio)));
                    }
                })
                .UseOtlpExporter();
        }
    }

    /// <summary>Logs requests when the settings say so, and makes the metrics that are read from the database.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        app.Services.GetService<ChangeMeasures>();
        var settings = app.Services.GetRequiredService<TelemetrySettings>();
        if (settings.Endpoint is not null)
        {
            app.Use(RequestSpans.ServeAsync);
        }

        if (settings.LogsRequests)
        {
            app.Use(app.Services.GetRequiredService<AccessLog>().ServeAsync);
        }
    }

    /// <summary>Maps the page with the metrics.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        var readers = app.Services.GetRequiredService<TelemetrySettings>().Metrics;
        if (app.Services.GetService<MeterProvider>() is null || readers == MetricsReaders.Off)
        {
            return;
        }

        var page = app.MapPrometheusScrapingEndpoint(MetricsPath).WithMetadata(new ExcludeFromDescriptionAttribute());
        if (readers == MetricsReaders.Admin)
        {
            page.RequireRole(Role.Admin);
        }
    }
}
