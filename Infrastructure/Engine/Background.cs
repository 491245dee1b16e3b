using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Registry.Infrastructure.Engine;

/// <summary>Background work for the lifetime of the program.</summary>
public static class Background
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<bool> Running = new();

    private static readonly ConcurrentDictionary<string, Worker> Workers = new(StringComparer.Ordinal);

    static Background()
    {
        Telemetry.Meter.CreateObservableUpDownCounter(
            "registry.worker.running",
            () => Workers.Select(worker => Measured(Volatile.Read(ref worker.Value.Running), worker.Key)),
            "{worker}",
            "The background workers that run."
        );
        Telemetry.Meter.CreateObservableCounter(
            "registry.worker.failures",
            () => Workers.Select(worker => Measured(Interlocked.Read(ref worker.Value.Failures), worker.Key)),
            "{failure}",
            "The failures of background workers, after each of which they restart or try again."
        );

        static Measurement<T> Measured<T>(T value, string worker)
            where T : struct => new(value, new KeyValuePair<string, object?>("registry.worker.name", worker));
    }

    /// <summary>True within background work.</summary>
    internal static bool IsRunning => Running.Value;

    /// <summary>Marks the calling asynchronous method, and what it calls from here on, as background work.</summary>
    internal static void Enter() => Running.Value = true;

    /// <summary>Runs the work until it completes or the program stops.</summary>
    /// <remarks>
    /// A failure is logged, and the work restarts after a back-off of 1 to 30 seconds: no failure ends the program.
    /// </remarks>
    /// <param name="name">The name in metrics: <c>deliveries</c>.</param>
    /// <param name="what">The name for the log: <c>The delivery of changes</c>.</param>
    /// <param name="work">The work, which is restarted after a failure.</param>
    /// <param name="clock">The clock for the back-off.</param>
    /// <param name="log">The log for failures.</param>
    /// <param name="stopping">Signals that the program stops.</param>
    public static async Task RunAsync(
        string name,
        string what,
        Func<CancellationToken, Task> work,
        TimeProvider clock,
        ILogger log,
        CancellationToken stopping
    )
    {
        Enter();
        var worker = Workers.GetOrAdd(name, _ => new Worker());
        Interlocked.Increment(ref worker.Running);
        try
        {
            await RunAsync(worker, what, work, clock, log, stopping);
        }
        finally
        {
            Interlocked.Decrement(ref worker.Running);
        }
    }

    /// <summary>Counts a failure from which a worker recovers by itself.</summary>
    /// <param name="name">The name of the worker in metrics.</param>
    internal static void CountFailure(string name) =>
        Interlocked.Increment(ref Workers.GetOrAdd(name, _ => new Worker()).Failures);

    private static async Task RunAsync(
        Worker worker,
        string what,
        Func<CancellationToken, Task> work,
        TimeProvider clock,
        ILogger log,
        CancellationToken stopping
    )
    {
        for (var pause = FirstPause; ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            var begun = clock.GetTimestamp();
            try
            {
                await work(stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: requests are still served.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (stopping.IsCancellationRequested)
                {
                    log.LogWarning(failure, "{Work} ended with an error.", what);
                    return;
                }

                Interlocked.Increment(ref worker.Failures);
                if (clock.GetElapsedTime(begun) > MaxPause)
                {
                    // The work ran well for a while, so this is a new failure.
                    pause = FirstPause;
                }

                log.LogError(failure, "{Work} failed, and restarts after {Seconds} s.", what, pause.TotalSeconds);
            }

            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The counts of a background worker, which are read when metrics are collected.</summary>
    private sealed class Worker
    {
        public int Running;
        public long Failures;
    }
}
