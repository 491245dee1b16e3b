using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Ministers;

internal static class PostSql
{
    public static readonly RecordParents Parents = new(
        "Post",
        "Id",
        "",
        ("states", "r.StateCode"),
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId")
    );

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(PostFilters),
        MinisterTables.Posts,
        "p",
        new Dictionary<string, Sql> { ["id"] = $"p.Id", ["name"] = $"p.SortName" },
        new Dictionary<string, Sql>
        {
            ["State"] = $"p.StateCode {Sql.In("State")}",
            ["Forum"] = $"p.ForumCode {Sql.In("Forum")}",
            ["Body"] = $"p.BodyId = @Body",
            ["Kind"] = $"p.Kind {Sql.In("Kind")}",
            ["AccreditedTo"] = $"p.AccreditedTo {Sql.In("AccreditedTo")}",
            ["On"] = $"p.FromEarliest <= @OnLast AND p.UntilLatest >= @OnFirst",
        }
    );

    /// <summary>Selects the ids of the appointments that are certainly dated outside the life of the post.</summary>
    public const string OutsideLife = """
        SELECT a.Id
        FROM Appointment a
        WHERE a.PostId = @Code
          AND (a.FromLatest < @Start OR a.FromEarliest > @End OR (a.UntilEarliest > @End AND a.UntilEarliest < @Never))
        """;
}

internal static class AppointmentSql
{
    private static readonly Lookup LastMinister = MinisterTables.Ministers.Lookup("m");

    public static readonly RecordParents Parents = new(
        "Appointment",
        "Id",
        " JOIN Post p ON p.Id = r.PostId",
        ("ministers", "r.MinisterId"),
        ("posts", "r.PostId"),
        ("states", "p.StateCode"),
        ("forums", "p.ForumCode"),
        ("bodies", "p.BodyId")
    );

    public const string OfMinister = "SELECT a.Record FROM Appointment a WHERE a.MinisterId = @Id";

    public const string OfPost = "SELECT a.Record FROM Appointment a WHERE a.PostId = @Post AND a.Id <> @Except";

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(AppointmentFilters),
        MinisterTables.Appointments,
        "a",
        new Dictionary<string, Sql>
        {
            ["id"] = $"a.Id",
            ["from"] = $"a.FromEarliest",
            ["until"] = $"a.UntilLatest",
        },
        new Dictionary<string, Sql>
        {
            ["Minister"] = $"a.MinisterId {Sql.In("Minister")}",
            ["Post"] = $"a.PostId {Sql.In("Post")}",
            ["Acting"] = $"a.Acting = @Acting",
            ["On"] = $"a.FromEarliest <= @OnLast AND a.UntilLatest >= @OnFirst",
            ["Within"] = $"a.FromEarliest <= @WithinLast AND a.UntilLatest >= @WithinFirst",
        }
    );

    // An appointment ends at the latest with the life of the post or of the minister. When a post has a single holder, an
    // appointment that ended on an unknown date had ended by the day on which the next full holder had certainly begun.
    private static readonly Sql MayHoldOn = $"""
        a.FromEarliest <= @OnLast AND a.UntilLatest >= @OnFirst AND p.UntilLatest >= @OnFirst AND m.UntilLatest >= @OnFirst
        AND NOT (a.UntilLatest = @Never AND a.UntilEarliest < @Never AND p.SingleHolder = 1
            AND EXISTS (SELECT 1 FROM {MinisterTables.Appointments} l
            WHERE l.PostId = a.PostId AND l.Acting = 0 AND l.FromEarliest > a.FromEarliest AND l.FromLatest <= @OnFirst))
        """;

    public static readonly ListSql Holders = new(
        typeof(HolderFilters),
        $"""
        a.Record AS Appointment, p.Record AS Post, m.Name AS MinisterName,
        CASE WHEN a.FromLatest <= @OnFirst AND a.UntilEarliest >= @OnLast
              AND p.UntilEarliest >= @OnLast AND m.UntilEarliest >= @OnLast
             THEN 1 ELSE 0 END AS Certainty
        """,
        $"""
        {MinisterTables.Appointments} a
        JOIN {MinisterTables.Posts} p ON p.Id = a.PostId
        JOIN {MinisterTables.Ministers} m ON m.Id = a.MinisterId
        """,
        "a.Id",
        new Dictionary<string, Sql>
        {
            ["post"] = $"a.PostId",
            ["since"] = $"a.FromEarliest",
            ["name"] = $"m.SortName",
        },
        new Dictionary<string, Sql>
        {
            ["On"] = MayHoldOn,
            ["Post"] = $"a.PostId = @Post",
            ["Minister"] = $"a.MinisterId {Sql.In("Minister")}",
            ["State"] = $"p.StateCode {Sql.In("State")}",
            ["Forum"] = $"p.ForumCode {Sql.In("Forum")}",
            ["Body"] = $"p.BodyId = @Body",
            ["Kind"] = $"p.Kind {Sql.In("Kind")}",
            ["Acting"] = $"a.Acting = @Acting",
            ["MemberOf"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Memberships} b WHERE b.ForumCode = @MemberOf AND b.StateCode = p.StateCode)",
        },
        readsByIds: true
    );

    /// <summary>The maximum number of kinds in one request.</summary>
    public const int MaxKinds = 16;

    /// <summary>
    /// Selects the posts of the given kinds that may have existed on one of the days, of states that were ever in the forum.
    /// Each row has the last appointment before the days, and whether an appointment after them is on record.
    /// </summary>
    public static readonly Sql PostsOfMembers = $"""
        SELECT p.Id AS Post, p.StateCode AS State, p.Kind, a.Record AS LastAppointment, a.FromEarliest AS LastTaken,
            {LastMinister["Record"]} AS LastMinister,
            CASE WHEN p.FromLatest <= @OnFirst AND p.UntilEarliest >= @OnLast THEN 1 ELSE 0 END AS Certainty,
            CASE WHEN EXISTS (SELECT 1 FROM {MinisterTables.Appointments} n WHERE n.PostId = p.Id AND n.FromEarliest > @OnLast)
                THEN 1 ELSE 0 END AS Followed
        FROM {MinisterTables.Posts} p
        LEFT JOIN {MinisterTables.Appointments} a ON a.PostId = p.Id AND a.FromEarliest < @OnFirst
            AND NOT EXISTS (SELECT 1 FROM {MinisterTables.Appointments} l
                WHERE l.PostId = p.Id AND l.FromEarliest < @OnFirst AND l.FromEarliest > a.FromEarliest)
        LEFT JOIN {LastMinister.On("a.MinisterId")}
        WHERE p.Kind {ParameterLists.In("Kind", MaxKinds)}
          AND p.FromEarliest <= @OnLast AND p.UntilLatest >= @OnFirst
          AND p.StateCode IN (SELECT b.StateCode FROM {ForumTables.Memberships} b WHERE b.ForumCode = @Forum)
        """;
}
