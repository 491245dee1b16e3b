using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Forums;

internal static class ForumSql
{
    public static readonly RecordTable Forums = new(
        "Forum",
        "Code",
        ["Name", "SortName", "SeatCountry", .. PeriodRow.Columns, "Record"]
    );

    public static readonly RecordTable Identifiers = new("ForumIdentifier", "ForumCode", "Position", "Scheme", "Value");

    public static readonly RecordTable Predecessors = new(
        "ForumPredecessor",
        "ForumCode",
        "Position",
        "PredecessorCode"
    );

    public static readonly RecordTable Stages = new(
        "ForumStage",
        "ForumCode",
        ["Position", "Nature", .. PeriodRow.Columns]
    );

    public static readonly RecordTable Bodies = new(
        "Body",
        "Id",
        ["ForumCode", "Code", "ParentId", "Kind", "Name", "SortName", "SeatCountry", .. PeriodRow.Columns, "Record"]
    );

    public static readonly LineageTable Lineage = new("ForumPredecessor", "ForumCode");

    public static readonly ListSql List = new(
        "f.Record",
        "Forum f",
        "f.Code",
        new Dictionary<string, string>
        {
            ["code"] = "f.Code",
            ["name"] = "f.SortName",
            ["founded"] = "f.FromEarliest",
        },
        new Dictionary<string, string>
        {
            ["On"] = "f.FromEarliest <= @On AND f.UntilLatest >= @On",
            ["Nature"] = """
            EXISTS (SELECT 1 FROM ForumStage g
            WHERE g.ForumCode = f.Code AND g.Nature = @Nature AND g.FromEarliest <= @Day AND g.UntilLatest >= @Day)
            AND f.FromEarliest <= @Day AND f.UntilLatest >= @Day
            """,
            ["SeatCountry"] = "f.SeatCountry = @SeatCountry",
            ["IdentifierValue"] = """
            EXISTS (SELECT 1 FROM ForumIdentifier i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.ForumCode = f.Code)
            """,
        }
    );

    public static readonly ListSql BodyList = new(
        "b.Record",
        "Body b",
        "b.Code",
        new Dictionary<string, string> { ["code"] = "b.Code", ["name"] = "b.SortName" },
        new Dictionary<string, string>
        {
            ["Forum"] = "b.ForumCode = @Forum",
            ["Kind"] = "b.Kind = @Kind",
            ["ParentId"] = "b.ParentId = @ParentId",
            ["On"] = """
            b.FromEarliest <= @On AND b.UntilLatest >= @On
            AND EXISTS (SELECT 1 FROM Forum f
            WHERE f.Code = b.ForumCode AND f.FromEarliest <= @On AND f.UntilLatest >= @On)
            """,
        }
    );

    /// <summary>What keeps a forum on record: a few of the records that name it.</summary>
    public const string Users = """
        SELECT CONCAT('memberships/', m.Id) FROM Membership m WHERE m.ForumCode = @Code OR m.MemberForumCode = @Code
        UNION ALL
        SELECT CONCAT('bodies/', b.Id) FROM Body b WHERE b.ForumCode = @Code
        UNION ALL
        SELECT CONCAT('forums/', p.ForumCode) FROM ForumPredecessor p WHERE p.PredecessorCode = @Code
        """;

    /// <summary>The bodies, and the memberships with a standing, that cannot lie in the forum's life.</summary>
    public const string Outliving = """
        SELECT DISTINCT s.MembershipId
        FROM Standing s
        JOIN Membership m ON m.Id = s.MembershipId
        WHERE (m.ForumCode = @Code OR m.MemberForumCode = @Code)
          AND (s.FromLatest < @Start OR s.FromEarliest > @End OR (s.UntilEarliest > @End AND s.UntilEarliest < @Never))
        UNION ALL
        SELECT b.Id
        FROM Body b
        WHERE b.ForumCode = @Code
          AND ((b.FromLatest < @Start AND b.FromEarliest > @Ever) OR b.FromEarliest > @End OR (b.UntilEarliest > @End AND b.UntilEarliest < @Never))
        """;

    public const string BodyParents = """
        SELECT b.Code, p.Code AS ParentCode
        FROM Body b
        JOIN Body p ON p.Id = b.ParentId
        WHERE b.ForumCode = @Forum
        """;

    public const string BodyUsers = "SELECT CONCAT('bodies/', b.Id) FROM Body b WHERE b.ParentId = @Id";
}
