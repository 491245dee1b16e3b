using System.Data.Common;
using Dapper;
using Registry.Domain;
using Registry.Domain.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Keys;

/// <summary>The settings of API keys.</summary>
/// <param name="MaxKeys">The maximum number of keys that are not revoked.</param>
public sealed record ApiKeySettings(int MaxKeys);

/// <summary>Stores API keys, their secrets as hashes only. Each change of a key is in the audit log, in its transaction.</summary>
public sealed class ApiKeyStore(RegistryDatabase database, ApiKeySettings settings, TimeProvider clock)
{
    private const string Noun = "key";

    /// <summary>The precision of the time of the last use: a write for each request would cost more than it tells.</summary>
    private static readonly TimeSpan UsePrecision = TimeSpan.FromHours(1);

    /// <summary>True when a key has ever been created.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<int>(ApiKeySql.Count) > 0,
            cancellationToken
        );

    /// <summary>Lists one page of the keys.</summary>
    public Task<ListPage<ApiKey>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(null, session => ApiKeySql.List.ReadAsync<ApiKey>(session, request), cancellationToken);

    /// <summary>Gets a key, also a revoked one.</summary>
    /// <exception cref="NotFoundException">The key does not exist.</exception>
    public Task<ApiKey> GetAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => GetAsync(connection, null, id), cancellationToken);

    /// <summary>Gets the key with a secret, whatever its status; null when there is none.</summary>
    /// <remarks>The secret before a rotation counts during the overlap.</remarks>
    public Task<ApiKey?> FindBySecretAsync(string secret, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var found = await connection.RowsAsync<ApiKey>(
                    ApiKeySql.FindByHash,
                    new { Hash = KeySecret.HashOf(secret), Now = clock.GetUtcNow() }
                );
                return found.Count > 0 ? found[0] : null;
            },
            cancellationToken
        );

    /// <summary>Records that a key was used, at most once an hour.</summary>
    public async Task UseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % UsePrecision.Ticks), TimeSpan.Zero);
        if (key.LastUsedAt >= hour)
        {
            return;
        }

        try
        {
            await database.TransactAsync(
                (connection, transaction) =>
                    connection.ExecuteAsync(ApiKeySql.Use, new { key.Id, Hour = hour }, transaction),
                cancellationToken
            );
        }
        catch (BusyException)
        {
            // A key opens a registry that cannot be written to, too; the next request tries again.
        }
    }

    /// <summary>Creates a key.</summary>
    /// <param name="model">The key.</param>
    /// <param name="audit">The author, for the audit log.</param>
    /// <param name="answers">Stores the response in the same transaction; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The key with its secret, which is shown only here.</returns>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The id exists.</exception>
    public Task<StoredRecord> CreateAsync(
        ApiKeyModel model,
        AuditLog audit,
        KeptAnswers? answers,
        CancellationToken cancellationToken
    )
    {
        var secret = KeySecret.New();
        return database.TransactAsync(
            async (connection, transaction) =>
            {
                await (answers?.StartedAsync(connection, transaction) ?? Task.CompletedTask);
                var now = clock.GetUtcNow();
                RefusePast(model.Expires, now);
                if (
                    await connection.ExecuteScalarAsync<int>(ApiKeySql.CountUsable, transaction: transaction)
                    >= settings.MaxKeys
                )
                {
                    throw new RuleBrokenException("limit-reached", $"There are {settings.MaxKeys} keys already.");
                }

                var key = new ApiKey
                {
                    Id = await IdOfAsync(connection, transaction, model),
                    Hash = KeySecret.HashOf(secret),
                    CreatedBy = audit.Actor,
                    CreatedAt = now,
                    ChangedAt = now,
                    Version = 1,
                }.With(model);
                await InsertAsync(connection, transaction, key);
                await audit.WriteAsync(connection, transaction, AuditAction.KeyCreated, $"keys/{key.Id}");
                var stored = key.ToStored(now, secret);
                await (answers?.EndingAsync(connection, transaction, stored) ?? Task.CompletedTask);
                return stored;
            },
            cancellationToken
        );
    }

    /// <summary>Updates a key with a correction of the current one.</summary>
    /// <exception cref="NotFoundException">The key does not exist.</exception>
    /// <exception cref="VersionUnsaidException">The caller gave no version.</exception>
    /// <exception cref="StaleVersionException">The current version is another one.</exception>
    /// <exception cref="RuleBrokenException">The key is revoked.</exception>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    public Task<StoredRecord> CorrectAsync(
        string id,
        ExpectedVersion expected,
        Func<string, ApiKeyModel> correction,
        AuditLog audit,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                var now = clock.GetUtcNow();
                var held = await GetAsync(connection, transaction, id);
                expected.Check(Noun, id, held.Version);
                RefuseRevoked(held);
                var model = correction(held.ToStored(now).Record);
                _ = model.IdAt(id);
                var next = held.With(model);
                if (next.ExpiresAt != held.ExpiresAt)
                {
                    RefusePast(next.ExpiresAt, now);
                }

                return next == held
                    ? held.ToStored(now)
                    : await ChangeAsync(connection, transaction, next, audit, AuditAction.KeyUpdated, now);
            },
            cancellationToken
        );

    /// <summary>Gives a key a new secret; the former one is accepted for the time of the overlap.</summary>
    /// <returns>The key with its new secret, which is shown only here.</returns>
    /// <exception cref="NotFoundException">The key does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave versions, and the current one is not among them.</exception>
    /// <exception cref="RuleBrokenException">The key is revoked.</exception>
    public Task<StoredRecord> RotateAsync(
        string id,
        ExpectedVersion expected,
        TimeSpan overlap,
        AuditLog audit,
        KeptAnswers? answers,
        CancellationToken cancellationToken
    )
    {
        var secret = KeySecret.New();
        return database.TransactAsync(
            async (connection, transaction) =>
            {
                await (answers?.StartedAsync(connection, transaction) ?? Task.CompletedTask);
                var now = clock.GetUtcNow();
                var held = await GetAsync(connection, transaction, id);
                expected.CheckIfSaid(Noun, id, held.Version);
                RefuseRevoked(held);
                var overlaps = overlap > TimeSpan.Zero;
                var next = held with
                {
                    Hash = KeySecret.HashOf(secret),
                    FormerHash = overlaps ? held.Hash : null,
                    FormerUntil = overlaps ? now + overlap : null,
                };
                var stored = await ChangeAsync(
                    connection,
                    transaction,
                    next,
                    audit,
                    AuditAction.KeyRotated,
                    now,
                    secret
                );
                await (answers?.EndingAsync(connection, transaction, stored) ?? Task.CompletedTask);
                return stored;
            },
            cancellationToken
        );
    }

    /// <summary>Revokes a key: it is refused from the next request on, by every process. A revoked key stays as it is.</summary>
    /// <exception cref="NotFoundException">The key does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave versions, and the current one is not among them.</exception>
    public Task<StoredRecord> RevokeAsync(
        string id,
        ExpectedVersion expected,
        AuditLog audit,
        KeptAnswers? answers,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                await (answers?.StartedAsync(connection, transaction) ?? Task.CompletedTask);
                var now = clock.GetUtcNow();
                var held = await GetAsync(connection, transaction, id);
                expected.CheckIfSaid(Noun, id, held.Version);
                var stored = held.RevokedAt is not null
                    ? held.ToStored(now)
                    : await ChangeAsync(
                        connection,
                        transaction,
                        held with
                        {
                            RevokedAt = now,
                            FormerHash = null,
                            FormerUntil = null,
                        },
                        audit,
                        AuditAction.KeyRevoked,
                        now
                    );
                await (answers?.EndingAsync(connection, transaction, stored) ?? Task.CompletedTask);
                return stored;
            },
            cancellationToken
        );

    private static void RefusePast(DateTimeOffset? expires, DateTimeOffset now)
    {
        if (expires <= now)
        {
            throw new IllegalValueException("expires", "It is in the future.");
        }
    }

    private static void RefuseRevoked(ApiKey held)
    {
        if (held.RevokedAt is not null)
        {
            throw new RuleBrokenException("key-revoked", $"The {Noun} '{held.Id}' is revoked, and cannot be changed.");
        }
    }

    private static async Task<ApiKey> GetAsync(DbConnection connection, DbTransaction? transaction, string id) =>
        await FindAsync(connection, transaction, id) ?? throw new NotFoundException(Noun, id);

    private static Task<ApiKey?> FindAsync(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.RowAsync<ApiKey>(ApiKeySql.Find, new { Id = id }, transaction);

    /// <summary>Gets the given id, or makes one from the label.</summary>
    private static async Task<string> IdOfAsync(DbConnection connection, DbTransaction transaction, ApiKeyModel model)
    {
        if (model.Id is { } given)
        {
            return await FindAsync(connection, transaction, given) is null ? given : throw AlreadyExists(given);
        }

        var proposal = Slug.From(model.Label!) ?? Noun;
        return await FreeIds.FindAsync(
            proposal,
            async id => await FindAsync(connection, transaction, id) is not null,
            "label"
        );
    }

    private async Task InsertAsync(DbConnection connection, DbTransaction transaction, ApiKey key)
    {
        try
        {
            await connection.ExecuteAsync(ApiKeySql.Insert, Parameters(key), transaction);
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            throw AlreadyExists(key.Id);
        }
    }

    private static async Task<StoredRecord> ChangeAsync(
        DbConnection connection,
        DbTransaction transaction,
        ApiKey next,
        AuditLog audit,
        AuditAction action,
        DateTimeOffset now,
        string? secret = null
    )
    {
        var changed = next with { ChangedAt = now };
        if (await connection.ExecuteAsync(ApiKeySql.Update, Parameters(changed), transaction) == 0)
        {
            throw new StaleVersionException(Noun, next.Id);
        }

        await audit.WriteAsync(connection, transaction, action, $"keys/{next.Id}");
        return (changed with { Version = next.Version + 1 }).ToStored(now, secret);
    }

    private static RuleBrokenException AlreadyExists(string id) =>
        new("already-exists", $"There is a {Noun} '{id}' already.");

    // Dapper reads parameters only from public members.
    private static object Parameters(ApiKey row) =>
        new
        {
            row.Id,
            row.Label,
            row.Owner,
            row.Role,
            row.Forums,
            row.Collections,
            row.Tier,
            row.Hash,
            row.FormerHash,
            row.FormerUntil,
            row.ExpiresAt,
            row.RevokedAt,
            row.CreatedBy,
            row.CreatedAt,
            row.ChangedAt,
            row.Version,
        };
}
