using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Importing;

/// <summary>The metrics of imports.</summary>
internal static class ImportMeasures
{
    /// <summary>The imports that this process runs.</summary>
    public static readonly UpDownCounter<int> Running = Telemetry.Meter.CreateUpDownCounter<int>(
        "registry.import.running",
        "{import}",
        "The imports that run."
    );

    private static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>(
        "registry.import.rows",
        "{row}",
        "The rows of imports, by result."
    );

    /// <summary>Counts a row.</summary>
    /// <param name="result">The result, as the import tells it.</param>
    public static void Count(string result) =>
        Rows.Add(1, new KeyValuePair<string, object?>("registry.import.result", result));
}
