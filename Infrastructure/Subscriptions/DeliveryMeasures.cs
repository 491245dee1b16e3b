using System.Diagnostics;
using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>The metrics of attempts to deliver messages.</summary>
internal static class DeliveryMeasures
{
    private static readonly Histogram<double> Attempts = Telemetry.Meter.CreateHistogram(
        "registry.webhook.attempt.duration",
        "s",
        "The duration of the attempts to deliver a message, by result.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60],
        }
    );

    /// <summary>Records an attempt. Neither the receiver nor the message is told.</summary>
    public static void Record(Delivery delivery, TimeSpan duration)
    {
        var tags = new TagList { { "registry.webhook.result", delivery.IsDelivered ? "delivered" : "failed" } };
        if (delivery.Status is { } status)
        {
            tags.Add("http.response.status_code", status);
        }

        Attempts.Record(duration.TotalSeconds, tags);
    }
}
