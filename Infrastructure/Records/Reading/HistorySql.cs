namespace Registry.Infrastructure.Records.Reading;

internal static class HistorySql
{
    /// <summary>
    /// The versions of one record, each with the previous version; for a restored one, with the version before the deletion.
    /// </summary>
    public static readonly ListSql List = new(
        typeof(HistoryFilters),
        $"c.Sequence, c.Instant, c.Actor, c.Reason, c.Version, c.Operation, c.Record, p.Record AS Former",
        $"""
        Change c
        LEFT JOIN Change p ON p.Collection = c.Collection AND p.SubjectId = c.SubjectId
            AND p.Version = c.Version - CASE WHEN c.Operation = 'restored' THEN 2 ELSE 1 END
        """,
        "c.Sequence",
        new Dictionary<string, Sql> { ["version"] = $"c.Version" },
        new Dictionary<string, Sql>
        {
            ["SubjectId"] = $"c.Collection = @Collection AND c.SubjectId = @SubjectId",
            ["KnownAt"] = $"c.Instant <= @KnownAt",
        }
    );

    public static readonly Sql Version = $"""
        SELECT c.SubjectId AS Id, c.Version, c.Instant AS RecordedFrom, c.Record
        FROM Change c
        WHERE c.Collection = @Collection AND c.SubjectId = @SubjectId AND c.Version = @Version AND c.Instant <= @Instant
        """;

    /// <summary>Selects the last version of a record, deleted or not; 0 when the id was never assigned.</summary>
    public static readonly Sql Last = $"""
        SELECT COALESCE(MAX(c.Version), 0) FROM Change c WHERE c.Collection = @Collection AND c.SubjectId = @SubjectId
        """;
}

/// <summary>The record whose history is read, and the instant up to which it is read.</summary>
internal sealed record HistoryFilters : ListFilters
{
    public required string Collection { get; init; }
    public required string SubjectId { get; init; }
    public DateTimeOffset? KnownAt { get; init; }
}
