using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Access.Quotas;

/// <summary>The metrics of requests that are refused because of what their caller, or all callers, use.</summary>
internal static class QuotaMeasures
{
    /// <summary>The reason that the quota of a burst is used up.</summary>
    public const string Burst = "burst";

    /// <summary>The reason that the quota of a day is used up.</summary>
    public const string Day = "day";

    /// <summary>The reason that the caller has too many costly requests open.</summary>
    public const string Concurrency = "concurrency";

    /// <summary>The reason that too many costly requests wait.</summary>
    public const string Overload = "overload";

    private static readonly Counter<long> Refusals = Telemetry.Meter.CreateCounter<long>(
        "registry.quota.refusals",
        "{request}",
        "The requests that were refused for the time being, by reason."
    );

    /// <summary>Counts a refused request.</summary>
    public static void Count(string reason) =>
        Refusals.Add(1, new KeyValuePair<string, object?>("registry.quota.reason", reason));
}
