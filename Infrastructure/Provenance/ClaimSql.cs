using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

internal static class ClaimSql
{
    public static readonly RecordParents Parents = new(
        "Claim",
        "Id",
        "",
        ("r.Collection", "r.SubjectId"),
        ("sources", "r.SourceId")
    );

    // The claims on the forum itself and on the records that belong to it. The forum of a record is looked up and not stored
    // with the claim, because a correction can move a meeting to another forum.
    private static readonly Sql OfForum = $"""
        ((c.Collection = 'forums' AND c.SubjectId {Sql.In("Forum")})
        OR (c.Collection = 'bodies' AND EXISTS (SELECT 1 FROM {ForumTables.Bodies} b
            WHERE b.Id = c.SubjectId AND b.ForumCode {Sql.In("Forum")}))
        OR (c.Collection = 'memberships' AND EXISTS (SELECT 1 FROM {ForumTables.Memberships} m
            WHERE m.Id = c.SubjectId AND m.ForumCode {Sql.In("Forum")}))
        OR (c.Collection = 'chairmanships' AND EXISTS (SELECT 1 FROM {ForumTables.Chairmanships} h
            WHERE h.Id = c.SubjectId AND h.ForumCode {Sql.In("Forum")}))
        OR (c.Collection = 'meetings' AND EXISTS (SELECT 1 FROM {MeetingTables.Meetings} g
            WHERE g.Id = c.SubjectId AND g.ForumCode {Sql.In("Forum")}))
        OR (c.Collection = 'outcomes' AND EXISTS (SELECT 1 FROM {MeetingTables.Outcomes} o
            JOIN {MeetingTables.Meetings} g ON g.Id = o.MeetingId
            WHERE o.Id = c.SubjectId AND g.ForumCode {Sql.In("Forum")}))
        OR (c.Collection = 'documents' AND EXISTS (SELECT 1 FROM {MeetingTables.Documents} d
            WHERE d.Id = c.SubjectId AND d.ForumCode {Sql.In("Forum")})))
        """;

    private static readonly Sql IsDisputed = $"""
        CASE WHEN EXISTS (SELECT 1 FROM {ProvenanceTables.Claims} o
            WHERE o.Collection = c.Collection AND o.SubjectId = c.SubjectId AND o.Field = c.Field
              AND o.ValueKey <> c.ValueKey)
        THEN 1 ELSE 0 END
        """;

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(ClaimFilters),
        ProvenanceTables.Claims,
        "c",
        new Dictionary<string, Sql> { ["id"] = $"c.Id", ["subject"] = $"CONCAT(c.Collection, '/', c.SubjectId)" },
        new Dictionary<string, Sql>
        {
            ["Forum"] = OfForum,
            ["Collection"] = $"c.Collection {Sql.In("Collection")}",
            ["Subject"] = $"c.SubjectId = @Subject",
            ["Field"] = $"c.Field = @Field",
            ["Source"] = $"c.SourceId {Sql.In("Source")}",
            ["Preferred"] = $"c.Preferred = @Preferred",
            ["Rival"] = $"c.Rival = @Rival",
            ["Disputed"] = $"{IsDisputed} = @Disputed",
        }
    );

    /// <summary>Selects the claims on a record, which are compared with the record at each write to it.</summary>
    public const string OfSubject = """
        SELECT c.Id, c.Version, c.RecordedFrom, c.Record
        FROM Claim c
        WHERE c.Collection = @Collection AND c.SubjectId = @Id
        ORDER BY c.Id
        """;

    /// <summary>Selects the claims on a record, which prevent its deletion.</summary>
    public const string Users = """
        SELECT CONCAT('claims/', c.Id) FROM Claim c WHERE c.Collection = @Collection AND c.SubjectId = @Id
        """;

    /// <summary>Selects the claims on a record with their sources.</summary>
    public static readonly Sql WithSources = $"""
        SELECT c.Record AS Claim, s.Record AS Source
        FROM {ProvenanceTables.Claims} c
        JOIN {ProvenanceTables.Sources} s ON s.Id = c.SourceId
        WHERE c.Collection = @Collection AND c.SubjectId = @Id
        ORDER BY c.Field, c.Preferred DESC, c.Id
        """;
}
