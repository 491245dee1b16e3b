using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.States;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>A subscription: the URL that receives changes, the filter and the progress.</summary>
public sealed record SubscriptionModel : SlugModel, IValidatableObject
{
    /// <summary>The maximum length of a URL.</summary>
    public const int MaxUrlLength = 1000;

    /// <summary>
    /// The URL that receives the changes: https, any port, no user information and no fragment. A host in a private
    /// network is refused.
    /// </summary>
    [Required, StringLength(MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>The filter for changes; all are sent when absent.</summary>
    public FilterModel? Filter { get; init; }

    /// <summary>
    /// The secret that signs messages: <c>whsec_</c> and 24 to 64 bytes in base64. When absent, the registry generates
    /// one. It is shown once, in the response to the creation.
    /// </summary>
    [RegularExpression(SigningSecret.Pattern, ErrorMessage = SigningSecret.Sentence)]
    public string? Secret { get; init; }

    /// <summary>The sequence after which a new subscription starts; the last one when absent.</summary>
    [Range(0, long.MaxValue)]
    public long? After { get; init; }

    /// <summary>
    /// True while delivery is suspended. False resumes it where it stopped, also after the subscription was parked.
    /// </summary>
    public bool? Paused { get; init; }

    /// <summary>The status of the delivery; parked when the receiver accepted nothing for a day.</summary>
    [ReadOnly(true), Always]
    public SubscriptionStatus? Status { get; init; }

    /// <summary>The sequence of the last change that was accepted or did not match the filter.</summary>
    [ReadOnly(true), Always]
    public long? Position { get; init; }

    /// <summary>The time of the first failed attempt for the change after <c>position</c>, in UTC.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The number of failed attempts for that change.</summary>
    [ReadOnly(true)]
    public int? Attempts { get; init; }

    /// <summary>The time of the next attempt, in UTC.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>The reason why the last attempt failed.</summary>
    [ReadOnly(true)]
    public string? LastError { get; init; }

    /// <summary>The name of the key that created the subscription.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(98)]
    public string? CreatedBy { get; init; }

    /// <summary>The time of creation, in UTC.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(99)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !IsAddress(Url))
        {
            yield return new ValidationResult("It is an absolute URL, such as https://portal.example/hooks.", ["url"]);
        }
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", UserInfo: "", Fragment: "" }
        && address.IdnHost.Length > 0;
}

/// <summary>A filter for changes. A change is sent when it matches every member that is present.</summary>
public sealed record FilterModel : IValidatableObject
{
    /// <summary>The collections, by their names in paths.</summary>
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>The code of a forum: only its changes and those of records that belong to it.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    public string? Forum { get; init; }

    /// <summary>The code of a state: only its changes and those of records that concern it.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public string? State { get; init; }

    /// <summary>The kinds of change.</summary>
    [MinLength(1), MaxLength(4)]
    public IReadOnlyList<RecordOperation>? Operations { get; init; }

    /// <summary>The verbs of outcomes: only outcomes with one of them.</summary>
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
            yield return new ValidationResult("It is available only when collections includes outcomes.", ["verbs"]);
        }
    }

    internal bool IsEmpty => this is { Collections: null, Forum: null, State: null, Operations: null, Verbs: null };
}

/// <summary>The kind of change of a record.</summary>
public enum RecordOperation
{
    Created,
    Updated,
    Deleted,

    /// <summary>A deleted record exists again.</summary>
    Restored,
}

/// <summary>A new secret that replaces the former one.</summary>
public sealed record RotationModel
{
    /// <summary>
    /// The secret: <c>whsec_</c> and 24 to 64 bytes in base64. When absent, the registry generates one.
    /// </summary>
    [RegularExpression(SigningSecret.Pattern, ErrorMessage = SigningSecret.Sentence)]
    public string? Secret { get; init; }
}

/// <summary>An attempt to deliver a message.</summary>
public sealed record DeliveryModel
{
    /// <summary>The id of the message (header webhook-id): the same at every attempt.</summary>
    public required string Message { get; init; }

    /// <summary>The sequence of the change; absent for a test message.</summary>
    public long? Sequence { get; init; }

    /// <summary>The number of the attempt to deliver this message, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The time of creation, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True when the receiver accepted the message: its response had a status of 200 to 299.</summary>
    public required bool Delivered { get; init; }

    /// <summary>The HTTP status of the response; absent when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The reason why the message was not accepted.</summary>
    public string? Error { get; init; }

    /// <summary>The duration, in milliseconds.</summary>
    public required int Duration { get; init; }
}
