using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

internal static class ChairmanshipSql
{
    public static readonly RecordTable Chairmanships = new(
        "Chairmanship",
        "Id",
        [
            "ForumCode",
            "BodyId",
            "ChairKind",
            "ChairCode",
            "StateCode",
            "ChairForumCode",
            "HandoverId",
            "FromText",
            "UntilText",
            .. PeriodRow.Columns,
            "Record",
        ]
    );

    public static readonly RecordParents Parents = new(
        "Chairmanship",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId"),
        ("states", "r.StateCode"),
        ("forums", "r.ChairForumCode")
    );

    public static readonly ListSql List = new(
        typeof(ChairmanshipFilters),
        "c.Record",
        "Chairmanship c",
        "c.Id",
        new Dictionary<string, string>
        {
            ["id"] = "c.Id",
            ["since"] = "c.FromEarliest",
            ["chair"] = "c.ChairCode",
        },
        new Dictionary<string, string>
        {
            ["Forum"] = "c.ForumCode = @Forum",
            ["Body"] = "c.BodyId = @Body",
            ["Chair"] = "c.ChairCode = @Chair",
            ["ChairKind"] = "c.ChairKind = @ChairKind",
            ["On"] = "c.FromEarliest <= @OnLast AND c.UntilLatest >= @OnFirst",
            ["Within"] = "c.FromEarliest <= @WithinLast AND c.UntilLatest >= @WithinFirst",
        }
    );

    // A chairmanship ends where the forum, the body or the chair does.
    public static readonly ListSql Resolved = new(
        typeof(ChairOnDayFilters),
        """
        c.Id AS Chairmanship, c.ForumCode AS Forum, b.Code AS Body, c.ChairKind, c.ChairCode,
        COALESCE(st.Name, cf.Name) AS ChairName, c.FromText AS Since, c.UntilText AS Until, c.HandoverId AS Handover,
        CASE WHEN c.FromLatest <= @DaysFirst AND c.UntilEarliest >= @DaysLast
              AND f.UntilEarliest >= @DaysLast AND COALESCE(b.UntilEarliest, f.UntilEarliest) >= @DaysLast
              AND COALESCE(st.UntilEarliest, cf.UntilEarliest) >= @DaysLast
             THEN 1 ELSE 0 END AS Certainty
        """,
        """
        Chairmanship c
        LEFT JOIN Forum f ON f.Code = c.ForumCode
        LEFT JOIN Body b ON b.Id = c.BodyId
        LEFT JOIN State st ON st.Code = c.StateCode
        LEFT JOIN Forum cf ON cf.Code = c.ChairForumCode
        """,
        "c.Id",
        new Dictionary<string, string>
        {
            ["since"] = "c.FromEarliest",
            ["chair"] = "c.ChairCode",
            ["name"] = "COALESCE(st.SortName, cf.SortName)",
        },
        new Dictionary<string, string>
        {
            ["Forum"] = "c.ForumCode = @Forum",
            ["Body"] = "c.BodyId = @Body",
            ["On"] = """
            c.FromEarliest <= @OnLast AND c.UntilLatest >= @OnFirst AND f.UntilLatest >= @OnFirst
            AND COALESCE(b.UntilLatest, f.UntilLatest) >= @OnFirst AND COALESCE(st.UntilLatest, cf.UntilLatest) >= @OnFirst
            """,
        }
    );

    /// <summary>The lines to review: each body's, and the forum's own.</summary>
    public const string Lines = """
        SELECT c.Id, b.Code AS Body, c.Record
        FROM Chairmanship c
        LEFT JOIN Body b ON b.Id = c.BodyId
        WHERE c.ForumCode = @Forum
        """;

    /// <summary>The lives of the bodies that are chaired.</summary>
    public const string ChairedBodies = """
        SELECT b.Code, b.Record
        FROM Body b
        WHERE b.ForumCode = @Forum AND EXISTS (SELECT 1 FROM Chairmanship c WHERE c.BodyId = b.Id)
        """;
}
