using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Provenance;

/// <summary>A record that cites a source.</summary>
public sealed record CitingRecordDocument
{
    /// <summary>The collection it is in.</summary>
    [Always]
    public string? Collection { get; init; }

    /// <summary>Its id there.</summary>
    [Always]
    public string? Id { get; init; }

    /// <summary>In how many places it cites the source.</summary>
    [Always]
    public int? Count { get; init; }
}
