using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Provenance;

/// <summary>
/// A claim: the value that a source gives to a field of a record, whether or not the record has that value.
/// </summary>
public sealed record ClaimModel : SlugModel
{
    /// <summary>The record that the claim is about.</summary>
    [Required]
    [Expandable]
    public ClaimSubjectModel? Subject { get; init; }

    /// <summary>The field of the record, as a JSON Pointer (RFC 6901): <c>/standings/0/from</c>.</summary>
    [Required, StringLength(ClaimedField.MaxLength, MinimumLength = 2)]
    [RegularExpression(ClaimedField.Pattern, ErrorMessage = ClaimedField.Sentence)]
    public string? Field { get; init; }

    /// <summary>The value that the source gives to the field; null when the source states that there is none.</summary>
    [Required]
    public ClaimedValue? Value { get; init; }

    /// <summary>The id of the source.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("sources")]
    [Expandable]
    public string? Source { get; init; }

    /// <summary>The confidence of the claim: high (two or more good sources), medium (one), low (unchecked).</summary>
    [Required]
    public Confidence? Confidence { get; init; }

    /// <summary>A remark on the claim.</summary>
    [StringLength(Claim.MaxNoteLength, MinimumLength = 1)]
    public string? Note { get; init; }

    /// <summary>True when the record follows this claim by decision; at most one claim for each field.</summary>
    [ReadOnly(true), Always]
    public bool? Preferred { get; init; }

    /// <summary>The reason for the preference; absent when none was given.</summary>
    [ReadOnly(true)]
    public string? Reason { get; init; }

    /// <summary>True when the value of the claim is not that of the record.</summary>
    [ReadOnly(true), Always]
    public bool? Rival { get; init; }

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    internal ClaimFacts ToFacts() =>
        new()
        {
            Subject = Subject!.ToSubject(),
            Field = new ClaimedField(Field!),
            Value = Value!,
            Source = new Slug(Source!),
            Confidence = Confidence!.Value,
            Note = Note,
        };

    /// <summary>Converts the model to the claim on record.</summary>
    internal Claim ToClaim() =>
        new(new Slug(Id!), ToFacts(), new ClaimStanding(Preferred ?? false, Reason, Rival ?? false));

    /// <summary>Gets the claim as it is listed under its field.</summary>
    internal ClaimOnFieldModel OnField() =>
        new()
        {
            Id = Id,
            Value = Value,
            Source = Source,
            Confidence = Confidence,
            Preferred = Preferred,
            Reason = Reason,
            Rival = Rival,
            Note = Note,
        };

    internal static ClaimModel Of(Claim claim, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = claim.Id.Value,
            Subject = ClaimSubjectModel.Of(claim.Facts.Subject),
            Field = claim.Facts.Field.Pointer,
            Value = claim.Facts.Value,
            Source = claim.Facts.Source.Value,
            Confidence = claim.Facts.Confidence,
            Note = claim.Facts.Note,
            Preferred = claim.Standing.Preferred,
            Reason = claim.Standing.Reason,
            Rival = claim.Standing.Rival,
            Version = version,
            RecordedAt = recordedAt,
        };
}

/// <summary>The record that a claim is about.</summary>
public sealed record ClaimSubjectModel
{
    /// <summary>The collection of the record.</summary>
    [Required]
    public ClaimedRecords? Collection { get; init; }

    /// <summary>The id in the collection: <c>CICA</c>, <c>CICA/secretariat</c> for a body, <c>cica.kwt</c>.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = 2)]
    [RefersTo]
    public string? Id { get; init; }

    internal static ClaimSubjectModel Of(ClaimSubject subject) =>
        new() { Collection = new ClaimedRecords(subject.Collection), Id = subject.Id };

    internal ClaimSubject ToSubject() => new(Collection!.Value.Collection, Id!);
}

/// <summary>The decision to prefer a claim.</summary>
public sealed record PreferenceModel
{
    /// <summary>The reason why this claim is preferred to the others on the field.</summary>
    [StringLength(Claim.MaxNoteLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

/// <summary>The collections whose records can have claims.</summary>
public readonly record struct ClaimedRecords(string Collection) : ICollectionWord<ClaimedRecords>
{
    /// <inheritdoc/>
    public static IReadOnlyList<string> All { get; } =
    [.. RecordKinds.All.Where(kind => kind.IsClaimed).Select(kind => kind.Collection)];

    /// <inheritdoc/>
    public static ClaimedRecords Parse(string collection) => new(collection);
}
