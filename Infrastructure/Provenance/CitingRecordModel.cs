using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Provenance;

/// <summary>A record that cites a source.</summary>
public sealed record CitingRecordModel
{
    /// <summary>The collection of the record.</summary>
    [Always]
    public string? Collection { get; init; }

    /// <summary>The id in the collection.</summary>
    [Always]
    public string? Id { get; init; }

    /// <summary>The number of citations of the source in the record.</summary>
    [Always]
    public int? Count { get; init; }
}
