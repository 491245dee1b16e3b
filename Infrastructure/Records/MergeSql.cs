namespace Registry.Infrastructure.Records;

internal static class MergeSql
{
    public const string Find = """
        SELECT NewId FROM MergedRecord WHERE Collection = @Collection AND OldId = @OldId
        """;

    /// <summary>Those that led to the record that ends lead to the one that takes its place.</summary>
    public const string Forward = """
        UPDATE MergedRecord SET NewId = @NewId WHERE Collection = @Collection AND NewId = @OldId
        """;

    public const string Note = """
        INSERT INTO MergedRecord (Collection, OldId, NewId, MergedAt)
        VALUES (@Collection, @OldId, @NewId, @MergedAt)
        """;
}
