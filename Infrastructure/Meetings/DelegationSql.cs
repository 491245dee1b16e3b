using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

/// <summary>
/// Statements for the delegations and the chair of a meeting. They select the standings, appointments and chairmanships
/// that may have held on any of its possible days. A row is certain when it held on every day that the meeting certainly had.
/// </summary>
internal static class DelegationSql
{
    private static readonly Lookup Membership = ForumTables.Memberships.Lookup("m");
    private static readonly Lookup Forum = ForumTables.Forums.Lookup("f");
    private static readonly Lookup State = StateTables.States.Lookup("st");
    private static readonly Lookup MemberForum = ForumTables.Forums.Lookup("mf");
    private static readonly Lookup Post = MinisterTables.Posts.Lookup("p");

    private static readonly Sql HolderColumns = ColumnsOfHolder(Sql (column) => $"p.{column}");

    // An appointment that ended on an unknown date had ended by the day on which the next full holder had certainly begun.
    private static readonly Sql MayHold = $"""
        a.FromEarliest <= @LastDay AND a.UntilLatest >= @FirstDay
        AND NOT (a.UntilLatest = @Never AND a.UntilEarliest < @Never
            AND EXISTS (SELECT 1 FROM {MinisterTables.Appointments} l
            WHERE l.PostId = a.PostId AND l.Acting = 0 AND l.FromEarliest > a.FromEarliest
              AND l.FromLatest <= @FirstDay))
        """;

    private static readonly Sql Represents = $"""
        p.Kind IN (@Kind, @OtherKind) AND (p.Kind <> 'permanent-representative' OR p.AccreditedTo = @Forum)
        """;

    /// <summary>Selects the parties with a standing in a forum.</summary>
    public static readonly Sql Members = $"""
        SELECT {Membership["MemberKind"]} AS MemberKind, {Membership["MemberCode"]} AS MemberCode,
            COALESCE({State["Name"]}, {MemberForum["Name"]}) AS MemberName,
            CASE WHEN s.FromLatest <= @CertainLast AND s.UntilEarliest >= @CertainFirst
                  AND {Forum["FromLatest"]} <= @CertainLast AND {Forum["UntilEarliest"]} >= @CertainFirst
                  AND COALESCE({State["FromLatest"]}, {MemberForum["FromLatest"]}) <= @CertainLast
                  AND COALESCE({State["UntilEarliest"]}, {MemberForum["UntilEarliest"]}) >= @CertainFirst
                 THEN 1 ELSE 0 END AS Certainty
        FROM {ForumTables.Standings} s
        LEFT JOIN {Membership.On("s.MembershipId")}
        LEFT JOIN {Forum.On("s.ForumCode")}
        LEFT JOIN {State.On(Membership["StateCode"])}
        LEFT JOIN {MemberForum.On(Membership["MemberForumCode"])}
        WHERE s.ForumCode = @Forum AND s.Kind = @Standing
          AND s.FromEarliest <= @LastDay AND s.UntilLatest >= @FirstDay
          AND NOT (s.UntilEarliest < s.UntilLatest AND EXISTS (SELECT 1 FROM {ForumTables.Standings} l
              WHERE l.MembershipId = s.MembershipId AND l.Position > s.Position AND l.FromLatest <= @FirstDay))
          AND {Forum["FromEarliest"]} <= @LastDay AND {Forum["UntilLatest"]} >= @FirstDay
          AND COALESCE({State["FromEarliest"]}, {MemberForum["FromEarliest"]}) <= @LastDay
          AND COALESCE({State["UntilLatest"]}, {MemberForum["UntilLatest"]}) >= @FirstDay
        """;

    /// <summary>Selects the holders of the posts that represent the members of a forum.</summary>
    public static readonly Sql HoldersOfMembers = $"""
        SELECT {HolderColumns}
        FROM {MinisterTables.Posts} p
        JOIN {MinisterTables.Appointments} a ON a.PostId = p.Id
        JOIN {MinisterTables.Ministers} m ON m.Id = a.MinisterId
        WHERE {Represents} AND {MayHold}
          AND p.UntilLatest >= @FirstDay AND m.UntilLatest >= @FirstDay
          AND p.StateCode IN (SELECT b.StateCode FROM {ForumTables.Memberships} b WHERE b.ForumCode = @Forum)
        """;

