using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Polly;
using Polly.Retry;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>Repeats reads and writes that failed by a fault which is usually over within a second.</summary>
/// <remarks>
/// Work is repeated as a whole, with a new connection: a write in a new transaction, a read of several statements in a new
/// snapshot. A write whose commit was sent is not repeated, because it may have been committed. Background work is not, because
/// its workers restart by themselves, and neither is a caller who has left.
/// </remarks>
internal sealed class TransientFaults
{
    private static readonly ResiliencePropertyKey<Attempts> Key = new(nameof(Attempts));

    private readonly ConcurrentDictionary<(string Operation, string Error), long> _repetitions = [];
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeSpan _time;

    /// <summary>The repetition of the program: three times, within some 3 seconds and a half.</summary>
    public TransientFaults()
        : this(3, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3)) { }

    /// <param name="repetitions">The maximum number of repetitions, from 1.</param>
    /// <param name="pause">The median pause before the first repetition; the next ones are longer.</param>
    /// <param name="time">The time from the beginning after which no further attempt begins.</param>
    public TransientFaults(int repetitions, TimeSpan pause, TimeSpan time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = repetitions,
                    Delay = pause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = outcome =>
                        ValueTask.FromResult(
                            outcome.Outcome.Exception is { } error && AttemptsOf(outcome.Context).MayRepeatAfter(error)
                        ),
                    OnRetry = outcome =>
                    {
                        Count(AttemptsOf(outcome.Context), outcome.Outcome.Exception!);
                        return default;
                    },
                }
            )
            .Build();
    }

    /// <summary>The number of repetitions so far, by operation and by the number of the error that caused them.</summary>
    public IEnumerable<KeyValuePair<(string Operation, string Error), long>> Repetitions => _repetitions;

    /// <summary>Runs work, and repeats it after transient faults.</summary>
    /// <param name="operation">The word in metrics: <c>read</c>, <c>write</c>.</param>
    /// <param name="work">The work, which may be called several times.</param>
    /// <param name="cancellationToken">Signals that the caller has left.</param>
    /// <exception cref="BusyException">The fault remained, or the work cannot be repeated.</exception>
    public async Task<T> RunAsync<T>(
        string operation,
        Func<Attempts, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var attempts = new Attempts(operation, _time);
        if (Background.IsRunning)
        {
            return await work(attempts);
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Key, attempts);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (_, state) => await state.work(state.attempts),
                context,
                (work, attempts)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Attempts AttemptsOf(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    private void Count(Attempts attempts, Exception error)
    {
        var number = (error as BusyException)?.Cause is SqlException server
            ? server.Number.ToString(CultureInfo.InvariantCulture)
            : "other";
        _repetitions.AddOrUpdate((attempts.Operation, number), 1, (_, count) => count + 1);
    }

    /// <summary>The attempts of one piece of work.</summary>
    /// <param name="operation">The word in metrics.</param>
    /// <param name="time">The time after which no further attempt begins.</param>
    public sealed class Attempts(string operation, TimeSpan time)
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        /// <summary>The word in metrics.</summary>
        public string Operation => operation;

        /// <summary>True when the commit may have reached the server, so that the work may be done.</summary>
        public bool MayBeDone { get; set; }

        /// <summary>True when the work may be repeated after an error.</summary>
        public bool MayRepeatAfter(Exception error) =>
            !MayBeDone
            && error is BusyException { Cause: { } cause }
            && Outages.IsTransient(cause)
            && Stopwatch.GetElapsedTime(_started) < time;
    }
}
