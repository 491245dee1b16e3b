using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

internal static class MeetingSql
{
    public static readonly RecordParents Parents = new(
        "Meeting",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId")
    );

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(MeetingFilters),
        MeetingTables.Meetings,
        "g",
        new Dictionary<string, Sql>
        {
            ["id"] = $"g.Id",
            ["date"] = $"g.FromEarliest",
            ["name"] = $"g.SortName",
        },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"g.ForumCode {Sql.In("Forum")}",
            ["Body"] = $"g.BodyId = @Body",
            ["BodyCode"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Bodies} b WHERE b.Id = g.BodyId AND b.Code = @BodyCode)",
            ["Kind"] = $"g.Kind {Sql.In("Kind")}",
            ["Format"] = $"g.Format {Sql.In("Format")}",
            ["Status"] = $"g.Status {Sql.In("Status")}",
            ["Country"] = $"g.Country {Sql.In("Country")}",
            ["Host"] = $"g.Host {Sql.In("Host")}",
            ["Chair"] = $"g.ChairState {Sql.In("Chair")}",
            ["OnMarginsOf"] = $"g.MarginsOf = @OnMarginsOf",
            ["On"] = $"g.FromEarliest <= @OnLast AND g.UntilLatest >= @OnFirst",
            ["Within"] = $"g.FromEarliest <= @WithinLast AND g.UntilLatest >= @WithinFirst",
        }
    );

    public const string MarginsOf = "SELECT g.MarginsOf FROM Meeting g WHERE g.Id = @Id AND g.MarginsOf IS NOT NULL";

    /// <summary>Selects the outcomes of a meeting with their agenda items and verbs.</summary>
    public const string Outcomes = "SELECT o.Id, o.AgendaItem, o.Verb FROM Outcome o WHERE o.MeetingId = @Id";

    /// <summary>Selects the steps that documents took at a meeting.</summary>
    public const string DocumentSteps = """
        SELECT s.DocumentId, s.Status, s.OnText
        FROM DocumentStep s
        WHERE s.MeetingId = @Id
        """;

    /// <summary>Selects the outcomes that would be fulfilled before their own meeting if this meeting had the given days.</summary>
    public const string FulfilledBefore = """
        SELECT f.FulfilledId
        FROM Outcome o
        JOIN OutcomeFulfilment f ON f.OutcomeId = o.Id
        JOIN Outcome e ON e.Id = f.FulfilledId
        JOIN Meeting g ON g.Id = e.MeetingId
        WHERE o.MeetingId = @Id AND e.MeetingId <> @Id AND g.FromEarliest > @LastDay
        UNION ALL
        SELECT o.Id
        FROM Outcome o
        JOIN OutcomeFulfilment f ON f.FulfilledId = o.Id
        JOIN Outcome l ON l.Id = f.OutcomeId
        JOIN Meeting g ON g.Id = l.MeetingId
        WHERE o.MeetingId = @Id AND l.MeetingId <> @Id AND g.UntilLatest < @FirstDay
        UNION ALL
        SELECT o.Id
        FROM Outcome o
        JOIN DocumentFulfilment f ON f.FulfilledId = o.Id
        WHERE o.MeetingId = @Id AND NOT EXISTS (SELECT 1 FROM DocumentStep s
            WHERE s.DocumentId = f.DocumentId AND s.Status = f.Step AND s.UntilLatest >= @FirstDay)
        """;
}