    /// <summary>Selects the holders of the posts that represent a state.</summary>
    public static readonly Sql HoldersOfState = $"""
        SELECT {HolderColumns}
        FROM {MinisterTables.Posts} p
        JOIN {MinisterTables.Appointments} a ON a.PostId = p.Id
        JOIN {MinisterTables.Ministers} m ON m.Id = a.MinisterId
        WHERE p.StateCode = @State AND {Represents} AND {MayHold}
          AND p.UntilLatest >= @FirstDay AND m.UntilLatest >= @FirstDay
        """;

    /// <summary>Selects the ministers recorded as participants or chair of a meeting, each with the posts held at the time.</summary>
    public static readonly Sql Recorded = $"""
        SELECT {ColumnsOfHolder(Sql (column) => $"{Post[column]}")}
        FROM {MinisterTables.Ministers} m
        LEFT JOIN {MinisterTables.Appointments} a ON a.MinisterId = m.Id AND {MayHold}
        LEFT JOIN {Post.On("a.PostId")}
        WHERE m.Id IN (
            SELECT t.MinisterId FROM {MeetingTables.Participants} t WHERE t.MeetingId = @Id AND t.MinisterId IS NOT NULL
            UNION
            SELECT g.ChairMinister FROM {MeetingTables.Meetings} g WHERE g.Id = @Id AND g.ChairMinister IS NOT NULL)
        """;

    /// <summary>Selects the names of the states, forums and bodies that are recorded as participants of a meeting.</summary>
    public static readonly Sql Names = $"""
        SELECT 'state' AS Kind, t.StateCode AS Code, s.Name
        FROM {MeetingTables.Participants} t JOIN {StateTables.States} s ON s.Code = t.StateCode
        WHERE t.MeetingId = @Id
        UNION
        SELECT 'forum', t.ForumCode, f.Name
        FROM {MeetingTables.Participants} t JOIN {ForumTables.Forums} f ON f.Code = t.ForumCode
        WHERE t.MeetingId = @Id
        UNION
        SELECT 'body', t.BodyId, b.Name
        FROM {MeetingTables.Participants} t JOIN {ForumTables.Bodies} b ON b.Id = t.BodyId
        WHERE t.MeetingId = @Id
        """;

    /// <summary>Selects the name of the state or forum that chaired a meeting.</summary>
    public static readonly Sql ChairName = $"""
        SELECT COALESCE({State["Name"]}, {Forum["Name"]}) AS Name
        FROM {MeetingTables.Meetings} g
        LEFT JOIN {State.On("g.ChairState")}
        LEFT JOIN {Forum.On("g.ChairForum")}
        WHERE g.Id = @Id
        """;

    /// <summary>Selects the parties that may have chaired the forum or the body at the time of the meeting.</summary>
    public static readonly Sql Chairs = $"""
        SELECT c.ChairKind AS MemberKind, c.ChairCode AS MemberCode,
            COALESCE({State["Name"]}, {Forum["Name"]}) AS MemberName,
            CASE WHEN c.BodyId IS NULL THEN 0 ELSE 1 END AS OfBody, c.FromEarliest,
            CASE WHEN c.FromLatest <= @CertainLast AND c.UntilEarliest >= @CertainFirst THEN 1 ELSE 0 END AS Certainty
        FROM {ForumTables.Chairmanships} c
        LEFT JOIN {State.On("c.StateCode")}
        LEFT JOIN {Forum.On("c.ChairForumCode")}
        WHERE c.ForumCode = @Forum AND (c.BodyId IS NULL OR c.BodyId = @Body)
          AND c.FromEarliest <= @LastDay AND c.UntilLatest >= @FirstDay
        """;

    /// <param name="post">Maps the name of a column of the post to its expression.</param>
    private static Sql ColumnsOfHolder(Func<string, Sql> post) =>
        $"""
            m.Id AS MinisterId, m.Name AS MinisterName, {post("Id")} AS PostId, {post("Kind")} AS PostKind,
            {post("StateCode")} AS StateCode, a.Acting, a.FromEarliest, a.Record AS Appointment, {post(
                "Record"
            )} AS Post,
            CASE WHEN a.FromLatest <= @CertainLast AND a.UntilEarliest >= @CertainFirst
                  AND {post("UntilEarliest")} >= @CertainFirst AND m.UntilEarliest >= @CertainFirst
                 THEN 1 ELSE 0 END AS Certainty
            """;
}
