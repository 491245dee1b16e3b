using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Keys;

internal static class ApiKeySql
{
    private const string Columns =
        "k.Id, k.Label, k.Owner, k.Role, k.Forums, k.Collections, k.Tier, k.Hash, k.FormerHash, k.FormerUntil, "
        + "k.ExpiresAt, k.RevokedAt, k.LastUsedAt, k.CreatedBy, k.CreatedAt, k.ChangedAt, k.Version";

    public const string Count = "SELECT COUNT(*) FROM ApiKey";

    public const string CountUsable = "SELECT COUNT(*) FROM ApiKey WHERE RevokedAt IS NULL";

    public const string Find = $"SELECT {Columns} FROM ApiKey k WHERE k.Id = @Id";

    // Two statements in one, so that each hash is found by its own index.
    public const string FindByHash = $"""
        SELECT {Columns} FROM ApiKey k WHERE k.Hash = @Hash
        UNION ALL
        SELECT {Columns} FROM ApiKey k WHERE k.FormerHash = @Hash AND k.FormerUntil > @Now
        """;

    public const string Insert = """
        INSERT INTO ApiKey (Id, Label, Owner, Role, Forums, Collections, Tier, Hash, ExpiresAt, CreatedBy, CreatedAt,
            ChangedAt, Version)
        VALUES (@Id, @Label, @Owner, @Role, @Forums, @Collections, @Tier, @Hash, @ExpiresAt, @CreatedBy, @CreatedAt,
            @ChangedAt, 1)
        """;

    public const string Update = """
        UPDATE ApiKey SET Label = @Label, Owner = @Owner, Role = @Role, Forums = @Forums, Collections = @Collections,
            Tier = @Tier, Hash = @Hash, FormerHash = @FormerHash, FormerUntil = @FormerUntil, ExpiresAt = @ExpiresAt,
            RevokedAt = @RevokedAt, ChangedAt = @ChangedAt, Version = Version + 1
        WHERE Id = @Id AND Version = @Version
        """;

    public const string Use = "UPDATE ApiKey SET LastUsedAt = @Hour WHERE Id = @Id";

    public static readonly ListSql List = new(
        typeof(ApiKeyFilters),
        $"{Columns}",
        $"ApiKey k",
        "k.Id",
        new Dictionary<string, Sql> { ["id"] = $"k.Id" },
        new Dictionary<string, Sql>
        {
            ["Role"] = $"k.Role = @Role",
            ["Active"] = $"k.RevokedAt IS NULL AND (k.ExpiresAt IS NULL OR k.ExpiresAt > @Active)",
            ["Expired"] = $"k.RevokedAt IS NULL AND k.ExpiresAt <= @Expired",
            ["Revoked"] = $"k.RevokedAt <= @Revoked",
        }
    );
}

/// <summary>The conditions on keys.</summary>
public sealed record ApiKeyFilters : ListFilters
{
    /// <summary>The role.</summary>
    public string? Role { get; init; }

    /// <summary>The time at which keys are active; null for no condition.</summary>
    public DateTimeOffset? Active { get; init; }

    /// <summary>The time at which keys have expired and are not revoked; null for no condition.</summary>
    public DateTimeOffset? Expired { get; init; }

    /// <summary>The time at which keys are revoked; null for no condition.</summary>
    public DateTimeOffset? Revoked { get; init; }
}
