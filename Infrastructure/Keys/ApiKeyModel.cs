using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain.Access;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Keys;

/// <summary>An API key: its holder, role, scope and expiry.</summary>
public sealed record ApiKeyModel : SlugModel, IValidatableObject
{
    private const int MostInScope = 50;

    /// <summary>The label, which history and change log show as the actor: <c>Secretariat of CICA</c>.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string? Label { get; init; }

    /// <summary>The person or department that answers for the key.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Owner { get; init; }

    /// <summary>The role; each one includes those before it.</summary>
    [Required]
    public Role? Role { get; init; }

    /// <summary>
    /// The codes of the forums whose records an editor may write: the forum itself, its bodies, memberships, chairmanships,
    /// meetings, documents and outcomes, the posts of its bodies with their appointments, and claims on any of these. All
    /// records when absent.
    /// </summary>
    [MinLength(1), MaxLength(MostInScope)]
    public IReadOnlyList<string>? Forums { get; init; }

    /// <summary>The collections that an editor may write; all when absent.</summary>
    [MinLength(1), MaxLength(MostInScope)]
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>The quota tier; standard when absent, and unlimited for the role admin.</summary>
    public QuotaTier? Tier { get; init; }

    /// <summary>The time from which the key is refused (RFC 3339); it does not expire when absent.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The key itself, for the header X-Api-Key. It is shown once, in the response that creates or rotates it.</summary>
    [ReadOnly(true)]
    public string? Key { get; init; }

    /// <summary>The status.</summary>
    [ReadOnly(true), Always]
    public KeyStatus? Status { get; init; }

    /// <summary>The time until which the key before the last rotation is accepted too, in UTC.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? FormerKeyUntil { get; init; }

    /// <summary>The time of the last use, to the hour, in UTC; absent when it was never used.</summary>
    [ReadOnly(true)]
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>The actor that created the key.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(97)]
    public string? CreatedBy { get; init; }

    /// <summary>The time of creation, in UTC.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(98)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time of the revocation, in UTC; absent when the key is not revoked.</summary>
    [ReadOnly(true), JsonPropertyOrder(99)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var index = 0; index < (Forums?.Count ?? 0); index++)
        {
            if (Forums![index] is not { } forum || !ForumCode.IsCode(forum))
            {
                yield return new ValidationResult(ForumCode.Sentence, [$"forums[{index}]"]);
            }
        }

        for (var index = 0; index < (Collections?.Count ?? 0); index++)
        {
            if (!RecordKinds.Collections.Contains(Collections![index]))
            {
                yield return new ValidationResult(
                    $"It is one of {string.Join(", ", RecordKinds.Collections)}.",
                    [$"collections[{index}]"]
                );
            }
        }

        if (Role is { } role && role != Domain.Access.Role.Editor)
        {
            const string Editors = "It is available only with the role editor.";
            if (Forums is not null)
            {
                yield return new ValidationResult(Editors, ["forums"]);
            }

            if (Collections is not null)
            {
                yield return new ValidationResult(Editors, ["collections"]);
            }
        }
    }
}

/// <summary>The rotation of a key.</summary>
public sealed record KeyRotationModel
{
    /// <summary>The default overlap, in hours.</summary>
    public const int UsualOverlap = 24;

    /// <summary>The number of hours for which the former key is accepted too, 0 to 720; 24 when absent.</summary>
    [Range(0, 720)]
    public int? OverlapHours { get; init; }
}
