using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>The metrics of the change log and of its delivery, which are read from the database when they are collected.</summary>
/// <remarks>
/// They are the same in every process on one database. One read serves all of them. While the database cannot be read, they have
/// no value.
/// </remarks>
public sealed class ChangeMeasures : IDisposable
{
    /// <summary>The time for which what was read serves the other metrics of the same collection.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly RegistryDatabase _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<ChangeMeasures> _log;
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly Lock _gate = new();
    private State? _state;
    private long _readAt;

    public ChangeMeasures(RegistryDatabase database, TimeProvider clock, ILogger<ChangeMeasures> log)
    {
        (_database, _clock, _log) = (database, clock, log);
        Gauge(
            "registry.change.sequence",
            "{change}",
            "The sequence of the last change.",
            state => [new(state.Sequence)]
        );
        Gauge(
            "registry.change.age",
            "s",
            "The time since the last change.",
            state => state.Sequence == 0 ? [] : [new(state.SecondsSince(state.Instant))]
        );
        Gauge(
            "registry.webhook.subscriptions",
            "{subscription}",
            "The webhook subscriptions, by status.",
            state => state.Subscriptions.Select(each => Tagged(each.Subscriptions, each.Status))
        );
        Gauge(
            "registry.webhook.backlog",
            "{change}",
            "The changes that the active subscriptions have not passed yet, added up.",
            state => [new(state.Active?.Waiting ?? 0)]
        );
        Gauge(
            "registry.webhook.lag",
            "s",
            "The age of the oldest change that an active subscription has not passed yet; 0 when there is none.",
            state => [new(state.Oldest is { } oldest ? state.SecondsSince(oldest) : 0)]
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static Measurement<double> Tagged(double value, string status) =>
        new(value, new KeyValuePair<string, object?>("registry.webhook.status", status));

    private void Gauge(
        string name,
        string unit,
        string description,
        Func<State, IEnumerable<Measurement<double>>> values
    ) => _meter.CreateObservableGauge(name, () => Read() is { } state ? values(state) : [], unit, description);

    private State? Read()
    {
        lock (_gate)
        {
            if (_readAt != 0 && _clock.GetElapsedTime(_readAt) < Fresh)
            {
                return _state;
            }

            _state = null;
            try
            {
                // Metrics are collected synchronously, on a thread of the collector.
                _state = ReadAsync().GetAwaiter().GetResult();
            }
#pragma warning disable CA1031 // Whatever it is: the other metrics are collected all the same.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _log.LogWarning(failure, "The metrics of changes cannot be read.");
            }

            _readAt = _clock.GetTimestamp();
            return _state;
        }
    }

    private async Task<State> ReadAsync()
    {
        Background.Enter();
        return await _database.InOneStateAsync(async () =>
        {
            var counter = await _database.ReadAsync(
                connection => connection.QuerySingleAsync<Counter>(LedgerSql.ReadCounter),
                CancellationToken.None
            );
            var subscriptions = await _database.ReadAsync(
                connection => connection.RowsAsync<Backlog>(DeliverySql.Backlogs),
                CancellationToken.None
            );
            var active = subscriptions.FirstOrDefault(each => each.Status == DeliverySql.IsActive);
            var oldest = active is { Waiting: > 0 }
                ? await _database.ReadAsync(
                    connection =>
                        connection.QuerySingleOrDefaultAsync<DateTimeOffset?>(
                            DeliverySql.InstantOf,
                            new { Sequence = active.Position + 1 }
                        ),
                    CancellationToken.None
                )
                : null;
            return new State(counter.Sequence, counter.Instant, _clock.GetUtcNow(), subscriptions, active, oldest);
        });
    }

    private sealed record State(
        long Sequence,
        DateTimeOffset Instant,
        DateTimeOffset Now,
        IReadOnlyList<Backlog> Subscriptions,
        Backlog? Active,
        DateTimeOffset? Oldest
    )
    {
        public double SecondsSince(DateTimeOffset instant) => Math.Max(0, (Now - instant).TotalSeconds);
    }

    private sealed record Backlog
    {
        public string Status { get; init; } = "";
        public long Subscriptions { get; init; }
        public long Position { get; init; }
        public long Waiting { get; init; }
    }
}
