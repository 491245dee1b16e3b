using Registry.Domain.Provenance;

namespace Registry.Infrastructure.Records.Models;

/// <summary>The claims on one field of a record.</summary>
public sealed record FieldClaimsModel
{
    /// <summary>True when the claims disagree.</summary>
    [Always]
    public bool? Disputed { get; init; }

    /// <summary>The sources of the claims, without duplicates.</summary>
    [Always]
    public IReadOnlyList<SourceModel>? Sources { get; init; }

    /// <summary>The claims; the preferred one comes first.</summary>
    [Always]
    public IReadOnlyList<ClaimOnFieldModel>? Claims { get; init; }
}

/// <summary>A claim on a field, listed under that field.</summary>
public sealed record ClaimOnFieldModel
{
    /// <summary>The id of the claim.</summary>
    [Always]
    public string? Id { get; init; }

    /// <summary>The value that the source gives to the field; null when the source states that there is none.</summary>
    [Always]
    public ClaimedValue? Value { get; init; }

    /// <summary>The id of the source.</summary>
    [Always]
    public string? Source { get; init; }

    /// <summary>The confidence of the claim.</summary>
    [Always]
    public Confidence? Confidence { get; init; }

    /// <summary>True when the record follows this claim by decision.</summary>
    [Always]
    public bool? Preferred { get; init; }

    /// <summary>The reason for the preference; absent when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the value of the claim is not that of the record.</summary>
    [Always]
    public bool? Rival { get; init; }

    /// <summary>A remark on the claim.</summary>
    public string? Note { get; init; }
}
