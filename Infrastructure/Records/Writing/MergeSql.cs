namespace Registry.Infrastructure.Records.Writing;

internal static class MergeSql
{
    public const string Find = """
        SELECT NewId FROM MergedRecord WHERE Collection = @Collection AND OldId = @OldId
        """;

    /// <summary>Redirects the ids that were merged into the old record to the new one.</summary>
    public const string Redirect = """
        UPDATE MergedRecord SET NewId = @NewId WHERE Collection = @Collection AND NewId = @OldId
        """;

    public const string Insert = """
        INSERT INTO MergedRecord (Collection, OldId, NewId, MergedAt)
        VALUES (@Collection, @OldId, @NewId, @MergedAt)
        """;
}
