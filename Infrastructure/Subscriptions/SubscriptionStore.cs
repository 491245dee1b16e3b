using System.Data.Common;
using Dapper;
using Registry.Domain;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>Stores subscriptions and the log of deliveries.</summary>
public sealed class SubscriptionStore(
    RegistryDatabase database,
    SecretSafe safe,
    DeliverySettings settings,
    TimeProvider clock
)
{
    private const string Noun = "subscription";

    /// <summary>The time for which a replaced secret still signs beside the new one.</summary>
    private static readonly TimeSpan FormerSecretLife = TimeSpan.FromDays(1);

    /// <summary>Signals that a subscription was created or changed, so that it is served at once.</summary>
    public event Action? Changed;

    /// <summary>Lists one page of the subscriptions.</summary>
    public Task<ListPage<Subscription>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(
            null,
            session => SubscriptionSql.List.ReadAsync<Subscription>(session, request),
            cancellationToken
        );

    /// <summary>Lists one page of the attempts to deliver messages of a subscription.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    public async Task<ListPage<Delivery>> DeliveriesAsync(
        string id,
        ListRequest request,
        CancellationToken cancellationToken
    )
    {
        await GetAsync(id, cancellationToken);
        return await database.ReadAsync(
            null,
            session => SubscriptionSql.Deliveries.ReadAsync<Delivery>(session, request),
            cancellationToken
        );
    }

    /// <summary>Gets the current subscription.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    public Task<Subscription> GetAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => GetAsync(connection, null, id), cancellationToken);

    /// <summary>Creates a subscription.</summary>
    /// <param name="model">The subscription.</param>
    /// <param name="author">The author.</param>
    /// <param name="answers">Stores the response in the same transaction.</param>
    /// <param name="audit">The audit log.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The record with its secret, which is shown only here.</returns>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The id exists, or belonged to a deleted record.</exception>
    public async Task<StoredRecord> CreateAsync(
        SubscriptionModel model,
        string author,
        KeptAnswers answers,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var secret = model.Secret is null ? SigningSecret.New() : SigningSecret.Parse(model.Secret);
        var created = await database.TransactAsync(
            async (connection, transaction) =>
            {
                await answers.StartedAsync(connection, transaction);
                var last = await connection.QuerySingleAsync<long>(LedgerSql.LastSequence, transaction: transaction);
                if (model.After > last)
                {
                    throw new IllegalValueException("after", $"The last change has the sequence {last}.");
                }

                if (
                    await connection.ExecuteScalarAsync<int>(SubscriptionSql.Count, transaction: transaction)
                    >= settings.MaxSubscriptions
                )
                {
                    throw new RuleBrokenException(
                        "limit-reached",
                        $"There are {settings.MaxSubscriptions} subscriptions already."
                    );
                }

                var now = clock.GetUtcNow();
                var subscription = new Subscription
                {
                    Id = await IdOfAsync(connection, transaction, model),
                    Url = model.Url!,
                    SecretProtected = safe.Close(secret),
                    Position = model.After ?? last,
                    Status = StatusOf(model.Paused ?? false),
                    CreatedBy = author,
                    CreatedAt = now,
                    ChangedAt = now,
                }.With(model.Filter);
                await InsertAsync(connection, transaction, subscription);
                await NoteAsync(audit, connection, transaction, subscription.Id);
                var stored = (await GetAsync(connection, transaction, subscription.Id)).ToStored(secret.Reveal());
                await answers.EndingAsync(connection, transaction, stored);
                return stored;
            },
            cancellationToken
        );
        Changed?.Invoke();
        return created;
    }

    /// <summary>Updates a subscription with a correction of the current one.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    /// <exception cref="VersionUnsaidException">The caller gave no version.</exception>
    /// <exception cref="StaleVersionException">The current version is another one.</exception>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    public async Task<StoredRecord> CorrectAsync(
        string id,
        ExpectedVersion expected,
        Func<string, SubscriptionModel> correction,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var corrected = await database.TransactAsync(
            async (connection, transaction) =>
            {
                var held = await GetAsync(connection, transaction, id);
                expected.Check(Noun, id, held.Version);
                var model = correction(held.ToStored().Record);
                _ = model.IdAt(id);
                RefuseFixed(model);
                var paused = model.Paused ?? false;
                var next = (held with { Url = model.Url!, ChangedAt = clock.GetUtcNow() }).With(model.Filter);
                if (paused == held.IsActive)
                {
                    next = next with { Status = StatusOf(paused) };
                }

                // A receiver that may work again is tried at once, and has a full day again before it is parked.
                if (next.IsActive && (!held.IsActive || next.Url != held.Url))
                {
                    next = next with { FailingSince = null, NextAttempt = null, Attempts = 0, LastError = null };
                }

                if (next with { ChangedAt = held.ChangedAt } == held)
                {
                    return held;
                }

                await ChangeAsync(connection, transaction, SubscriptionSql.Update, next);
                await NoteAsync(audit, connection, transaction, id);
                return await GetAsync(connection, transaction, id);
            },
            cancellationToken
        );
        Changed?.Invoke();
        return corrected.ToStored();
    }

    /// <summary>Replaces the secret of a subscription; the former one also signs for another day.</summary>
    /// <returns>The record with its new secret, which is shown only here.</returns>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    /// <exception cref="StaleVersionException">
    /// The caller gave versions, and the current one is not among them.
    /// </exception>
    /// <exception cref="IllegalValueException">The secret is not valid.</exception>
    public async Task<StoredRecord> RotateAsync(
        string id,
        ExpectedVersion expected,
        string? given,
        KeptAnswers answers,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var secret = given is null ? SigningSecret.New() : SigningSecret.Parse(given);
        return await database.TransactAsync(
            async (connection, transaction) =>
            {
                await answers.StartedAsync(connection, transaction);
                var held = await GetAsync(connection, transaction, id);
                expected.CheckIfSaid(Noun, id, held.Version);
                var now = clock.GetUtcNow();
                await ChangeAsync(
                    connection,
                    transaction,
                    SubscriptionSql.RotateSecret,
                    held with
                    {
                        SecretProtected = safe.Close(secret),
                        FormerSecretUntil = now + FormerSecretLife,
                        ChangedAt = now,
                    }
                );
                await NoteAsync(audit, connection, transaction, id);
                var stored = (await GetAsync(connection, transaction, id)).ToStored(secret.Reveal());
                await answers.EndingAsync(connection, transaction, stored);
                return stored;
            },
            cancellationToken
        );
    }

    /// <summary>Deletes a subscription with its secrets and its log. Its id cannot be used again.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The subscription was deleted.</exception>
    /// <exception cref="VersionUnsaidException">The caller gave no version.</exception>
    /// <exception cref="StaleVersionException">The current version is another one.</exception>
    public Task DeleteAsync(string id, ExpectedVersion expected, AuditLog audit, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                var held = await GetAsync(connection, transaction, id);
                expected.Check(Noun, id, held.Version);
                await ChangeAsync(
                    connection,
                    transaction,
                    SubscriptionSql.Delete,
                    held with
                    {
                        ChangedAt = clock.GetUtcNow(),
                    }
                );
                await NoteAsync(audit, connection, transaction, id);
                return await connection.ExecuteAsync(SubscriptionSql.DeleteDeliveries, new { Id = id }, transaction);
            },
            cancellationToken
        );

    private static Task NoteAsync(AuditLog audit, DbConnection connection, DbTransaction transaction, string id) =>
        audit.WriteAsync(connection, transaction, AuditAction.Written, $"subscriptions/{id}");

    private static void RefuseFixed(SubscriptionModel model)
    {
        if (model.Secret is not null)
        {
            throw new IllegalValueException("secret", "It is replaced by POST to /secret.");
        }

        if (model.After is not null)
        {
            throw new IllegalValueException("after", "It is available only for a new subscription.");
        }
    }

    private static string StatusOf(bool paused) =>
        Words.Of(paused ? SubscriptionStatus.Paused : SubscriptionStatus.Active);

    private static async Task<Subscription> GetAsync(DbConnection connection, DbTransaction? transaction, string id) =>
        await FindAsync(connection, transaction, id) switch
        {
            null => throw new NotFoundException(Noun, id),
            { IsDeleted: true } => throw new GoneException(Noun, id),
            var held => held,
        };

    private static Task<Subscription?> FindAsync(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.RowAsync<Subscription>(SubscriptionSql.Find, new { Id = id }, transaction);

    /// <summary>Gets the given id, or makes one from the host.</summary>
    private static async Task<string> IdOfAsync(
        DbConnection connection,
        DbTransaction transaction,
        SubscriptionModel model
    )
    {
        if (model.Id is { } given)
        {
            return await FindAsync(connection, transaction, given) switch
            {
                null => given,
                { IsDeleted: true } => throw new RuleBrokenException(
                    "id-retired",
                    $"The {Noun} '{given}' was deleted; its id cannot be used again."
                ),
                _ => throw AlreadyExists(given),
            };
        }

        var proposal = Slug.From(new Uri(model.Url!).IdnHost) ?? Noun;
        return await FreeIds.FindAsync(
            proposal,
            async id => await FindAsync(connection, transaction, id) is not null,
            "host"
        );
    }

    private async Task InsertAsync(DbConnection connection, DbTransaction transaction, Subscription subscription)
    {
        try
        {
            await connection.ExecuteAsync(SubscriptionSql.Insert, Parameters(subscription), transaction);
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            throw AlreadyExists(subscription.Id);
        }
    }

    private static async Task ChangeAsync(
        DbConnection connection,
        DbTransaction transaction,
        string statement,
        Subscription subscription
    )
    {
        if (await connection.ExecuteAsync(statement, Parameters(subscription), transaction) == 0)
        {
            throw new StaleVersionException(Noun, subscription.Id);
        }
    }

    private static RuleBrokenException AlreadyExists(string id) =>
        new("already-exists", $"There is a {Noun} '{id}' already.");

    // Dapper reads parameters only from public members.
    private static object Parameters(Subscription row) =>
        new
        {
            row.Id,
            row.Url,
            row.Collections,
            row.Forum,
            row.State,
            row.Operations,
            row.Verbs,
            row.SecretProtected,
            row.FormerSecretUntil,
            row.Position,
            row.Status,
            row.FailingSince,
            row.NextAttempt,
            row.Attempts,
            row.LastError,
            row.CreatedBy,
            row.CreatedAt,
            row.ChangedAt,
            row.Version,
        };
}
