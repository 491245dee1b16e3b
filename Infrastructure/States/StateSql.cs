using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.States;

internal static class StateSql
{
    public static readonly RecordTable Identifiers = new("StateIdentifier", "StateCode", "Position", "Scheme", "Value")
    {
        Collection = "states",
    };

    public static readonly RecordTable Predecessors = new(
        "StatePredecessor",
        "StateCode",
        "Position",
        "PredecessorCode"
    )
    {
        Collection = "states",
    };

    public static readonly RecordTable States = new(
        "State",
        "Code",
        ["Name", "SortName", "Region", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "states",
    };

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(StateFilters),
        States,
        "s",
        new Dictionary<string, Sql>
        {
            ["code"] = $"s.Code",
            ["name"] = $"s.SortName",
            ["existence"] = $"s.FromEarliest",
        },
        new Dictionary<string, Sql>
        {
            ["On"] = $"s.FromEarliest <= @OnLast AND s.UntilLatest >= @OnFirst",
            ["Region"] = $"s.Region {Sql.In("Region")}",
            ["AnyCode"] = $"""
            EXISTS (SELECT 1 FROM {Identifiers} i
            WHERE i.Value {Sql.In("AnyCode")} AND i.StateCode = s.Code)
            """,
            ["IdentifierValue"] = $"""
            EXISTS (SELECT 1 FROM {Identifiers} i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.StateCode = s.Code)
            """,
        }
    );

    /// <summary>The states that others know by an identifier, whatever its scheme.</summary>
    public const string OfIdentifier = """
        SELECT DISTINCT s.Code, s.UntilLatest FROM StateIdentifier i JOIN State s ON s.Code = i.StateCode
        WHERE i.Value IN (@Value, @Capitals)
        """;

    /// <summary>The same, of one scheme.</summary>
    public const string OfCode = $"{OfIdentifier} AND i.Scheme = @Scheme";

    public static readonly LineageTable Lineage = new("StatePredecessor", "StateCode");

    /// <summary>What keeps a state on record: a few of the records that name it.</summary>
    public const string Users = """
        SELECT CONCAT('memberships/', m.Id) FROM Membership m WHERE m.StateCode = @Code
        UNION ALL
        SELECT CONCAT('forums/', f.Code) FROM Forum f WHERE f.SeatCountry = @Code
        UNION ALL
        SELECT CONCAT('bodies/', b.Id) FROM Body b WHERE b.SeatCountry = @Code
        UNION ALL
        SELECT CONCAT('states/', p.StateCode) FROM StatePredecessor p WHERE p.PredecessorCode = @Code
        UNION ALL
        SELECT CONCAT('posts/', p.Id) FROM Post p WHERE p.StateCode = @Code
        UNION ALL
        SELECT CONCAT('chairmanships/', c.Id) FROM Chairmanship c WHERE c.StateCode = @Code
        UNION ALL
        SELECT CONCAT('meetings/', g.Id) FROM Meeting g WHERE @Code IN (g.Country, g.Host, g.ChairState)
        UNION ALL
        SELECT CONCAT('meetings/', p.MeetingId) FROM MeetingParticipant p WHERE p.StateCode = @Code
        UNION ALL
        SELECT CONCAT('outcomes/', o.OutcomeId) FROM OutcomeSubject o WHERE o.StateCode = @Code
        """;

    /// <summary>The memberships with a standing, the posts and the chairmanships that cannot lie in the state's life.</summary>
    public const string Outliving = """
        SELECT DISTINCT s.MembershipId
        FROM Standing s
        JOIN Membership m ON m.Id = s.MembershipId
        WHERE m.StateCode = @Code
          AND (s.FromLatest < @Start OR s.FromEarliest > @End OR (s.UntilEarliest > @End AND s.UntilEarliest < @Never))
        UNION ALL
        SELECT p.Id
        FROM Post p
        WHERE p.StateCode = @Code
          AND ((p.FromLatest < @Start AND p.FromEarliest > @Ever) OR p.FromEarliest > @End OR (p.UntilEarliest > @End AND p.UntilEarliest < @Never))
        UNION ALL
        SELECT c.Id
        FROM Chairmanship c
        WHERE c.StateCode = @Code
          AND ((c.FromLatest < @Start AND c.FromEarliest > @Ever) OR c.FromEarliest > @End OR (c.UntilEarliest > @End AND c.UntilEarliest < @Never))
        """;
}
