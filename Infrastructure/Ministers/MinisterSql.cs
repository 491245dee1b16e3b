using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Ministers;

internal static class MinisterSql
{
    public static readonly RecordTable Ministers = new(
        "Minister",
        "Id",
        ["Name", "SortName", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "ministers",
    };

    public static readonly RecordTable Identifiers = new(
        "MinisterIdentifier",
        "MinisterId",
        "Position",
        "Scheme",
        "Value"
    )
    {
        Collection = "ministers",
    };

    private static readonly Sql HoldsSuchAPost = $"""
        EXISTS (SELECT 1 FROM {AppointmentSql.Appointments} a JOIN {PostSql.Posts} p ON p.Id = a.PostId WHERE a.MinisterId = m.Id
        """;

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(MinisterFilters),
        Ministers,
        "m",
        new Dictionary<string, Sql>
        {
            ["id"] = $"m.Id",
            ["name"] = $"m.SortName",
            ["born"] = $"m.FromEarliest",
        },
        new Dictionary<string, Sql>
        {
            ["IdentifierValue"] = $"""
            EXISTS (SELECT 1 FROM {Identifiers} i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.MinisterId = m.Id)
            """,
            ["Post"] = $"{HoldsSuchAPost} AND p.Id {Sql.In("Post")})",
            ["State"] = $"{HoldsSuchAPost} AND p.StateCode {Sql.In("State")})",
            ["Forum"] = $"{HoldsSuchAPost} AND p.ForumCode {Sql.In("Forum")})",
            ["Kind"] = $"{HoldsSuchAPost} AND p.Kind {Sql.In("Kind")})",
        }
    );

    public static readonly ListSql Timeline = TimelineSql.Over(
        typeof(MinisterTimelineFilters),
        $"""
        SELECT CONCAT('appointment/', a.Id) AS Id, 'appointment' AS Kind, p.Name AS Title,
               CONCAT('appointments/', a.Id) AS Record, a.FromText, a.FromEarliest, a.FromLatest
        FROM {AppointmentSql.Appointments} a
        JOIN {PostSql.Posts} p ON p.Id = a.PostId
        WHERE a.MinisterId = @Minister
        UNION ALL
        SELECT CONCAT('chaired/', g.Id), 'chaired', g.Name, CONCAT('meetings/', g.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {MeetingSql.Meetings} g
        WHERE g.ChairMinister = @Minister
        UNION ALL
        SELECT CONCAT('took-part/', g.Id), 'took-part', g.Name, CONCAT('meetings/', g.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {MeetingSql.Meetings} g
        WHERE EXISTS (SELECT 1 FROM {MeetingSql.Participants} p WHERE p.MeetingId = g.Id AND p.MinisterId = @Minister)
        UNION ALL
        SELECT CONCAT('outcome/', o.Id), 'outcome', o.Name, CONCAT('outcomes/', o.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {OutcomeSql.Outcomes} o
        JOIN {MeetingSql.Meetings} g ON g.Id = o.MeetingId
        WHERE EXISTS (SELECT 1 FROM {OutcomeSql.Subjects} u
            WHERE u.OutcomeId = o.Id AND u.MinisterId = @Minister AND u.Role IN ('actor', 'mention'))
        """
    );

    /// <summary>The appointments that cannot lie in the life of the minister.</summary>
    public const string Outliving = """
        SELECT a.Id
        FROM Appointment a
        WHERE a.MinisterId = @Code
          AND (a.FromLatest < @Start OR a.FromEarliest > @End OR (a.UntilEarliest > @End AND a.UntilEarliest < @Never))
        """;

    /// <summary>What keeps a minister on record: a few of the records that name the person.</summary>
    public const string Users = """
        SELECT CONCAT('appointments/', a.Id) FROM Appointment a WHERE a.MinisterId = @Id
        UNION ALL
        SELECT CONCAT('meetings/', g.Id) FROM Meeting g WHERE g.ChairMinister = @Id
        UNION ALL
        SELECT CONCAT('meetings/', p.MeetingId) FROM MeetingParticipant p WHERE p.MinisterId = @Id
        UNION ALL
        SELECT CONCAT('outcomes/', o.OutcomeId) FROM OutcomeSubject o WHERE o.MinisterId = @Id
        """;
}
