using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>
/// Delivers changes to subscribers: at least once, and to each subscriber in the order of the change log.
/// </summary>
/// <remarks>Any number of processes can deliver from one database.</remarks>
public sealed class ChangeDelivery : IDisposable
{
    /// <summary>
    /// The interval at which a process with active subscriptions polls for the writes of other processes.
    /// </summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The interval at which a process without active subscriptions polls for those that were created elsewhere.
    /// </summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>The name of the worker in metrics.</summary>
    private const string Worker = "deliveries";

    private readonly DeliveryQueue _queue;
    private readonly MessageSender _sender;
    private readonly SubscriptionStore _store;
    private readonly ChangeSignal _signal;
    private readonly TimeProvider _clock;
    private readonly ILogger<ChangeDelivery> _log;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ConcurrentDictionary<string, Task> _serving = new(StringComparer.Ordinal);
    private volatile bool _servesAnybody;

    internal ChangeDelivery(
        DeliveryQueue queue,
        MessageSender sender,
        SubscriptionStore store,
        ChangeSignal signal,
        TimeProvider clock,
        ILogger<ChangeDelivery> log
    ) => (_queue, _sender, _store, _signal, _clock, _log) = (queue, sender, store, signal, clock, log);

    /// <summary>Delivers changes until it is stopped.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Background.RunAsync(Worker, "The delivery of changes", ServeAllAsync, _clock, _log, stopping);

    /// <summary>Sends a test message, which has no change, and gets the result.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    public async Task<DeliveryModel> TestAsync(string id, CancellationToken cancellationToken)
    {
        var subscription = await _store.GetAsync(id, cancellationToken);
        var message = Message.Test(subscription, _clock.GetUtcNow());
        var delivery = await _sender.SendAsync(subscription, message, null, 1, cancellationToken);
        await _queue.LogAsync(id, delivery);
        return delivery.ToModel();
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private async Task ServeAllAsync(CancellationToken stopping)
    {
        _store.Changed += Wake;
        _signal.Announced += WakeIfServing;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await _wake.WaitAsync(await PollAsync(stopping), stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Cancellation is the normal end.
        }
        finally
        {
            _store.Changed -= Wake;
            _signal.Announced -= WakeIfServing;
            await Task.WhenAll(_serving.Values);
        }
    }

    private void WakeIfServing()
    {
        if (_servesAnybody)
        {
            Wake();
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken.
        }
    }

    /// <summary>Starts a worker for every subscription that is due.</summary>
    /// <returns>The time until the next poll, unless the loop is woken before.</returns>
    private async Task<TimeSpan> PollAsync(CancellationToken stopping)
    {
        try
        {
            var active = await _queue.ActiveAsync(stopping);
            _servesAnybody = active.Count > 0;
            foreach (var subscription in active.Where(_queue.IsDue))
            {
                Serve(subscription.Id, stopping);
            }

            var soonest = active.Min(subscription => subscription.NextAttempt) - _clock.GetUtcNow();
            return !_servesAnybody ? Idle
                : soonest > TimeSpan.Zero && soonest < PollInterval ? soonest.Value
                : PollInterval;
        }
        catch (BusyException busy)
        {
            _log.LogWarning(busy.Cause, "The subscriptions cannot be read now.");
            return Idle;
        }
    }

    private void Serve(string id, CancellationToken stopping)
    {
        if (_serving.ContainsKey(id))
        {
            return;
        }

        // Only this loop adds workers, so a missing one cannot be added concurrently.
        var serving = Task.Run(() => ServeAsync(id, stopping), CancellationToken.None);
        _serving[id] = serving;
        _ = serving.ContinueWith(
            served =>
            {
                _serving.TryRemove(id, out Task? _);
                if (served.Result)
                {
                    // A change may have been written between its last poll and its end.
                    Wake();
                }
            },
            TaskScheduler.Default
        );
    }

    /// <returns>True when nothing was left to send; false when it should pause before the next attempt.</returns>
    private async Task<bool> ServeAsync(string id, CancellationToken stopping)
    {
        try
        {
            if (await _queue.TakeAsync(id, stopping) is not { } subscription)
            {
                return false;
            }

            try
            {
                await DeliverAsync(subscription, stopping);
            }
            finally
            {
                await _queue.FreeAsync(id);
            }

            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A message that was in progress is sent again, with the same id.
            return false;
        }
        catch (Exception error)
        {
            Background.CountFailure(Worker);

            // No change is lost: the position has not moved.
            _log.LogError(error, "Changes cannot be delivered to {Subscription}.", id);
            return false;
        }
    }

    private async Task DeliverAsync(Subscription subscription, CancellationToken stopping)
    {
        Subscription? held = subscription;
        while (held is not null)
        {
            var (changes, until, last) = await _queue.NextAsync(held, stopping);
            foreach (var change in changes)
            {
                if (await DeliverAsync(held, change, stopping) is not { } moved)
                {
                    return;
                }

                held = moved;
            }

            if (held.Position < until)
            {
                held = await _queue.SkipAsync(held, until);
            }

            if (until == last)
            {
                return;
            }
        }
    }

    /// <returns>The subscription at its new position, or null when nothing more is to be sent now.</returns>
    private async Task<Subscription?> DeliverAsync(
        Subscription subscription,
        SubscribedChange change,
        CancellationToken stopping
    )
    {
        var message = Message.Of(subscription, change);
        var attempt = subscription.Attempts + 1;
        var delivery = await _sender.SendAsync(subscription, message, change.Sequence, attempt, stopping);
        var after = _queue.After(subscription, change, delivery);
        var kept = await _queue.RecordAsync(subscription, after, delivery);
        if (kept && !after.IsActive)
        {
            _log.LogWarning(
                "The subscription {Subscription} is {Status}: {Error}",
                subscription.Id,
                after.Status,
                after.LastError
            );
        }

        return kept && delivery.IsDelivered ? after : null;
    }
}
