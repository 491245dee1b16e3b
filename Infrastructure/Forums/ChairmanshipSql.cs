using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

internal static class ChairmanshipSql
{
    private static readonly Lookup Forum = ForumTables.Forums.Lookup("f");
    private static readonly Lookup Body = ForumTables.Bodies.Lookup("b");
    private static readonly Lookup ChairState = StateTables.States.Lookup("st");
    private static readonly Lookup ChairForum = ForumTables.Forums.Lookup("cf");

    public static readonly RecordParents Parents = new(
        "Chairmanship",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId"),
        ("states", "r.StateCode"),
        ("forums", "r.ChairForumCode")
    );

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(ChairmanshipFilters),
        ForumTables.Chairmanships,
        "c",
        new Dictionary<string, Sql>
        {
            ["id"] = $"c.Id",
            ["since"] = $"c.FromEarliest",
            ["chair"] = $"c.ChairCode",
        },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"c.ForumCode {Sql.In("Forum")}",
            ["Body"] = $"c.BodyId = @Body",
            ["Chair"] = $"c.ChairCode {Sql.In("Chair")}",
            ["ChairKind"] = $"c.ChairKind {Sql.In("ChairKind")}",
            ["On"] = $"c.FromEarliest <= @OnLast AND c.UntilLatest >= @OnFirst",
            ["Within"] = $"c.FromEarliest <= @WithinLast AND c.UntilLatest >= @WithinFirst",
        }
    );

    // A chairmanship ends at the latest with the life of the forum, the body or the chair.
    public static readonly ListSql Resolved = new(
        typeof(ChairOnDayFilters),
        $"""
        c.Id AS Chairmanship, c.ForumCode AS Forum, {Body["Code"]} AS Body, c.ChairKind, c.ChairCode,
        COALESCE({ChairState["Name"]}, {ChairForum["Name"]}) AS ChairName,
        c.FromText AS Since, c.UntilText AS Until, c.HandoverId AS Handover,
        CASE WHEN c.FromLatest <= @DaysFirst AND c.UntilEarliest >= @DaysLast
              AND {Forum["UntilEarliest"]} >= @DaysLast
              AND COALESCE({Body["UntilEarliest"]}, {Forum["UntilEarliest"]}) >= @DaysLast
              AND COALESCE({ChairState["UntilEarliest"]}, {ChairForum["UntilEarliest"]}) >= @DaysLast
             THEN 1 ELSE 0 END AS Certainty
        """,
        $"""
        {ForumTables.Chairmanships} c
        LEFT JOIN {Forum.On("c.ForumCode")}
        LEFT JOIN {Body.On("c.BodyId")}
        LEFT JOIN {ChairState.On("c.StateCode")}
        LEFT JOIN {ChairForum.On("c.ChairForumCode")}
        """,
        "c.Id",
        new Dictionary<string, Sql>
        {
            ["since"] = $"c.FromEarliest",
            ["chair"] = $"c.ChairCode",
            ["name"] = $"COALESCE({ChairState["SortName"]}, {ChairForum["SortName"]})",
        },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"c.ForumCode = @Forum",
            ["Body"] = $"c.BodyId = @Body",
            ["On"] = $"""
            c.FromEarliest <= @OnLast AND c.UntilLatest >= @OnFirst AND {Forum["UntilLatest"]} >= @OnFirst
            AND COALESCE({Body["UntilLatest"]}, {Forum["UntilLatest"]}) >= @OnFirst
            AND COALESCE({ChairState["UntilLatest"]}, {ChairForum["UntilLatest"]}) >= @OnFirst
            """,
        }
    );

    /// <summary>Selects all chairmanships of a forum and of its bodies, for the review.</summary>
    public static readonly Sql OfForumAndBodies = $"""
        SELECT c.Id, {Body["Code"]} AS Body, c.Record
        FROM {ForumTables.Chairmanships} c
        LEFT JOIN {Body.On("c.BodyId")}
        WHERE c.ForumCode = @Forum
        """;

    /// <summary>Selects the bodies of a forum that have a chairmanship.</summary>
    public static readonly Sql ChairedBodies = $"""
        SELECT b.Code, b.Record
        FROM {ForumTables.Bodies} b
        WHERE b.ForumCode = @Forum AND EXISTS (SELECT 1 FROM {ForumTables.Chairmanships} c WHERE c.BodyId = b.Id)
        """;
}
