using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

internal static class ClaimSql
{
    public static readonly RecordTable Claims = new(
        "Claim",
        "Id",
        "Collection",
        "SubjectId",
        "Field",
        "ValueKey",
        "SourceId",
        "Preferred",
        "Rival",
        "Record"
    );

    public static readonly RecordParents Parents = new(
        "Claim",
        "Id",
        "",
        ("r.Collection", "r.SubjectId"),
        ("sources", "r.SourceId")
    );

    // Of the forum itself and of what belongs to it; looked up, since a meeting can be corrected to another forum.
    private const string OfForum = """
        ((c.Collection = 'forums' AND c.SubjectId = @Forum)
        OR (c.Collection = 'bodies' AND EXISTS (SELECT 1 FROM Body b WHERE b.Id = c.SubjectId AND b.ForumCode = @Forum))
        OR (c.Collection = 'memberships'
            AND EXISTS (SELECT 1 FROM Membership m WHERE m.Id = c.SubjectId AND m.ForumCode = @Forum))
        OR (c.Collection = 'chairmanships'
            AND EXISTS (SELECT 1 FROM Chairmanship h WHERE h.Id = c.SubjectId AND h.ForumCode = @Forum))
        OR (c.Collection = 'meetings'
            AND EXISTS (SELECT 1 FROM Meeting g WHERE g.Id = c.SubjectId AND g.ForumCode = @Forum))
        OR (c.Collection = 'outcomes' AND EXISTS (SELECT 1 FROM Outcome o JOIN Meeting g ON g.Id = o.MeetingId
            WHERE o.Id = c.SubjectId AND g.ForumCode = @Forum))
        OR (c.Collection = 'documents'
            AND EXISTS (SELECT 1 FROM Document d WHERE d.Id = c.SubjectId AND d.ForumCode = @Forum)))
        """;

    private const string IsDisputed = """
        CASE WHEN EXISTS (SELECT 1 FROM Claim o
            WHERE o.Collection = c.Collection AND o.SubjectId = c.SubjectId AND o.Field = c.Field
              AND o.ValueKey <> c.ValueKey)
        THEN 1 ELSE 0 END
        """;

    public static readonly ListSql List = new(
        typeof(ClaimFilters),
        "c.Record",
        "Claim c",
        "c.Id",
        new Dictionary<string, string> { ["id"] = "c.Id", ["subject"] = "CONCAT(c.Collection, '/', c.SubjectId)" },
        new Dictionary<string, string>
        {
            ["Forum"] = OfForum,
            ["Collection"] = "c.Collection = @Collection",
            ["Subject"] = "c.SubjectId = @Subject",
            ["Field"] = "c.Field = @Field",
            ["Source"] = "c.SourceId = @Source",
            ["Preferred"] = "c.Preferred = @Preferred",
            ["Rival"] = "c.Rival = @Rival",
            ["Disputed"] = $"{IsDisputed} = @Disputed",
        }
    );

    /// <summary>The claims on a record as they are looked at when the record is written.</summary>
    public const string OfSubject = """
        SELECT c.Id, c.Version, c.RecordedFrom, c.Record
        FROM Claim c
        WHERE c.Collection = @Collection AND c.SubjectId = @Id
        ORDER BY c.Id
        """;

    /// <summary>What keeps a record of any collection on file: the claims on it.</summary>
    public const string Users = """
        SELECT CONCAT('claims/', c.Id) FROM Claim c WHERE c.Collection = @Collection AND c.SubjectId = @Id
        """;

    /// <summary>The claims on a record with their sources.</summary>
    public const string WithSources = """
        SELECT c.Record AS Claim, s.Record AS Source
        FROM Claim c
        JOIN Source s ON s.Id = c.SourceId
        WHERE c.Collection = @Collection AND c.SubjectId = @Id
        ORDER BY c.Field, c.Preferred DESC, c.Id
        """;
}
