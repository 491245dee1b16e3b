using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Registry.Infrastructure.Engine;

/// <summary>The source of the metrics and spans of the program, named by the semantic conventions of OpenTelemetry.</summary>
/// <remarks>
/// An instrument that nobody listens to costs a comparison. Tags are words of the program, such as the name of a statement or a
/// problem type; they never have contents of records, parameters, addresses or secrets.
/// </remarks>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Registry";

    /// <summary>The instruments that belong to the program as a whole; those of one database have a meter of their own.</summary>
    public static readonly Meter Meter = new(Name);

    internal static readonly ActivitySource Source = new(Name);
}
