using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.States;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>A subscription: where changes are sent, which ones, and how far that has come.</summary>
public sealed record SubscriptionDocument : SlugDocument, IValidatableObject
{
    /// <summary>The longest address.</summary>
    public const int MaxUrlLength = 1000;

    /// <summary>
    /// Where changes are sent: https, on any port, without user or fragment. A host within a private network is refused.
    /// </summary>
    [Required, StringLength(MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>Which changes are sent; all of them when absent.</summary>
    public FilterDocument? Filter { get; init; }

    /// <summary>
    /// What messages are signed with: <c>whsec_</c> and 24 to 64 bytes in base64; made by the registry when absent. It is
    /// shown once, in the answer that makes it.
    /// </summary>
    [RegularExpression(SigningSecret.Pattern, ErrorMessage = SigningSecret.Sentence)]
    public string? Secret { get; init; }

    /// <summary>The sequence number of the change after which a new subscription starts; the last one when absent.</summary>
    [Range(0, long.MaxValue)]
    public long? After { get; init; }

    /// <summary>True while nothing is sent; false to begin again where it stopped, also after it was parked.</summary>
    public bool? Paused { get; init; }

    /// <summary>Whether changes are sent; parked when the receiver took nothing for a day.</summary>
    [ReadOnly(true), Always]
    public SubscriptionStatus? Status { get; init; }

    /// <summary>The sequence number of the last change that was taken or did not fit the filter.</summary>
    [ReadOnly(true), Always]
    public long? Position { get; init; }

    /// <summary>Since when the change after <c>position</c> is not taken.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often that change was sent in vain.</summary>
    [ReadOnly(true)]
    public int? Attempts { get; init; }

    /// <summary>When it is sent again.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Why it was not taken the last time.</summary>
    [ReadOnly(true)]
    public string? LastError { get; init; }

    /// <summary>Whose key made the subscription.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(98)]
    public string? CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(99)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !IsAddress(Url))
        {
            yield return new ValidationResult("An address such as https://portal.example/hooks.", ["url"]);
        }
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", UserInfo: "", Fragment: "" }
        && address.IdnHost.Length > 0;
}

/// <summary>Which changes are sent: those for which everything said here holds.</summary>
public sealed record FilterDocument : IValidatableObject
{
    /// <summary>Only changes of these collections, as they are called in paths.</summary>
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>Only changes of this forum and of what belongs to it, by its code.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = "2 to 16 of A-Z, 0-9 and '-', starting with a letter.")]
    public string? Forum { get; init; }

    /// <summary>Only changes of this state and of what speaks of it, by its code.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = "Three capital letters (ISO 3166-1 alpha-3).")]
    public string? State { get; init; }

    /// <summary>Only changes of these kinds.</summary>
    [MinLength(1), MaxLength(4)]
    public IReadOnlyList<RecordOperation>? Operations { get; init; }

    /// <summary>Only outcomes with these verbs.</summary>
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<OutcomeVerb>? Verbs { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var index = 0; index < (Collections?.Count ?? 0); index++)
        {
            if (RecordKinds.All.All(kind => kind.Collection != Collections![index]))
            {
                yield return new ValidationResult(
                    $"It is one of {string.Join(", ", RecordKinds.All.Select(kind => kind.Collection))}.",
                    [$"collections[{index}]"]
                );
            }
        }

        if (Verbs is not null && Collections is not null && !Collections.Contains(SubscribedChange.Outcomes))
        {
            yield return new ValidationResult("Only outcomes have verbs, and collections leaves them out.", ["verbs"]);
        }
    }

    internal bool IsEmpty => this is { Collections: null, Forum: null, State: null, Operations: null, Verbs: null };
}

/// <summary>What was done to a record.</summary>
public enum RecordOperation
{
    Created,
    Updated,
    Deleted,

    /// <summary>A record that was deleted is on file again.</summary>
    Restored,
}

/// <summary>The secret that takes the place of the former one.</summary>
public sealed record RotationDocument
{
    /// <summary><c>whsec_</c> and 24 to 64 bytes in base64; made by the registry when absent.</summary>
    [RegularExpression(SigningSecret.Pattern, ErrorMessage = SigningSecret.Sentence)]
    public string? Secret { get; init; }
}

/// <summary>An attempt to hand a message over.</summary>
public sealed record DeliveryDocument
{
    /// <summary>What names the message (header webhook-id): the same at every attempt.</summary>
    public required string Message { get; init; }

    /// <summary>The sequence number of the change; absent for a test.</summary>
    public long? Sequence { get; init; }

    /// <summary>1 for the first attempt to hand over this message, then one more each time.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True when the receiver took the message: it answered with a status of 200 to 299.</summary>
    public required bool Delivered { get; init; }

    /// <summary>The HTTP status of the answer; absent where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Why the message was not taken.</summary>
    public string? Error { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int Duration { get; init; }
}
