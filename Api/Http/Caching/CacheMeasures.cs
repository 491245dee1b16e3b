using System.Diagnostics.Metrics;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Http.Caching;

/// <summary>The metrics of the response cache, which are read when they are collected: a hit is too cheap to be told to anybody.</summary>
internal sealed class CacheMeasures : IDisposable
{
    private const string Result = "registry.response_cache.result";
    private const string Unit = "{response}";

    private readonly Meter _meter = new(Telemetry.Name);
    private long _hits;
    private long _misses;

    /// <param name="entries">Gets the number of cached responses.</param>
    public CacheMeasures(Func<int> entries)
    {
        _meter.CreateObservableCounter<long>(
            "registry.response_cache.lookups",
            () =>
                [
                    new(Interlocked.Read(ref _hits), new KeyValuePair<string, object?>(Result, "hit")),
                    new(Interlocked.Read(ref _misses), new KeyValuePair<string, object?>(Result, "miss")),
                ],
            Unit,
            "The responses that can be cached, by result: hit when the cache had it, miss when it was made."
        );
        _meter.CreateObservableUpDownCounter("registry.response_cache.entries", entries, Unit, "The cached responses.");
    }

    /// <summary>Counts a response that the cache had.</summary>
    public void CountHit() => Interlocked.Increment(ref _hits);

    /// <summary>Counts a response that was made.</summary>
    public void CountMiss() => Interlocked.Increment(ref _misses);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
