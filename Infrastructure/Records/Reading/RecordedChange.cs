namespace Registry.Infrastructure.Records.Reading;

/// <summary>A version of a record from the change log, with the former version.</summary>
public sealed record RecordedChange : ListRow
{
    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
    public string Actor { get; init; } = "";
    public string? Reason { get; init; }
    public int Version { get; init; }

    /// <summary>created, updated, deleted or restored.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The record; null for a deletion.</summary>
    public string? Record { get; init; }

    /// <summary>The former version, for a restored record the one before the deletion; null for the first.</summary>
    public string? Former { get; init; }
}
