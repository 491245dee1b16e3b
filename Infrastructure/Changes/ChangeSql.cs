using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Changes;

internal static class ChangeSql
{
    private const string Columns =
        "c.Sequence, c.Instant, c.Actor, c.Collection, c.SubjectId AS Id, c.Version, c.Operation, c.Reason, c.Record";

    /// <summary>The last change, and when it was recorded.</summary>
    public const string Head = "SELECT Sequence, Instant FROM ChangeCounter WHERE Id = 1";

    /// <summary>The last change that was recorded by an instant.</summary>
    public const string SequenceAt =
        "SELECT COALESCE(MAX(c.Sequence), 0) AS Sequence FROM Change c WHERE c.Instant <= @Instant";

    /// <summary>The whole log.</summary>
    public static readonly ListSql All = new(
        null,
        $"{Columns}",
        $"Change c",
        "c.Sequence",
        new Dictionary<string, Sql> { ["sequence"] = $"c.Sequence" },
        new Dictionary<string, Sql>
        {
            ["Beyond"] = $"c.Sequence > @Beyond",
            ["UpTo"] = $"c.Sequence <= @UpTo",
            ["Collection"] = $"c.Collection = @Collection",
        }
    );

    /// <summary>What shows at one record: its own changes and those of the records that belong to it.</summary>
    public static readonly ListSql OfSubject = new(
        null,
        $"{Columns}",
        $"ChangeSubject s JOIN Change c ON c.Sequence = s.Sequence",
        "s.Sequence",
        new Dictionary<string, Sql> { ["sequence"] = $"s.Sequence" },
        new Dictionary<string, Sql>
        {
            ["Beyond"] = $"s.Sequence > @Beyond",
            ["UpTo"] = $"s.Sequence <= @UpTo",
            ["Subject"] = $"s.Collection = @SubjectCollection AND s.SubjectId = @SubjectId",
            ["Collection"] = $"c.Collection = @Collection",
        }
    );
}
