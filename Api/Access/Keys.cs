using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Registry.Domain.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>Verifies API keys, and makes the first one.</summary>
internal sealed class Keys(
    ApiKeyStore store,
    RegistryDatabase database,
    IOptions<AccessSettings> settings,
    TimeProvider clock
)
{
    private const string AdminName = "admin";

    /// <summary>The id of the key in the settings, which no key in the database can have.</summary>
    private const string SettingsId = "settings:admin";

    /// <summary>Verifies a key.</summary>
    /// <returns>The caller, or the reason why the key is refused.</returns>
    public async Task<(Caller? Caller, string? Refused)> VerifyAsync(string key, CancellationToken cancellationToken)
    {
        // Compared in constant time, so that the time of an answer tells nothing of the key.
        if (
            settings.Value.AdminKey is { } fromSettings
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(key)),
                SHA256.HashData(Encoding.UTF8.GetBytes(fromSettings))
            )
        )
        {
            return (new Caller(AdminName, SettingsId, Role.Admin, WriteScope.All, QuotaTier.Unlimited, null), null);
        }

        if (KeySecret.IsMalformed(key) || await store.FindBySecretAsync(key, cancellationToken) is not { } known)
        {
            return (null, "is not known.");
        }

        switch (known.StatusAt(clock.GetUtcNow()))
        {
            case KeyStatus.Revoked:
                return (null, "was revoked.");
            case KeyStatus.Expired:
                return (null, "has expired.");
            default:
                await store.UseAsync(known, cancellationToken);
                return (
                    new Caller(known.Label, known.Id, known.Granted, known.Scope, known.Quotas, known.ExpiresAt),
                    null
                );
        }
    }

    /// <summary>The file that the first key is written to.</summary>
    public string FirstKeyFile =>
        Path.GetFullPath(
            settings.Value.FirstKeyFile ?? (database.File is { } file ? $"{file}.admin-key" : "registry.admin-key")
        );

    /// <summary>Creates a key with the role admin when there has never been a key.</summary>
    /// <returns>The key, which the database does not have; null when there was one already.</returns>
    public async Task<string?> MakeFirstAsync(AuditLog audit, CancellationToken cancellationToken)
    {
        if (settings.Value.AdminKey is not null || await store.AnyAsync(cancellationToken))
        {
            return null;
        }

        var created = await store.CreateAsync(
            new ApiKeyModel
            {
                Id = AdminName,
                Label = AdminName,
                Role = Role.Admin,
            },
            audit,
            null,
            cancellationToken
        );
        return System.Text.Json.Nodes.JsonNode.Parse(created.Record)!["key"]!.GetValue<string>();
    }
}
