namespace Registry.Infrastructure.Meetings;

/// <summary>
/// Who stood where while a meeting was held. A meeting is a window of days: what may have held on one of them is told,
/// and is certain where it held on the days that the meeting certainly had.
/// </summary>
internal static class DelegationSql
{
    private const string HolderColumns = """
        m.Id AS MinisterId, m.Name AS MinisterName, p.Id AS PostId, p.Kind AS PostKind, p.StateCode AS StateCode, a.Acting,
        a.FromEarliest, a.Record AS Appointment, p.Record AS Post,
        CASE WHEN a.FromLatest <= @CertainLast AND a.UntilEarliest >= @CertainFirst
              AND p.UntilEarliest >= @CertainFirst AND m.UntilEarliest >= @CertainFirst
             THEN 1 ELSE 0 END AS Certainty
        """;

    // One that ended nobody knows when was over when the next full holder of the post had certainly begun.
    private const string MayHold = """
        a.FromEarliest <= @LastDay AND a.UntilLatest >= @FirstDay
        AND NOT (a.UntilLatest = @Never AND a.UntilEarliest < @Never
            AND EXISTS (SELECT 1 FROM Appointment l
            WHERE l.PostId = a.PostId AND l.Acting = 0 AND l.FromEarliest > a.FromEarliest
              AND l.FromLatest <= @FirstDay))
        """;

    private const string Represents = """
        p.Kind IN (@Kind, @OtherKind) AND (p.Kind <> 'permanent-representative' OR p.AccreditedTo = @Forum)
        """;

    /// <summary>Those with a standing in a forum.</summary>
    public const string Members = """
        SELECT m.MemberKind AS MemberKind, m.MemberCode AS MemberCode, COALESCE(st.Name, mf.Name) AS MemberName,
            CASE WHEN s.FromLatest <= @CertainLast AND s.UntilEarliest >= @CertainFirst
                  AND f.FromLatest <= @CertainLast AND f.UntilEarliest >= @CertainFirst
                  AND COALESCE(st.FromLatest, mf.FromLatest) <= @CertainLast
                  AND COALESCE(st.UntilEarliest, mf.UntilEarliest) >= @CertainFirst
                 THEN 1 ELSE 0 END AS Certainty
        FROM Standing s
        LEFT JOIN Membership m ON m.Id = s.MembershipId
        LEFT JOIN Forum f ON f.Code = s.ForumCode
        LEFT JOIN State st ON st.Code = m.StateCode
        LEFT JOIN Forum mf ON mf.Code = m.MemberForumCode
        WHERE s.ForumCode = @Forum AND s.Kind = @Standing
          AND s.FromEarliest <= @LastDay AND s.UntilLatest >= @FirstDay
          AND NOT (s.UntilEarliest < s.UntilLatest AND EXISTS (SELECT 1 FROM Standing l
              WHERE l.MembershipId = s.MembershipId AND l.Position > s.Position AND l.FromLatest <= @FirstDay))
          AND f.FromEarliest <= @LastDay AND f.UntilLatest >= @FirstDay
          AND COALESCE(st.FromEarliest, mf.FromEarliest) <= @LastDay
          AND COALESCE(st.UntilLatest, mf.UntilLatest) >= @FirstDay
        """;

    /// <summary>The holders of the posts that represent the members of a forum.</summary>
    public const string HoldersOfMembers = $"""
        SELECT {HolderColumns}
        FROM Post p
        JOIN Appointment a ON a.PostId = p.Id
        JOIN Minister m ON m.Id = a.MinisterId
        WHERE {Represents} AND {MayHold}
          AND p.UntilLatest >= @FirstDay AND m.UntilLatest >= @FirstDay
          AND EXISTS (SELECT 1 FROM Membership b WHERE b.ForumCode = @Forum AND b.StateCode = p.StateCode)
        """;

    /// <summary>The holders of the posts that represent a state.</summary>
    public const string HoldersOfState = $"""
        SELECT {HolderColumns}
        FROM Post p
        JOIN Appointment a ON a.PostId = p.Id
        JOIN Minister m ON m.Id = a.MinisterId
        WHERE p.StateCode = @State AND {Represents} AND {MayHold}
          AND p.UntilLatest >= @FirstDay AND m.UntilLatest >= @FirstDay
        """;

    /// <summary>The ministers on record at a meeting, each with the posts held then, if any.</summary>
    public const string Recorded = $"""
        SELECT {HolderColumns}
        FROM Minister m
        LEFT JOIN Appointment a ON a.MinisterId = m.Id AND {MayHold}
        LEFT JOIN Post p ON p.Id = a.PostId
        WHERE m.Id IN (
            SELECT t.MinisterId FROM MeetingParticipant t WHERE t.MeetingId = @Id AND t.MinisterId IS NOT NULL
            UNION
            SELECT g.ChairMinister FROM Meeting g WHERE g.Id = @Id AND g.ChairMinister IS NOT NULL)
        """;

    /// <summary>The names of those on record at a meeting, by kind and code.</summary>
    public const string Names = """
        SELECT 'state' AS Kind, t.StateCode AS Code, s.Name
        FROM MeetingParticipant t JOIN State s ON s.Code = t.StateCode
        WHERE t.MeetingId = @Id
        UNION
        SELECT 'forum', t.ForumCode, f.Name
        FROM MeetingParticipant t JOIN Forum f ON f.Code = t.ForumCode
        WHERE t.MeetingId = @Id
        UNION
        SELECT 'body', t.BodyId, b.Name
        FROM MeetingParticipant t JOIN Body b ON b.Id = t.BodyId
        WHERE t.MeetingId = @Id
        """;

    /// <summary>The name of the state or forum in the chair of a meeting.</summary>
    public const string ChairName = """
        SELECT COALESCE(s.Name, f.Name) AS Name
        FROM Meeting g
        LEFT JOIN State s ON s.Code = g.ChairState
        LEFT JOIN Forum f ON f.Code = g.ChairForum
        WHERE g.Id = @Id
        """;

    /// <summary>Those who chaired the forum or the body that meets.</summary>
    public const string Chairs = """
        SELECT c.ChairKind AS MemberKind, c.ChairCode AS MemberCode, COALESCE(s.Name, f.Name) AS MemberName,
            CASE WHEN c.BodyId IS NULL THEN 0 ELSE 1 END AS OfBody, c.FromEarliest,
            CASE WHEN c.FromLatest <= @CertainLast AND c.UntilEarliest >= @CertainFirst THEN 1 ELSE 0 END AS Certainty
        FROM Chairmanship c
        LEFT JOIN State s ON s.Code = c.StateCode
        LEFT JOIN Forum f ON f.Code = c.ChairForumCode
        WHERE c.ForumCode = @Forum AND (c.BodyId IS NULL OR c.BodyId = @Body)
          AND c.FromEarliest <= @LastDay AND c.UntilLatest >= @FirstDay
        """;
}
