using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Registry.Domain;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Waits at the start for a server that is down, starting or failing over.</summary>
/// <remarks>
/// An SQLite file is not waited for: what is wrong with it is its folder, its disk or the file itself.
/// </remarks>
public sealed class ServerWait(RegistryDatabase database, TimeProvider clock, ILogger<ServerWait> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Prepares the database, and begins again as long as its server is not available.</summary>
    /// <param name="preparation">
    /// The preparation, which may be called several times. It calls its argument when the server has answered.
    /// </param>
    /// <param name="time">The time from the beginning, or from the last answer, for which the server may be unavailable.</param>
    /// <param name="stopping">Signals that the program stops.</param>
    /// <exception cref="BusyException">The server was not available in time, or the error does not pass by itself.</exception>
    public async Task RunAsync(Func<Action, Task> preparation, TimeSpan time, CancellationToken stopping)
    {
        var (since, told) = (clock.GetTimestamp(), false);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = int.MaxValue,
                    Delay = Pause,
                    UseJitter = true,
                    ShouldHandle = outcome => ValueTask.FromResult(IsWaitedFor(outcome.Outcome.Exception)),
                    OnRetry = outcome =>
                    {
                        Tell((BusyException)outcome.Outcome.Exception!);
                        return default;
                    },
                }
            )
            .Build();
        await pipeline.ExecuteAsync(async _ => await preparation(() => since = clock.GetTimestamp()), stopping);

        bool IsWaitedFor(Exception? error) =>
            !database.Dialect.IsEmbedded
            && error is BusyException { Cause: { } cause } and not StorageFullException
            && Outages.Has(cause)
            && clock.GetElapsedTime(since) < time;

        void Tell(BusyException busy)
        {
            if (!told)
            {
                told = true;
                log.LogWarning(
                    "The database is not available. The start waits for it, up to {Seconds} s. {Reason}",
                    time.TotalSeconds,
                    busy.Cause!.Message.ReplaceLineEndings(" ")
                );
            }
        }
    }
}
