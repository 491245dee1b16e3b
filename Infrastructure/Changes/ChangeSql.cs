using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Changes;

internal static class ChangeSql
{
    private const string Columns =
        "c.Sequence, c.Instant, c.Actor, c.Collection, c.SubjectId AS Id, c.Version, c.Operation, c.Reason, c.Record";

    /// <summary>Selects the sequence number and the time of the last change.</summary>
    public const string Head = "SELECT Sequence, Instant FROM ChangeCounter WHERE Id = 1";

    /// <summary>Selects the sequence number of the last change recorded at or before an instant; 0 when there is none.</summary>
    public const string SequenceAt =
        "SELECT COALESCE(MAX(c.Sequence), 0) AS Sequence FROM Change c WHERE c.Instant <= @Instant";

    /// <summary>The whole change log.</summary>
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

    /// <summary>The changes of one record and of the records that belong to it.</summary>
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
