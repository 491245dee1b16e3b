using System.Data.Common;
using Dapper;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>The queue of changes to deliver, and the log of deliveries.</summary>
/// <remarks>
/// One process at a time serves a subscription: the holder of its lease. The lease expires when that process dies.
/// </remarks>
internal sealed class DeliveryQueue(RegistryDatabase database, DeliverySettings settings, TimeProvider clock)
{
    /// <summary>The number of log entries that are kept for each subscription.</summary>
    public const int Kept = 1000;

    /// <summary>The number of changes that one statement reads.</summary>
    private const int Stretch = 200;

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Lists the active subscriptions.</summary>
    public Task<IReadOnlyList<ActiveSubscription>> ActiveAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.RowsAsync<ActiveSubscription>(DeliverySql.Active),
            cancellationToken
        );

    /// <summary>True when this process may serve it now, as far as is known without requesting the lease.</summary>
    public bool IsDue(ActiveSubscription subscription)
    {
        var now = clock.GetUtcNow();
        return subscription.Position < subscription.Last
            && !(subscription.NextAttempt > now)
            && (subscription.LeaseOwner == _owner || !(subscription.LeaseUntil > now));
    }

    /// <summary>Acquires the lease of a subscription.</summary>
    /// <returns>The current subscription, or null when another process has the lease or nothing is due.</returns>
    public Task<Subscription?> TakeAsync(string id, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                var now = clock.GetUtcNow();
                var taken = await connection.ExecuteAsync(
                    DeliverySql.TakeLease,
                    new
                    {
                        Id = id,
                        Owner = _owner,
                        Now = now,
                        Until = now + settings.Lease,
                    },
                    transaction
                );
                return taken == 0
                    ? null
                    : await connection.RowAsync<Subscription>(SubscriptionSql.Find, new { Id = id }, transaction);
            },
            cancellationToken
        );

    public Task FreeAsync(string id) =>
        database.TransactAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(DeliverySql.ReleaseLease, new { Id = id, Owner = _owner }, transaction),
            CancellationToken.None
        );

    /// <summary>Reads the next batch of the change log and applies the filter.</summary>
    /// <returns>The changes to deliver, the last sequence of the batch, and the last sequence of the log.</returns>
    public Task<(IReadOnlyList<SubscribedChange> Changes, long Until, long Last)> NextAsync(
        Subscription subscription,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var last = await connection.QuerySingleAsync<long>(LedgerSql.LastSequence);
                var until = Math.Min(last, subscription.Position + Stretch);
                var changes = await connection.RowsAsync<SubscribedChange>(
                    DeliverySql.Changes,
                    new
                    {
                        After = subscription.Position,
                        Until = until,
                        subscription.Collections,
                        subscription.Operations,
                        subscription.Forum,
                        subscription.State,
                    }
                );
                return (
                    (IReadOnlyList<SubscribedChange>)[.. changes.Where(change => change.HasVerb(subscription.Verbs))],
                    until,
                    last
                );
            },
            cancellationToken
        );

    /// <summary>Moves the position past changes that do not match the filter.</summary>
    /// <returns>Null when the subscription was changed, or another process has the lease.</returns>
    public async Task<Subscription?> SkipAsync(Subscription subscription, long until)
    {
        var moved = await database.TransactAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    DeliverySql.Advance,
                    new
                    {
                        subscription.Id,
                        subscription.Version,
                        Owner = _owner,
                        Position = until,
                        LeaseUntil = clock.GetUtcNow() + settings.Lease,
                    },
                    transaction
                ),
            CancellationToken.None
        );
        return moved == 0 ? null : subscription with { Position = until };
    }

    /// <summary>Stores the result of an attempt and the new state of the subscription, in one transaction.</summary>
    /// <param name="before">The subscription when the message was sent.</param>
    /// <param name="after">The subscription after the attempt.</param>
    /// <param name="delivery">The result of the attempt.</param>
    /// <returns>False when the subscription was changed meanwhile, or another process has the lease.</returns>
    public Task<bool> RecordAsync(Subscription before, Subscription after, Delivery delivery) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                var moved = await connection.ExecuteAsync(
                    DeliverySql.UpdateProgress,
                    new
                    {
                        before.Id,
                        before.Version,
                        Owner = _owner,
                        after.Position,
                        after.Status,
                        after.FailingSince,
                        after.NextAttempt,
                        after.Attempts,
                        after.LastError,
                        NewVersion = after.Version,
                        LeaseUntil = clock.GetUtcNow() + settings.Lease,
                    },
                    transaction
                );
                await LogAsync(connection, transaction, before.Id, delivery);
                return moved > 0;
            },
            CancellationToken.None
        );

    /// <summary>Stores the result of an attempt that does not move the position.</summary>
    public Task LogAsync(string id, Delivery delivery) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                await LogAsync(connection, transaction, id, delivery);
                return 0;
            },
            CancellationToken.None
        );

    /// <summary>
    /// The subscription after an attempt: at the next position, waiting for a retry, paused by its receiver, or parked.
    /// </summary>
    public Subscription After(Subscription subscription, SubscribedChange change, Delivery delivery)
    {
        if (delivery.IsDelivered)
        {
            return subscription with
            {
                Position = change.Sequence,
                FailingSince = null,
                NextAttempt = null,
                Attempts = 0,
                LastError = null,
            };
        }

        var now = clock.GetUtcNow();
        var failed = subscription with
        {
            FailingSince = subscription.FailingSince ?? delivery.At,
            NextAttempt = null,
            Attempts = subscription.Attempts + 1,
            LastError = delivery.Error,
        };
        if (delivery.IsGone)
        {
            return failed with { Status = Words.Of(SubscriptionStatus.Paused), Version = failed.Version + 1 };
        }

        return
            settings.Retries.Next(failed.Attempts, failed.FailingSince.Value, now, Random.Shared.NextDouble())
                is { } next
            ? failed with
            {
                NextAttempt = next,
            }
            : failed with
            {
                Status = Words.Of(SubscriptionStatus.Parked),
                Version = failed.Version + 1,
            };
    }

    private static async Task LogAsync(DbConnection connection, DbTransaction transaction, string id, Delivery delivery)
    {
        var row = new
        {
            SubscriptionId = id,
            delivery.MessageId,
            delivery.Sequence,
            delivery.Attempt,
            delivery.At,
            delivery.Status,
            delivery.Error,
            delivery.Duration,
            Kept,
        };
        await connection.ExecuteAsync(DeliverySql.IncrementDeliveries, row, transaction);
        await connection.ExecuteAsync(DeliverySql.InsertDelivery, row, transaction);
        await connection.ExecuteAsync(DeliverySql.DeleteOldDeliveries, row, transaction);
    }
}

/// <summary>The state of an active subscription.</summary>
internal sealed record ActiveSubscription
{
    public string Id { get; init; } = "";
    public long Position { get; init; }
    public DateTimeOffset? NextAttempt { get; init; }
    public string? LeaseOwner { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The sequence of the last change.</summary>
    public long Last { get; init; }
}
