using Microsoft.Extensions.Logging;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Changes;

/// <summary>Wakes all waiters for the next change, at the cost of one poll at a time.</summary>
/// <remarks>
/// A commit of this process is announced at once. The commits of other processes on the same database are found by
/// polling the counter every quarter of a second, as long as somebody waits.
/// </remarks>
public sealed class ChangeSignal(SequenceWatch watch, ILogger<ChangeSignal> log) : TransactionObserver, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource _next = NewSource();
    private long _head;
    private int _waiting;
    private bool _watching;

    /// <summary>Raised when there are changes, for components that do not wait.</summary>
    public event Action? Announced;

    internal override void Committed(long sequence) => Announce(sequence);

    /// <summary>Announces that all changes up to a sequence are committed.</summary>
    public void Announce(long sequence)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            if (sequence <= _head)
            {
                return;
            }

            _head = sequence;
            (reached, _next) = (_next, NewSource());
        }

        reached.SetResult();
        Announced?.Invoke();
    }

    /// <summary>Waits for a change after the given sequence, or for the timeout.</summary>
    /// <returns>False when the timeout came first.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<bool> WaitBeyondAsync(long sequence, TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_head > sequence)
                {
                    return true;
                }

                next = _next.Task;
                _waiting++;
                if (!_watching)
                {
                    _watching = true;

                    // The poll is shared by all waiters, so the cancellation of one does not end it.
                    using (ExecutionContext.SuppressFlow())
                    {
                        _ = Task.Run(WatchAsync, CancellationToken.None);
                    }
                }
            }

            try
            {
                var left = Math.Max(0, until - Environment.TickCount64);
                await next.WaitAsync(TimeSpan.FromMilliseconds(left), cancellationToken);
            }
            catch (TimeoutException)
            {
                return false;
            }
            finally
            {
                lock (_gate)
                {
                    _waiting--;
                }
            }
        }
    }

    /// <summary>Stops polling the counter.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    // The continuations of the waiters must not run on the thread that commits.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync()
    {
        Background.Enter();
        var closing = _closing.Token;
        var failing = false;
        while (!closing.IsCancellationRequested)
        {
            try
            {
                Announce(await watch.SequenceAsync(closing));
                failing = false;
            }
#pragma warning disable CA1031 // Whatever it is: the next poll may succeed, and nothing else restarts polling.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (closing.IsCancellationRequested)
                {
                    return;
                }

                Background.CountFailure("changes");

                // The waiters see the error at their own next read.
                if (!failing)
                {
                    log.LogWarning(failure, "The counter of changes cannot be read; the read is repeated.");
                }

                failing = true;
            }

            await Task.Delay(Interval, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                if (_waiting == 0)
                {
                    _watching = false;
                    return;
                }
            }
        }
    }
}
