namespace Registry.Infrastructure.Records.Writing;

internal static class LedgerSql
{
    // The beginning of every write transaction on SQL Server, in one round trip. The update changes nothing, but its exclusive
    // lock on the row makes writers run one after another, so that a rule that reads other records cannot miss a concurrent write.
    // SQLite takes the same lock with BEGIN IMMEDIATE. It has no parameters: with some it would be a call of a procedure, in which
    // SQL Server lets no transaction begin that goes on after it. A pooled connection may have another isolation level.
    public const string BeginOnServer = $"""
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        BEGIN TRANSACTION;
        UPDATE ChangeCounter SET Sequence = Sequence WHERE Id = 1;
        {ReadCounter}
        """;

    public const string ReadCounter = "SELECT Sequence, Instant FROM ChangeCounter WHERE Id = 1";

    public const string UpdateCounter =
        "UPDATE ChangeCounter SET Sequence = @Sequence, Instant = @Instant WHERE Id = 1";

    public const string LastSequence = "SELECT Sequence FROM ChangeCounter WHERE Id = 1";

    public const string LastInstant = "SELECT Instant FROM ChangeCounter WHERE Id = 1";

    public const string AppendChange = """
        INSERT INTO Change (Sequence, Instant, Actor, Collection, SubjectId, Version, Operation, Record, Reason)
        VALUES (@Sequence, @Instant, @Actor, @Collection, @SubjectId, @Version, @Operation, @Record, @Reason)
        """;
}

/// <summary>The number of changes, and the time of the last one.</summary>
internal sealed record Counter
{
    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
}
