using System.Diagnostics;
using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Http.Problems;

/// <summary>The metrics of refusals.</summary>
internal static class RefusalMeasures
{
    private const string Type = "registry.problem.type";

    private static readonly Counter<long> Refusals = Telemetry.Meter.CreateCounter<long>(
        "registry.refusals",
        "{response}",
        "The problem documents, by problem type."
    );

    /// <summary>Counts a problem document, and names its type in the span of the request.</summary>
    public static void Count(ProblemType type)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>(Type, type.Code));
        if (Activity.Current is { IsAllDataRequested: true } request)
        {
            request.SetTag(Type, type.Code);
        }
    }
}
