using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Ministers;

internal static class PostSql
{
    public static readonly RecordTable Posts = new(
        "Post",
        "Id",
        [
            "Kind",
            "StateCode",
            "ForumCode",
            "BodyId",
            "AccreditedTo",
            "SingleHolder",
            "Name",
            "SortName",
            .. PeriodRow.Columns,
            "Record",
        ]
    );

    public static readonly RecordParents Parents = new(
        "Post",
        "Id",
        "",
        ("states", "r.StateCode"),
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId")
    );

    public static readonly ListSql List = new(
        "p.Record",
        "Post p",
        "p.Id",
        new Dictionary<string, string> { ["id"] = "p.Id", ["name"] = "p.SortName" },
        new Dictionary<string, string>
        {
            ["State"] = "p.StateCode = @State",
            ["Forum"] = "p.ForumCode = @Forum",
            ["Body"] = "p.BodyId = @Body",
            ["Kind"] = "p.Kind = @Kind",
            ["AccreditedTo"] = "p.AccreditedTo = @AccreditedTo",
            ["On"] = "p.FromEarliest <= @On AND p.UntilLatest >= @On",
        }
    );

    /// <summary>The appointments that cannot lie in the life of the post.</summary>
    public const string Outliving = """
        SELECT a.Id
        FROM Appointment a
        WHERE a.PostId = @Code
          AND (a.FromLatest < @Start OR a.FromEarliest > @End OR (a.UntilEarliest > @End AND a.UntilEarliest < @Never))
        """;

    public const string Users = "SELECT CONCAT('appointments/', a.Id) FROM Appointment a WHERE a.PostId = @Id";
}

internal static class AppointmentSql
{
    public static readonly RecordTable Appointments = new(
        "Appointment",
        "Id",
        ["PostId", "MinisterId", "Acting", "FromText", "UntilText", .. PeriodRow.Columns, "Record"]
    );

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

    public const string OfPost = "SELECT a.Record FROM Appointment a WHERE a.PostId = @Post AND a.Id <> @Except";

    public static readonly ListSql List = new(
        "a.Record",
        "Appointment a",
        "a.Id",
        new Dictionary<string, string>
        {
            ["id"] = "a.Id",
            ["from"] = "a.FromEarliest",
            ["until"] = "a.UntilLatest",
        },
        new Dictionary<string, string>
        {
            ["Minister"] = "a.MinisterId = @Minister",
            ["Post"] = "a.PostId = @Post",
            ["Acting"] = "a.Acting = @Acting",
            ["On"] = "a.FromEarliest <= @On AND a.UntilLatest >= @On",
            ["From"] = "a.UntilLatest >= @From",
            ["Until"] = "a.FromEarliest <= @Until",
        }
    );

    // An appointment ends where its post or its holder does. One that ended nobody knows when was over when the next
    // full holder had certainly begun, where one holds the post at a time.
    private const string HeldOn = """
        a.FromEarliest <= @On AND a.UntilLatest >= @On AND p.UntilLatest >= @On AND m.UntilLatest >= @On
        AND NOT (a.UntilLatest = @Never AND a.UntilEarliest < @Never AND p.SingleHolder = 1
            AND EXISTS (SELECT 1 FROM Appointment l
            WHERE l.PostId = a.PostId AND l.Acting = 0 AND l.FromEarliest > a.FromEarliest AND l.FromLatest <= @On))
        """;

    public static readonly ListSql Holders = new(
        """
        a.Record AS Appointment, p.Record AS Post, m.Name AS MinisterName,
        CASE WHEN a.FromLatest <= @On AND a.UntilEarliest >= @On
              AND p.UntilEarliest >= @On AND m.UntilEarliest >= @On
             THEN 1 ELSE 0 END AS Certainty
        """,
        """
        Appointment a
        JOIN Post p ON p.Id = a.PostId
        JOIN Minister m ON m.Id = a.MinisterId
        """,
        "a.Id",
        new Dictionary<string, string>
        {
            ["post"] = "a.PostId",
            ["since"] = "a.FromEarliest",
            ["name"] = "m.SortName",
        },
        new Dictionary<string, string>
        {
            ["On"] = HeldOn,
            ["Post"] = "a.PostId = @Post",
            ["Minister"] = "a.MinisterId = @Minister",
            ["State"] = "p.StateCode = @State",
            ["Forum"] = "p.ForumCode = @Forum",
            ["Body"] = "p.BodyId = @Body",
            ["Kind"] = "p.Kind = @Kind",
            ["Acting"] = "a.Acting = @Acting",
        }
    );
}
