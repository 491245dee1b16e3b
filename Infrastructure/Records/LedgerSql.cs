namespace Registry.Infrastructure.Records;

internal static class LedgerSql
{
    // An update that changes nothing, first in every transaction on SQL Server: from here on this writer is alone.
    // SQLite took its lock at BEGIN IMMEDIATE; on SQL Server it is this row's exclusive lock that orders writers, so that rules which look at other records cannot be broken by a write they did not see.
    public const string LockCounter = "UPDATE ChangeCounter SET Sequence = Sequence WHERE Id = 1";

    public const string ReadCounter = "SELECT Sequence, Instant FROM ChangeCounter WHERE Id = 1";

    public const string MoveCounter = "UPDATE ChangeCounter SET Sequence = @Sequence, Instant = @Instant WHERE Id = 1";

    public const string LastSequence = "SELECT Sequence FROM ChangeCounter WHERE Id = 1";

    public const string LastInstant = "SELECT Instant FROM ChangeCounter WHERE Id = 1";

    public const string AppendChange = """
        INSERT INTO Change (Sequence, Instant, Actor, Collection, SubjectId, Version, Operation, Record, Reason)
        VALUES (@Sequence, @Instant, @Actor, @Collection, @SubjectId, @Version, @Operation, @Record, @Reason)
        """;
}
