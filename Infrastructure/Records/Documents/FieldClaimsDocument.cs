using Registry.Domain.Provenance;

namespace Registry.Infrastructure.Records.Documents;

/// <summary>The claims on one field of a record.</summary>
public sealed record FieldClaimsDocument
{
    /// <summary>True where the claims do not agree.</summary>
    [Always]
    public bool? Disputed { get; init; }

    /// <summary>The sources of the claims, each once.</summary>
    [Always]
    public IReadOnlyList<SourceDocument>? Sources { get; init; }

    /// <summary>The claims, the preferred one first.</summary>
    [Always]
    public IReadOnlyList<ClaimOnFieldDocument>? Claims { get; init; }
}

/// <summary>A claim on the field under which it stands.</summary>
public sealed record ClaimOnFieldDocument
{
    /// <summary>The id of the claim.</summary>
    [Always]
    public string? Id { get; init; }

    /// <summary>The value that the source gives to the field; null where it says that there is none.</summary>
    [Always]
    public ClaimedValue? Value { get; init; }

    /// <summary>The id of the source.</summary>
    [Always]
    public string? Source { get; init; }

    /// <summary>How sure the claim is.</summary>
    [Always]
    public Confidence? Confidence { get; init; }

    /// <summary>True for the claim that the record follows by decision.</summary>
    [Always]
    public bool? Preferred { get; init; }

    /// <summary>Why it is preferred, where that was said.</summary>
    public string? Reason { get; init; }

    /// <summary>True while the record says something else.</summary>
    [Always]
    public bool? Rival { get; init; }

    /// <summary>What a reader should know of the claim.</summary>
    public string? Note { get; init; }
}
