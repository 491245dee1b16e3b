namespace Registry.Infrastructure.Records.Reading;

/// <summary>One version of a record as the change log keeps it, with the record of the version before.</summary>
public sealed record RecordedChange : ListRow
{
    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
    public string Actor { get; init; } = "";
    public string? Reason { get; init; }
    public int Version { get; init; }

    /// <summary>created, updated, deleted or restored.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The record; null in the version that deleted it.</summary>
    public string? Record { get; init; }

    /// <summary>The record of the version before, of a restored one before the deletion; null for the first.</summary>
    public string? Former { get; init; }
}
