using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>The measurement of one execution of a statement: its duration, and a span within the trace of its caller.</summary>
/// <remarks>
/// It has the name of the statement (<see cref="StatementNames"/>), never its text or its parameters. Statements outside a trace,
/// such as the polls of background work, have no span.
/// </remarks>
internal readonly struct StatementSpan
{
    private const string System = "db.system.name";
    private const string Summary = "db.query.summary";
    private const string ErrorType = "error.type";

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        "db.client.operation.duration",
        "s",
        "The duration of the statements of the database.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.001, 0.01, 0.1, 1, 10] }
    );

    private readonly long _begun;
    private readonly string _name;
    private readonly string _system;
    private readonly Activity? _span;

    private StatementSpan(string name, string system, Activity? span) =>
        (_begun, _name, _system, _span) = (Stopwatch.GetTimestamp(), name, system, span);

    /// <summary>True when somebody listens.</summary>
    public static bool AreMeasured => Duration.Enabled || Telemetry.Source.HasListeners();

    /// <summary>Begins the measurement of a statement.</summary>
    /// <param name="text">The text of the statement.</param>
    /// <param name="system">The database system, as the semantic conventions name it.</param>
    /// <returns>An empty measurement when nobody listens, or for a statement without a name.</returns>
    public static StatementSpan Begin(string text, string system)
    {
        var traced = Telemetry.Source.HasListeners() && Activity.Current is { IsAllDataRequested: true };
        if ((!traced && !Duration.Enabled) || StatementNames.Of(text) is not { } name)
        {
            return default;
        }

        var caller = Activity.Current;
        var span = traced ? Telemetry.Source.StartActivity(name, ActivityKind.Client) : null;
        if (span is not null)
        {
            // A statement has no spans below it.
            Activity.Current = caller;
            span.SetTag(System, system);
            span.SetTag(Summary, name);
        }

        return new StatementSpan(name, system, span);
    }

    /// <summary>Ends the measurement.</summary>
    /// <param name="error">The error of the statement, of which only the type is told; null when it succeeded.</param>
    public void End(Exception? error = null)
    {
        if (_name is null)
        {
            return;
        }

        var duration = Stopwatch.GetElapsedTime(_begun).TotalSeconds;
        if (error is null)
        {
            Duration.Record(duration, new(System, _system), new(Summary, _name));
        }
        else
        {
            var type = error.GetType().FullName;
            Duration.Record(duration, new(System, _system), new(Summary, _name), new(ErrorType, type));
            _span?.SetTag(ErrorType, type);
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        _span?.Dispose();
    }
}
