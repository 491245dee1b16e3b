using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

internal static class ForumSql
{
    private static readonly Lookup Membership = ForumTables.Memberships.Lookup("m");
    private static readonly Lookup State = StateTables.States.Lookup("st");
    private static readonly Lookup MemberForum = ForumTables.Forums.Lookup("mf");
    private static readonly Lookup ChairForum = ForumTables.Forums.Lookup("cf");

    public static readonly RecordParents ParentsOfBodies = new("Body", "Id", "", ("forums", "r.ForumCode"));

    public static readonly LineageTable Lineage = new("ForumPredecessor", "ForumCode");

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(ForumFilters),
        ForumTables.Forums,
        "f",
        new Dictionary<string, Sql>
        {
            ["code"] = $"f.Code",
            ["name"] = $"f.SortName",
            ["founded"] = $"f.FromEarliest",
        },
        new Dictionary<string, Sql>
        {
            ["On"] = $"f.FromEarliest <= @OnLast AND f.UntilLatest >= @OnFirst",
            ["Nature"] = $"""
            EXISTS (SELECT 1 FROM {ForumTables.Stages} g
            WHERE g.ForumCode = f.Code AND g.Nature {Sql.In("Nature")}
              AND g.FromEarliest <= @DaysLast AND g.UntilLatest >= @DaysFirst)
            AND f.FromEarliest <= @DaysLast AND f.UntilLatest >= @DaysFirst
            """,
            ["SeatCountry"] = $"f.SeatCountry {Sql.In("SeatCountry")}",
            ["IdentifierValue"] = $"""
            EXISTS (SELECT 1 FROM {ForumTables.Identifiers} i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.ForumCode = f.Code)
            """,
        }
    );

    public static readonly ListSql BodyList = ListSql.OfRecords(
        typeof(BodyFilters),
        ForumTables.Bodies,
        "b",
        new Dictionary<string, Sql> { ["code"] = $"b.Code", ["name"] = $"b.SortName" },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"b.ForumCode = @Forum",
            ["Kind"] = $"b.Kind {Sql.In("Kind")}",
            ["On"] = $"""
            b.FromEarliest <= @OnLast AND b.UntilLatest >= @OnFirst
            AND EXISTS (SELECT 1 FROM {ForumTables.Forums} f
            WHERE f.Code = b.ForumCode AND f.FromEarliest <= @OnLast AND f.UntilLatest >= @OnFirst)
            """,
        },
        id: "Code"
    );

    /// <summary>The timeline without the stages, which are read from the record of the forum.</summary>
    public static readonly ListSql Timeline = TimelineSql.Over(
        typeof(ForumTimelineFilters),
        $"""
        SELECT CONCAT('summit/', g.Id) AS Id, 'summit' AS Kind, g.Name AS Title,
               CONCAT('meetings/', g.Id) AS Record, NULL AS FromText, g.FromEarliest, g.FromLatest
        FROM {MeetingTables.Meetings} g
        WHERE g.ForumCode = @Forum AND g.Kind = 'summit' AND g.Status <> 'cancelled'
        UNION ALL
        SELECT CONCAT('admission/', s.Id), 'admission',
               COALESCE({State["Name"]}, {MemberForum["Name"]}), CONCAT('memberships/', s.MembershipId),
               s.FromText, s.FromEarliest, s.FromLatest
        FROM {ForumTables.Standings} s
        LEFT JOIN {Membership.On("s.MembershipId")}
        LEFT JOIN {State.On(Membership["StateCode"])}
        LEFT JOIN {MemberForum.On(Membership["MemberForumCode"])}
        WHERE s.ForumCode = @Forum AND s.Kind = 'member'
          AND NOT EXISTS (SELECT 1 FROM {ForumTables.Standings} e
            WHERE e.MembershipId = s.MembershipId AND e.Position = s.Position - 1 AND e.Kind IN ('suspended', 'frozen'))
        UNION ALL
        SELECT CONCAT('chairmanship/', c.Id), 'chairmanship',
               COALESCE({State["Name"]}, {ChairForum["Name"]}), CONCAT('chairmanships/', c.Id),
               c.FromText, c.FromEarliest, c.FromLatest
        FROM {ForumTables.Chairmanships} c
        LEFT JOIN {State.On("c.StateCode")}
        LEFT JOIN {ChairForum.On("c.ChairForumCode")}
        WHERE c.ForumCode = @Forum
        UNION ALL
        SELECT CONCAT('adoption/', d.Id, '/', q.Position), 'adoption', d.Name, CONCAT('documents/', d.Id),
               q.OnText, q.FromEarliest, q.FromLatest
        FROM {MeetingTables.Steps} q
        JOIN {MeetingTables.Documents} d ON d.Id = q.DocumentId
        WHERE d.ForumCode = @Forum AND q.Status = 'adopted'
        """
    );

    /// <summary>
    /// Selects the ids of the memberships, bodies, chairmanships and meetings that are certainly dated outside the life of the
    /// forum.
    /// </summary>
    public const string OutsideLife = """
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
        UNION ALL
        SELECT c.Id
        FROM Chairmanship c
        WHERE (c.ForumCode = @Code OR c.ChairForumCode = @Code)
          AND ((c.FromLatest < @Start AND c.FromEarliest > @Ever) OR c.FromEarliest > @End OR (c.UntilEarliest > @End AND c.UntilEarliest < @Never))
        UNION ALL
        SELECT g.Id
        FROM Meeting g
        WHERE g.ForumCode = @Code AND (g.FromLatest < @Start OR g.UntilEarliest > @End)
        """;

    /// <summary>Selects the ids of the posts, chairmanships and meetings that are certainly dated outside the life of the body.</summary>
    public const string OutsideLifeOfBody = """
        SELECT p.Id
        FROM Post p
        WHERE p.BodyId = @Code
          AND ((p.FromLatest < @Start AND p.FromEarliest > @Ever) OR p.FromEarliest > @End OR (p.UntilEarliest > @End AND p.UntilEarliest < @Never))
        UNION ALL
        SELECT c.Id
        FROM Chairmanship c
        WHERE c.BodyId = @Code
          AND ((c.FromLatest < @Start AND c.FromEarliest > @Ever) OR c.FromEarliest > @End OR (c.UntilEarliest > @End AND c.UntilEarliest < @Never))
        UNION ALL
        SELECT g.Id
        FROM Meeting g
        WHERE g.BodyId = @Code AND (g.FromLatest < @Start OR g.UntilEarliest > @End)
        """;

    public const string BodyParents = """
        SELECT b.Code, p.Code AS ParentCode
        FROM Body b
        JOIN Body p ON p.Id = b.ParentId
        WHERE b.ForumCode = @Forum
        """;
}
