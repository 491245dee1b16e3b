using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

internal static class MembershipSql
{
    public static readonly RecordTable Memberships = new(
        "Membership",
        "Id",
        "ForumCode",
        "MemberKind",
        "MemberCode",
        "StateCode",
        "MemberForumCode",
        "Record"
    );

    public static readonly RecordTable Standings = new(
        "Standing",
        "MembershipId",
        ["Id", "ForumCode", "Position", "Kind", "FromText", "UntilText", .. PeriodRow.Columns]
    );

    public static readonly RecordParents Parents = new(
        "Membership",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("states", "r.StateCode"),
        ("forums", "r.MemberForumCode")
    );

    private const string MemberOf = "s.MembershipId = m.Id";

    // Standings never overlap: one that ended nobody knows when was over when the next had certainly begun. Where the end is
    // known to the day, none can have begun by then, and none is looked for.
    private const string HeldOn = """
        s.FromEarliest <= @OnLast AND s.UntilLatest >= @OnFirst
        AND NOT (s.UntilEarliest < s.UntilLatest AND EXISTS (SELECT 1 FROM Standing l
        WHERE l.MembershipId = s.MembershipId AND l.Position > s.Position AND l.FromLatest <= @OnFirst))
        """;

    private const string BothLivedOn = """
        NOT EXISTS (SELECT 1 FROM Forum f
        WHERE f.Code IN (m.ForumCode, m.MemberForumCode) AND (f.FromEarliest > @OnLast OR f.UntilLatest < @OnFirst))
        AND NOT EXISTS (SELECT 1 FROM State st
        WHERE st.Code = m.StateCode AND (st.FromEarliest > @OnLast OR st.UntilLatest < @OnFirst))
        """;

    public static readonly ListSql List = new(
        typeof(MembershipFilters),
        "m.Record",
        "Membership m",
        "m.Id",
        new Dictionary<string, string>
        {
            ["id"] = "m.Id",
            ["forum"] = "m.ForumCode",
            ["member"] = "m.MemberCode",
        },
        new Dictionary<string, string>
        {
            ["Forum"] = "m.ForumCode = @Forum",
            ["Member"] = "m.MemberCode = @Member",
            ["MemberKind"] = "m.MemberKind = @MemberKind",
            ["Standing"] = $"EXISTS (SELECT 1 FROM Standing s WHERE {MemberOf} AND s.Kind = @Standing)",
            ["On"] = $"EXISTS (SELECT 1 FROM Standing s WHERE {MemberOf} AND {HeldOn}) AND {BothLivedOn}",
            ["StandingOn"] =
                $"EXISTS (SELECT 1 FROM Standing s WHERE {MemberOf} AND s.Kind = @StandingOn AND {HeldOn})",
        }
    );

    // What stands in a forum stands no longer than the forum, nor than itself: both lives are read on the same day.
    public static readonly ListSql Resolved = new(
        typeof(StandingFilters),
        """
        s.ForumCode AS Forum, f.Name AS ForumName, m.MemberKind AS MemberKind, m.MemberCode AS MemberCode, COALESCE(st.Name, mf.Name) AS MemberName,
        s.Kind AS Standing, s.FromText AS Since, s.UntilText AS Until, s.MembershipId AS Membership,
        CASE WHEN s.FromLatest <= @OnFirst AND s.UntilEarliest >= @OnLast
              AND f.FromLatest <= @OnFirst AND f.UntilEarliest >= @OnLast
              AND COALESCE(st.FromLatest, mf.FromLatest) <= @OnFirst
              AND COALESCE(st.UntilEarliest, mf.UntilEarliest) >= @OnLast
             THEN 1 ELSE 0 END AS Certainty
        """,
        """
        Standing s
        LEFT JOIN Membership m ON m.Id = s.MembershipId
        LEFT JOIN Forum f ON f.Code = s.ForumCode
        LEFT JOIN State st ON st.Code = m.StateCode
        LEFT JOIN Forum mf ON mf.Code = m.MemberForumCode
        """,
        "s.Id",
        new Dictionary<string, string>
        {
            ["member"] = "m.MemberCode",
            ["forum"] = "s.ForumCode",
            ["name"] = "COALESCE(st.SortName, mf.SortName)",
            ["since"] = "s.FromText",
        },
        new Dictionary<string, string>
        {
            ["On"] =
                $"{HeldOn} AND f.FromEarliest <= @OnLast AND f.UntilLatest >= @OnFirst AND COALESCE(st.FromEarliest, mf.FromEarliest) <= @OnLast AND COALESCE(st.UntilLatest, mf.UntilLatest) >= @OnFirst",
            ["Forum"] = "s.ForumCode = @Forum",
            ["State"] =
                "m.StateCode = @State AND s.MembershipId IN (SELECT o.Id FROM Membership o WHERE o.StateCode = @State)",
            ["Standing"] = "s.Kind = @Standing",
        }
    );
}
