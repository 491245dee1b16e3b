using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

internal static class OutcomeSql
{
    public static readonly RecordParents Parents = new(
        "Outcome",
        "Id",
        " JOIN Meeting g ON g.Id = r.MeetingId",
        ("meetings", "r.MeetingId"),
        ("forums", "g.ForumCode"),
        ("bodies", "g.BodyId")
    );

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(OutcomeFilters),
        MeetingTables.Outcomes,
        "o",
        new Dictionary<string, Sql> { ["id"] = $"o.Id", ["date"] = $"g.FromEarliest" },
        new Dictionary<string, Sql>([
            Named(OutcomeRole.Actor),
            Named(OutcomeRole.Mention),
            new("Forum", $"g.ForumCode {Sql.In("Forum")}"),
            new("Body", $"g.BodyId = @Body"),
            new(
                "BodyCode",
                $"EXISTS (SELECT 1 FROM {ForumTables.Bodies} b WHERE b.Id = g.BodyId AND b.Code = @BodyCode)"
            ),
            new("Meeting", $"o.MeetingId = @Meeting"),
            new("AgendaItem", $"o.AgendaItem = @AgendaItem"),
            new("Verb", $"o.Verb {Sql.In("Verb")}"),
            new("Document", $"o.DocumentId = @Document"),
            new("FollowUp", $"o.FollowUp = @FollowUp"),
            new("OverdueOn", $"o.FollowUp = 'open' AND o.UntilLatest < @OverdueOn"),
            new("Within", $"g.FromEarliest <= @WithinLast AND g.UntilLatest >= @WithinFirst"),
        ]),
        joins: $"JOIN {MeetingTables.Meetings} g ON g.Id = o.MeetingId"
    );

    // How far it had come on the last of the days, if all that may have been done by then was done.
    private static readonly Sql StatusOnLastDay = StatusOn("@DaysLast", "FromEarliest");

    // How far it had come on the first of the days, if nothing was done but what certainly was.
    private static readonly Sql StatusOnFirstDay = StatusOn("@DaysFirst", "FromLatest");

    public static readonly ListSql FollowUps = new(
        typeof(FollowUpFilters),
        $"o.Record, {StatusOnLastDay} AS Status, CASE WHEN {StatusOnLastDay} = {StatusOnFirstDay} THEN 1 ELSE 0 END AS Certainty",
        $"{MeetingTables.Outcomes} o JOIN {MeetingTables.Meetings} g ON g.Id = o.MeetingId AND o.FollowUp IS NOT NULL",
        "o.Id",
        new Dictionary<string, Sql>
        {
            ["due"] = $"o.UntilLatest",
            ["id"] = $"o.Id",
            ["date"] = $"g.FromEarliest",
        },
        new Dictionary<string, Sql>([
            Named(OutcomeRole.Responsible),
            new("Forum", $"g.ForumCode = @Forum"),
            new("Status", $"{StatusOnLastDay} {Sql.In("Status")}"),
            new("MetBy", $"g.FromEarliest <= @MetBy"),
        ])
    );

    /// <summary>Every id that was made of the meeting's, so that the next number is free.</summary>
    public const string OfMeeting = """
        SELECT o.Id FROM Outcome o WHERE o.MeetingId = @Meeting
        UNION
        SELECT h.Id FROM OutcomeHistory h WHERE h.MeetingId = @Meeting
        """;

    public const string Fulfilled = "SELECT f.FulfilledId FROM OutcomeFulfilment f WHERE f.OutcomeId = @Id";

    public const string FulfilledBy = """
        SELECT 'outcome' AS Kind, f.OutcomeId AS Id FROM OutcomeFulfilment f WHERE f.FulfilledId = @Id
        UNION
        SELECT 'document' AS Kind, f.DocumentId AS Id FROM DocumentFulfilment f WHERE f.FulfilledId = @Id
        """;

    /// <summary>
    /// How far what was asked for had come on a day. What was done later was open on it; where nothing dates it, it counts
    /// as done all along. What is due in a month is due on its last day.
    /// </summary>
    /// <param name="day">The parameter with the day.</param>
    /// <param name="begun">The column by which a meeting or a step counts as begun.</param>
    private static Sql StatusOn(string day, string begun) =>
        $"""
            CASE WHEN o.FollowUp = 'dropped' THEN 'dropped'
                 WHEN o.FollowUp = 'done' AND (
                    (NOT EXISTS (SELECT 1 FROM {MeetingTables.OutcomeFulfilments} f WHERE f.FulfilledId = o.Id)
                        AND NOT EXISTS (SELECT 1 FROM {MeetingTables.DocumentFulfilments} f WHERE f.FulfilledId = o.Id))
                    OR EXISTS (SELECT 1 FROM {MeetingTables.OutcomeFulfilments} f
                        JOIN {MeetingTables.Outcomes} l ON l.Id = f.OutcomeId
                        JOIN {MeetingTables.Meetings} h ON h.Id = l.MeetingId
                        WHERE f.FulfilledId = o.Id AND h.{begun} <= {day})
                    OR EXISTS (SELECT 1 FROM {MeetingTables.DocumentFulfilments} f
                        JOIN {MeetingTables.Steps} s ON s.DocumentId = f.DocumentId AND s.Status = f.Step
                        WHERE f.FulfilledId = o.Id AND s.{begun} <= {day})) THEN 'done'
                 WHEN o.UntilLatest < {day} THEN 'overdue' ELSE 'open' END
            """;

    /// <summary>The condition on the subjects in a role: no code of one kind is that of another.</summary>
    private static KeyValuePair<string, Sql> Named(OutcomeRole role) => Named($"{role}", Words.Of(role));

    private static KeyValuePair<string, Sql> Named(string name, string role) =>
        new(
            name,
            $"""
            EXISTS (SELECT 1 FROM {MeetingTables.Subjects} s WHERE s.OutcomeId = o.Id AND s.Role = '{role}'
            AND (s.StateCode = @{name} OR s.ForumCode = @{name} OR s.BodyId = @{name} OR s.MinisterId = @{name}))
            """
        );
}

/// <summary>As what an outcome names somebody.</summary>
public enum OutcomeRole
{
    /// <summary>Who did it.</summary>
    Actor,

    /// <summary>Whom it speaks of.</summary>
    Mention,

    /// <summary>Who is to do what it asks for.</summary>
    Responsible,
}
