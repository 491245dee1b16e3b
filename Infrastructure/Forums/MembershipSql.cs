using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

internal static class MembershipSql
{
    private static readonly Lookup Membership = ForumTables.Memberships.Lookup("m");
    private static readonly Lookup Forum = ForumTables.Forums.Lookup("f");
    private static readonly Lookup State = StateTables.States.Lookup("st");
    private static readonly Lookup MemberForum = ForumTables.Forums.Lookup("mf");

    public static readonly RecordParents Parents = new(
        "Membership",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("states", "r.StateCode"),
        ("forums", "r.MemberForumCode")
    );

    private const string OfMembership = "s.MembershipId = m.Id";

    // Standings never overlap. A standing with an imprecise end has therefore ended by the day on which a later one has
    // certainly begun. The first comparison skips that lookup for a standing whose last day is exact.
    private static readonly Sql MayHoldOn = $"""
        s.FromEarliest <= @OnLast AND s.UntilLatest >= @OnFirst
        AND NOT (s.UntilEarliest < s.UntilLatest AND EXISTS (SELECT 1 FROM {ForumTables.Standings} l
        WHERE l.MembershipId = s.MembershipId AND l.Position > s.Position AND l.FromLatest <= @OnFirst))
        """;

    // A condition for each column: for one on a list of columns, SQLite would build a table for each row.
    private static readonly Sql BothMayExistOn = $"""
        {new MayExistOn(ForumTables.Forums, "m.ForumCode")}
        AND {new MayExistOn(ForumTables.Forums, "m.MemberForumCode")}
        AND {new MayExistOn(StateTables.States, "m.StateCode")}
        """;

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(MembershipFilters),
        ForumTables.Memberships,
        "m",
        new Dictionary<string, Sql>
        {
            ["id"] = $"m.Id",
            ["forum"] = $"m.ForumCode",
            ["member"] = $"m.MemberCode",
        },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"m.ForumCode {Sql.In("Forum")}",
            ["Member"] = $"m.MemberCode {Sql.In("Member")}",
            ["MemberKind"] = $"m.MemberKind {Sql.In("MemberKind")}",
            ["Standing"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Standings} s WHERE {OfMembership} AND s.Kind {Sql.In("Standing")})",
            ["AnyStandingOn"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Standings} s WHERE {OfMembership} AND {MayHoldOn})",
            ["On"] = BothMayExistOn,
            ["StandingOn"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Standings} s WHERE {OfMembership} AND s.Kind {Sql.In("StandingOn")} AND {MayHoldOn})",
        }
    );

    // A standing ends at the latest with the life of the forum or of the member.
    public static readonly ListSql Resolved = new(
        typeof(StandingFilters),
        $"""
        s.ForumCode AS Forum, {Forum["Name"]} AS ForumName,
        {Membership["MemberKind"]} AS MemberKind, {Membership["MemberCode"]} AS MemberCode,
        COALESCE({State["Name"]}, {MemberForum["Name"]}) AS MemberName,
        s.Kind AS Standing, s.FromText AS Since, s.UntilText AS Until, s.MembershipId AS Membership,
        CASE WHEN s.FromLatest <= @OnFirst AND s.UntilEarliest >= @OnLast
              AND {Forum["FromLatest"]} <= @OnFirst AND {Forum["UntilEarliest"]} >= @OnLast
              AND COALESCE({State["FromLatest"]}, {MemberForum["FromLatest"]}) <= @OnFirst
              AND COALESCE({State["UntilEarliest"]}, {MemberForum["UntilEarliest"]}) >= @OnLast
             THEN 1 ELSE 0 END AS Certainty
        """,
        $"""
        {ForumTables.Standings} s
        LEFT JOIN {Membership.On("s.MembershipId")}
        LEFT JOIN {Forum.On("s.ForumCode")}
        LEFT JOIN {State.On(Membership["StateCode"])}
        LEFT JOIN {MemberForum.On(Membership["MemberForumCode"])}
        """,
        "s.Id",
        new Dictionary<string, Sql>
        {
            ["member"] = $"{Membership["MemberCode"]}",
            ["forum"] = $"s.ForumCode",
            ["name"] = $"COALESCE({State["SortName"]}, {MemberForum["SortName"]})",
            ["since"] = $"s.FromText",
        },
        new Dictionary<string, Sql>
        {
            ["On"] = $"""
            {MayHoldOn} AND {Forum["FromEarliest"]} <= @OnLast AND {Forum["UntilLatest"]} >= @OnFirst
            AND COALESCE({State["FromEarliest"]}, {MemberForum["FromEarliest"]}) <= @OnLast
            AND COALESCE({State["UntilLatest"]}, {MemberForum["UntilLatest"]}) >= @OnFirst
            """,
            ["Forum"] = $"s.ForumCode = @Forum",
            ["State"] = $"""
            {Membership["StateCode"]} = @State
            AND s.MembershipId IN (SELECT o.Id FROM {ForumTables.Memberships} o WHERE o.StateCode = @State)
            """,
            ["Standing"] = $"s.Kind {Sql.In("Standing")}",
        }
    );

    /// <summary>
    /// The condition that a forum or state may have existed on the days. For a few memberships it is looked up by its code;
    /// among deleted records, for which most memberships may be read, those that did not exist are listed once.
    /// </summary>
    private sealed record MayExistOn(RecordTable Table, string Code) : ISqlPart
    {
        private const string NotThen = "(life.FromEarliest > @OnLast OR life.UntilLatest < @OnFirst)";

        public string Text(SqlForm form) =>
            form == SqlForm.WithDeleted
                ? $"({Code} IS NULL OR {Code} NOT IN (SELECT life.Code FROM {Table.Text(form)} life WHERE {NotThen}))"
                : $"NOT EXISTS (SELECT 1 FROM {Table.Text(form)} life WHERE life.Code = {Code} AND {NotThen})";
    }
}
