using Microsoft.Extensions.Options;
using Registry.Api.Startup;

namespace Registry.Api.Observability;

/// <summary>The callers that may read the metrics of the program.</summary>
internal enum MetricsReaders
{
    /// <summary>Nobody: there is no page with metrics.</summary>
    Off,

    /// <summary>Callers with the role admin.</summary>
    Admin,

    /// <summary>All callers, because something before the program keeps strangers out.</summary>
    Open,
}

/// <summary>The format of the log on the console.</summary>
internal enum LogFormat
{
    /// <summary>Text, for people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>The settings of telemetry and logs.</summary>
/// <param name="Endpoint">The OTLP endpoint; null when nothing is exported by OTLP.</param>
/// <param name="TraceRatio">The part of the requests that are traced, from 0 to 1.</param>
/// <param name="Metrics">The callers that may read the metrics.</param>
/// <param name="Format">The format of the log.</param>
/// <param name="LogsRequests">True when each request has a line in the log.</param>
internal sealed record TelemetrySettings(
    Uri? Endpoint,
    double TraceRatio,
    MetricsReaders Metrics,
    LogFormat Format,
    bool LogsRequests
)
{
    public const string EndpointName = "Telemetry:Endpoint";

    public const string TraceRatioName = "Telemetry:TraceRatio";

    /// <summary>The part of the requests that are traced by default. A traced response from the cache costs a third more.</summary>
    public const double UsualTraceRatio = 0.01;

    public const string MetricsName = "Metrics:Prometheus";

    public const string FormatName = "Log:Format";

    public const string RequestsName = "Log:Requests";

    /// <summary>The name by which the standard of OpenTelemetry has it, with other settings of the exporter beside it.</summary>
    public const string StandardName = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">The endpoint is no address.</exception>
    public static TelemetrySettings Of(IConfiguration configuration) =>
        new(
            EndpointOf(configuration),
            configuration.GetValue(TraceRatioName, UsualTraceRatio),
            configuration.GetValue(MetricsName, MetricsReaders.Off),
            configuration.GetValue(FormatName, LogFormat.Text),
            configuration.GetValue(RequestsName, defaultValue: false)
        );

    private static Uri? EndpointOf(IConfiguration configuration)
    {
        foreach (var name in new[] { EndpointName, StandardName })
        {
            if (configuration[name] is { Length: > 0 } text)
            {
                return
                    Uri.TryCreate(text, UriKind.Absolute, out var address)
                    && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                    ? address
                    : throw Settings.Wrong(name, $"{name} is an address such as http://localhost:4317.");
            }
        }

        return null;
    }
}
