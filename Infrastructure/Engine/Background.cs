using Microsoft.Extensions.Logging;

namespace Registry.Infrastructure.Engine;

/// <summary>Work that goes on beside the requests, as long as the program runs.</summary>
public static class Background
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<bool> Running = new();

    /// <summary>True in what such work calls.</summary>
    internal static bool IsRunning => Running.Value;

    /// <summary>From here on what the calling asynchronous method calls is such work.</summary>
    internal static void Enter() => Running.Value = true;

    /// <summary>
    /// Does the work until it has come to its end or the program stops. Where it fails, that is logged, and after a pause,
    /// which grows from 1 to 30 seconds, the work is begun again: no failure of it ends the program.
    /// </summary>
    /// <param name="what">What it is, for the log: <c>The delivery of changes</c>.</param>
    /// <param name="work">Is begun again after it has failed.</param>
    /// <param name="clock">By which the pauses are made.</param>
    /// <param name="log">Is told of failures.</param>
    /// <param name="stopping">The program stops.</param>
    public static async Task RunAsync(
        string what,
        Func<CancellationToken, Task> work,
        TimeProvider clock,
        ILogger log,
        CancellationToken stopping
    )
    {
        Enter();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
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
#pragma warning disable CA1031 // Whatever it is: those who ask are still served.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (stopping.IsCancellationRequested)
                {
                    log.LogWarning(failure, "{Work} ended with an error.", what);
                    return;
                }

                if (clock.GetElapsedTime(begun) > LongestPause)
                {
                    // It had gone well for a while, so this is not the same failure again.
                    pause = FirstPause;
                }

                log.LogError(failure, "{Work} failed, and begins again after {Seconds} s.", what, pause.TotalSeconds);
            }

            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
