using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Ministers;

internal static class MinisterSql
{
    private static readonly Sql HasAppointment = $"""
        EXISTS (SELECT 1 FROM {MinisterTables.Appointments} a JOIN {MinisterTables.Posts} p ON p.Id = a.PostId WHERE a.MinisterId = m.Id
        """;

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(MinisterFilters),
        MinisterTables.Ministers,
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
            EXISTS (SELECT 1 FROM {MinisterTables.Identifiers} i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.MinisterId = m.Id)
            """,
            ["Post"] = $"{HasAppointment} AND p.Id {Sql.In("Post")})",
            ["State"] = $"{HasAppointment} AND p.StateCode {Sql.In("State")})",
            ["Forum"] = $"{HasAppointment} AND p.ForumCode {Sql.In("Forum")})",
            ["Kind"] = $"{HasAppointment} AND p.Kind {Sql.In("Kind")})",
        }
    );

    public static readonly ListSql Timeline = TimelineSql.Over(
        typeof(MinisterTimelineFilters),
        $"""
        SELECT CONCAT('appointment/', a.Id) AS Id, 'appointment' AS Kind, p.Name AS Title,
               CONCAT('appointments/', a.Id) AS Record, a.FromText, a.FromEarliest, a.FromLatest
        FROM {MinisterTables.Appointments} a
        JOIN {MinisterTables.Posts} p ON p.Id = a.PostId
        WHERE a.MinisterId = @Minister
        UNION ALL
        SELECT CONCAT('chaired/', g.Id), 'chaired', g.Name, CONCAT('meetings/', g.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {MeetingTables.Meetings} g
        WHERE g.ChairMinister = @Minister
        UNION ALL
        SELECT CONCAT('took-part/', g.Id), 'took-part', g.Name, CONCAT('meetings/', g.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {MeetingTables.Meetings} g
        WHERE EXISTS (SELECT 1 FROM {MeetingTables.Participants} p WHERE p.MeetingId = g.Id AND p.MinisterId = @Minister)
        UNION ALL
        SELECT CONCAT('outcome/', o.Id), 'outcome', o.Name, CONCAT('outcomes/', o.Id), NULL, g.FromEarliest, g.FromLatest
        FROM {MeetingTables.Outcomes} o
        JOIN {MeetingTables.Meetings} g ON g.Id = o.MeetingId
        WHERE EXISTS (SELECT 1 FROM {MeetingTables.Subjects} u
            WHERE u.OutcomeId = o.Id AND u.MinisterId = @Minister AND u.Role IN ('actor', 'mention'))
        """
    );

    /// <summary>Selects the ids of the appointments that are certainly dated outside the life of the minister.</summary>
    public const string OutsideLife = """
        SELECT a.Id
        FROM Appointment a
        WHERE a.MinisterId = @Code
          AND (a.FromLatest < @Start OR a.FromEarliest > @End OR (a.UntilEarliest > @End AND a.UntilEarliest < @Never))
        """;
}
