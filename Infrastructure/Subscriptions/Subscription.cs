using System.Text.Json;
using Registry.Domain.Meetings;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>The row of a subscription.</summary>
public sealed record Subscription : ListRow
{
    public string Id { get; init; } = "";
    internal string Url { get; init; } = "";
    internal string? Collections { get; init; }
    internal string? Forum { get; init; }
    internal string? State { get; init; }
    internal string? Operations { get; init; }
    internal string? Verbs { get; init; }
    internal string SecretProtected { get; init; } = "";
    internal string? FormerSecret { get; init; }
    internal DateTimeOffset? FormerSecretUntil { get; init; }
    internal long Position { get; init; }
    internal string Status { get; init; } = "";
    internal DateTimeOffset? FailingSince { get; init; }
    internal DateTimeOffset? NextAttempt { get; init; }
    internal int Attempts { get; init; }
    internal string? LastError { get; init; }
    internal string CreatedBy { get; init; } = "";
    internal DateTimeOffset CreatedAt { get; init; }
    internal DateTimeOffset ChangedAt { get; init; }
    internal int Version { get; init; }

    internal bool IsDeleted => Status == SubscriptionSql.Deleted;

    internal bool IsActive => Status == Words.Of(SubscriptionStatus.Active);

    /// <summary>The members that clients see: all but the secrets.</summary>
    public SubscriptionModel ToModel() =>
        new()
        {
            Id = Id,
            Url = Url,
            Filter = ToFilter() is { IsEmpty: false } filter ? filter : null,
            Paused = IsActive ? null : true,
            Status = Words.Read<SubscriptionStatus>(Status),
            Position = Position,
            FailingSince = FailingSince,
            Attempts = Attempts > 0 ? Attempts : null,
            NextAttempt = NextAttempt,
            LastError = LastError,
            CreatedBy = CreatedBy,
            CreatedAt = CreatedAt,
            Version = Version,
            RecordedAt = ChangedAt,
        };

    /// <summary>Serializes the subscription as JSON, with the version of its ETag.</summary>
    public StoredRecord ToStored(string? secret = null) =>
        new()
        {
            Id = Id,
            Version = Version,
            RecordedFrom = ChangedAt,
            Record = JsonSerializer.Serialize(ToModel() with { Secret = secret }, RegistryJson.Options),
        };

    internal Subscription With(FilterModel? filter) =>
        this with
        {
            Collections = Joined(filter?.Collections),
            Forum = filter?.Forum,
            State = filter?.State,
            Operations = Joined(filter?.Operations?.Select(Words.Of)),
            Verbs = Joined(filter?.Verbs?.Select(Words.Of)),
        };

    private FilterModel ToFilter() =>
        new()
        {
            Collections = Split(Collections),
            Forum = Forum,
            State = State,
            Operations = Split(Operations)?.Select(Words.Read<RecordOperation>).ToArray(),
            Verbs = Split(Verbs)?.Select(Words.Read<OutcomeVerb>).ToArray(),
        };

    /// <summary>A list of words, each between blanks, so that one comparison finds a word in it.</summary>
    private static string? Joined(IEnumerable<string>? words) =>
        words is null ? null : $" {string.Join(' ', words.Distinct())} ";

    private static string[]? Split(string? words) => words?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A change with the columns that filters need.</summary>
internal sealed record SubscribedChange
{
    public const string Outcomes = "outcomes";

    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
    public string Actor { get; init; } = "";
    public string Collection { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public int Version { get; init; }
    public string Operation { get; init; } = "";
    public string? Reason { get; init; }
    public string? Record { get; init; }

    /// <summary>The verb of an outcome before it was deleted.</summary>
    public string? FormerRecord { get; init; }

    /// <summary>True for an outcome with one of the verbs, or for any change when no verbs are given.</summary>
    public bool HasVerb(string? verbs)
    {
        if (verbs is null)
        {
            return true;
        }

        if (Collection != Outcomes || (Record ?? FormerRecord) is not { } record)
        {
            return false;
        }

        using var outcome = JsonDocument.Parse(record);
        return verbs.Contains($" {outcome.RootElement.GetProperty("verb").GetString()} ", StringComparison.Ordinal);
    }
}

/// <summary>The row of an attempt to deliver a message.</summary>
public sealed record Delivery : ListRow
{
    internal string MessageId { get; init; } = "";
    internal long? Sequence { get; init; }
    internal int Attempt { get; init; }
    internal DateTimeOffset At { get; init; }
    internal int? Status { get; init; }
    internal string? Error { get; init; }
    internal int Duration { get; init; }

    internal bool IsDelivered => Status is >= 200 and < 300;

    internal bool IsGone => Status == 410;

    /// <summary>The attempt as clients see it.</summary>
    public DeliveryModel ToModel() =>
        new()
        {
            Message = MessageId,
            Sequence = Sequence,
            Attempt = Attempt,
            At = At,
            Delivered = IsDelivered,
            Status = Status,
            Error = Error,
            Duration = Duration,
        };
}
