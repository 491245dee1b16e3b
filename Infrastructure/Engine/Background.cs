using Microsoft.Extensions.Logging;

namespace Registry.Infrastructure.Engine;

/// <summary>Background work for the lifetime of the program.</summary>
public static class Background
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<bool> Running = new();

    /// <summary>True within background work.</summary>
    internal static bool IsRunning => Running.Value;

    /// <summary>Marks the calling asynchronous method, and what it calls from here on, as background work.</summary>
    internal static void Enter() => Running.Value = true;

    /// <summary>Runs the work until it completes or the program stops.</summary>
    /// <remarks>
    /// A failure is logged, and the work restarts after a back-off of 1 to 30 seconds: no failure ends the program.
    /// </remarks>
    /// <param name="what">The name for the log: <c>The delivery of changes</c>.</param>
    /// <param name="work">The work, which is restarted after a failure.</param>
    /// <param name="clock">The clock for the back-off.</param>
    /// <param name="log">The log for failures.</param>
    /// <param name="stopping">Signals that the program stops.</param>
    public static async Task RunAsync(
        string what,
        Func<CancellationToken, Task> work,
        TimeProvider clock,
        ILogger log,
        CancellationToken stopping
    )
    {
        Enter();
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
}
