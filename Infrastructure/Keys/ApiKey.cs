using System.Text.Json;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Keys;

/// <summary>The row of an API key.</summary>
public sealed record ApiKey : ListRow
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The label, which the history shows as the actor.</summary>
    public string Label { get; init; } = "";

    internal string? Owner { get; init; }
    internal string Role { get; init; } = "";
    internal string? Forums { get; init; }
    internal string? Collections { get; init; }
    internal string? Tier { get; init; }
    internal string Hash { get; init; } = "";
    internal string? FormerHash { get; init; }
    internal DateTimeOffset? FormerUntil { get; init; }

    /// <summary>The time from which the key is refused, in UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The time of the last use, to the hour, in UTC; null when it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    internal string CreatedBy { get; init; } = "";
    internal DateTimeOffset CreatedAt { get; init; }
    internal DateTimeOffset ChangedAt { get; init; }
    internal int Version { get; init; }

    /// <summary>The role.</summary>
    public Role Granted => Words.Read<Role>(Role);

    /// <summary>The records that the key may write.</summary>
    public WriteScope Scope => new(SetOf(Collections), SetOf(Forums));

    /// <summary>The quota tier.</summary>
    public QuotaTier Quotas =>
        Tier is { } tier ? Words.Read<QuotaTier>(tier)
        : Granted == Domain.Access.Role.Admin ? QuotaTier.Unlimited
        : QuotaTier.Standard;

    /// <summary>The status at a time.</summary>
    public KeyStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? KeyStatus.Revoked
        : ExpiresAt <= now ? KeyStatus.Expired
        : KeyStatus.Active;

    /// <summary>The key as clients see it, without its secret.</summary>
    public ApiKeyModel ToModel(DateTimeOffset now) =>
        new()
        {
            Id = Id,
            Label = Label,
            Owner = Owner,
            Role = Granted,
            Forums = Split(Forums),
            Collections = Split(Collections),
            Tier = Tier is null ? null : Words.Read<QuotaTier>(Tier),
            Expires = ExpiresAt,
            Status = StatusAt(now),
            FormerKeyUntil = FormerUntil > now && RevokedAt is null ? FormerUntil : null,
            LastUsed = LastUsedAt,
            CreatedBy = CreatedBy,
            CreatedAt = CreatedAt,
            RevokedAt = RevokedAt,
            Version = Version,
            RecordedAt = ChangedAt,
        };

    /// <summary>Serializes the key as JSON, with the version of its ETag.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="secret">The secret, which is shown once; otherwise null.</param>
    public StoredRecord ToStored(DateTimeOffset now, string? secret = null) =>
        new()
        {
            Id = Id,
            Version = Version,
            RecordedFrom = ChangedAt,
            Record = JsonSerializer.Serialize(ToModel(now) with { Key = secret }, RegistryJson.Options),
        };

    internal ApiKey With(ApiKeyModel model) =>
        this with
        {
            Label = model.Label!,
            Owner = model.Owner,
            Role = Words.Of(model.Role!.Value),
            Forums = Joined(model.Forums),
            Collections = Joined(model.Collections),
            Tier = model.Tier is { } tier ? Words.Of(tier) : null,
            ExpiresAt = model.Expires?.ToUniversalTime(),
        };

    private static string? Joined(IReadOnlyList<string>? words) =>
        words is null ? null : string.Join(' ', words.Distinct().Order(StringComparer.Ordinal));

    private static string[]? Split(string? words) => words?.Split(' ');

    private static HashSet<string>? SetOf(string? words) => words is null ? null : [.. Split(words)!];
}

/// <summary>The status of a key.</summary>
public enum KeyStatus
{
    /// <summary>The key is accepted.</summary>
    Active,

    /// <summary>The key is refused since the time of its expiry.</summary>
    Expired,

    /// <summary>The key was revoked, and is refused for ever.</summary>
    Revoked,
}
