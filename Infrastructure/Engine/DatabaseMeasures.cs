using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Infrastructure.Engine;

/// <summary>The metrics of the connections and of the writer of a database, read when they are collected.</summary>
internal sealed class DatabaseMeasures : IDisposable
{
    private const string Unit = "{connection}";
    private static readonly KeyValuePair<string, object?> Pool = new("db.client.connection.pool.name", "registry");
    private static readonly KeyValuePair<string, object?> Used = new("db.client.connection.state", "used");
    private static readonly KeyValuePair<string, object?> Idle = new("db.client.connection.state", "idle");

    private readonly Meter _meter = new(Telemetry.Name);

    /// <param name="used">Gets the number of connections in use.</param>
    /// <param name="idle">Gets the number of open connections that are not in use; null when the driver keeps them.</param>
    /// <param name="gate">The limit of the connections; null on SQLite.</param>
    /// <param name="writer">The single writer; null on a server.</param>
    /// <param name="faults">The repetition after transient faults of a server.</param>
    public DatabaseMeasures(
        Func<int> used,
        Func<int>? idle,
        ConnectionGate? gate,
        WriterQueue? writer,
        TransientFaults? faults
    )
    {
        _meter.CreateObservableUpDownCounter<int>(
            "db.client.connection.count",
            () =>
                idle is null
                    ? [new Measurement<int>(used(), Pool, Used)]
                    : [new Measurement<int>(used(), Pool, Used), new Measurement<int>(idle(), Pool, Idle)],
            Unit,
            "The connections of the pool for reads, by state; on a server those for writes, too."
        );
        if (gate is not null)
        {
            _meter.CreateObservableUpDownCounter(
                "db.client.connection.max",
                () => new Measurement<int>(gate.Places, Pool),
                Unit,
                "The maximum number of connections."
            );
            _meter.CreateObservableUpDownCounter(
                "db.client.connection.pending_requests",
                () => new Measurement<int>(gate.Waiting, Pool),
                "{request}",
                "The requests that wait for a connection."
            );
            _meter.CreateObservableCounter(
                "db.client.connection.timeouts",
                () => new Measurement<long>(gate.Timeouts, Pool),
                "{timeout}",
                "The requests that got no connection in time."
            );
        }

        if (gate is not null && faults is not null)
        {
            _meter.CreateObservableCounter(
                "registry.db.repetitions",
                () =>
                    faults.Repetitions.Select(each => new Measurement<long>(
                        each.Value,
                        new("db.operation.name", each.Key.Operation),
                        new("db.response.status_code", each.Key.Error)
                    )),
                "{repetition}",
                "The reads and writes that were repeated after a transient fault of the server."
            );
        }

        if (writer is not null)
        {
            _meter.CreateObservableUpDownCounter(
                "registry.db.write_queue.length",
                () => writer.Length,
                "{write}",
                "The writes that wait for the single writer of the SQLite file."
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
