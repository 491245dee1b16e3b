using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

internal static class OutcomeSql
{
    private static readonly Lookup Meeting = MeetingTables.Meetings.Lookup("g");

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
        new Dictionary<string, Sql> { ["id"] = $"o.Id", ["date"] = $"{Meeting["FromEarliest"]}" },
        new Dictionary<string, Sql>([
            Named(OutcomeRole.Actor),
            Named(OutcomeRole.Mention),
            new("Forum", $"{Meeting["ForumCode"]} {Sql.In("Forum")}"),
            new("Body", $"{Meeting["BodyId"]} = @Body"),
            new(
                "BodyCode",
                $"EXISTS (SELECT 1 FROM {ForumTables.Bodies} b WHERE b.Id = {Meeting["BodyId"]} AND b.Code = @BodyCode)"
            ),
            new("Meeting", $"o.MeetingId = @Meeting"),
            new("AgendaItem", $"o.AgendaItem = @AgendaItem"),
            new("Verb", $"o.Verb {Sql.In("Verb")}"),
            new("Document", $"o.DocumentId = @Document"),
            new("FollowUp", $"o.FollowUp = @FollowUp"),
            new("OverdueOn", $"o.FollowUp = 'open' AND o.UntilLatest < @OverdueOn"),
            new("Within", $"{Meeting["FromEarliest"]} <= @WithinLast AND {Meeting["UntilLatest"]} >= @WithinFirst"),
        ]),
        joins: $"{Meeting.Join("o.MeetingId")}"
    );

    // The status on the last day of the period, on the assumption that each fulfilment took place as early as possible.
    private static readonly Sql LatestStatus = StatusOn("@DaysLast", "FromEarliest");

    // The status on the first day of the period, counting only the fulfilments that had certainly taken place.
    private static readonly Sql EarliestStatus = StatusOn("@DaysFirst", "FromLatest");

    public static readonly ListSql FollowUps = new(
        typeof(FollowUpFilters),
        $"o.Record, {LatestStatus} AS Status, CASE WHEN {LatestStatus} = {EarliestStatus} THEN 1 ELSE 0 END AS Certainty",
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
            new("Status", $"{LatestStatus} {Sql.In("Status")}"),
            new("MetBy", $"g.FromEarliest <= @MetBy"),
        ]),
        readsByIds: true
    );

    /// <summary>Selects the ids of all outcomes of a meeting, deleted ones too, so that no number is assigned twice.</summary>
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
    /// The status of a follow-up on a day. A follow-up that was fulfilled after the day is open on it. One that is done, with no
    /// dated fulfilment, counts as done on every day. One that is due in a month is due on its last day.
    /// </summary>
    /// <param name="day">The parameter with the day.</param>
    /// <param name="begun">The date column of the meeting or the step that must not be after the day.</param>
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

    /// <summary>
    /// The condition on the subjects in a role. One parameter serves all kinds of subjects, because codes of different kinds never
    /// coincide.
    /// </summary>
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

/// <summary>The role of a subject in an outcome.</summary>
public enum OutcomeRole
{
    /// <summary>One of those who acted.</summary>
    Actor,

    /// <summary>A subject that the outcome mentions.</summary>
    Mention,

    /// <summary>One of those who are to carry out the follow-up.</summary>
    Responsible,
}
