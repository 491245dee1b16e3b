using Microsoft.Extensions.Logging;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;

namespace Registry.Infrastructure.Changes;

/// <summary>Wakes those who wait for the next change, however many they are, at the cost of one look at a time.</summary>
/// <remarks>
/// What this process commits is announced at once. Changes by other processes on the same database show in the counter,
/// which is looked at every quarter of a second as long as anybody waits, and not at all when nobody does.
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

    /// <summary>Tells those who do something else meanwhile that there are changes.</summary>
    public event Action? Announced;

    internal override void Committed(long sequence) => Announce(sequence);

    /// <summary>Tells that all changes up to this one are committed.</summary>
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

    /// <summary>Waits until there is a change after the one given, or the time is over.</summary>
    /// <returns>False where the time was over first.</returns>
    /// <exception cref="OperationCanceledException">The wait was called off.</exception>
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

                    // It is nobody's in particular, least of all that of the first who waits.
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

    /// <summary>Ends the looks at the counter.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    // The waiters go on where the announcer commits, not in its place.
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
#pragma warning disable CA1031 // Whatever it is: the next look may succeed, and nobody else begins to look.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (closing.IsCancellationRequested)
                {
                    return;
                }

                // The waiters hear of it at their own next read.
                if (!failing)
                {
                    log.LogWarning(failure, "The counter of changes cannot be looked at; it is tried again.");
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
