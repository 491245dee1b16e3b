using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.States;

internal static class StateSql
{
    public static readonly RecordTable Identifiers = new("StateIdentifier", "StateCode", "Position", "Scheme", "Value");

    public static readonly RecordTable Predecessors = new(
        "StatePredecessor",
        "StateCode",
        "Position",
        "PredecessorCode"
    );

    public static readonly RecordTable States = new(
        "State",
        "Code",
        ["Name", "SortName", "Region", .. PeriodRow.Columns, "Record"]
    );

    public static readonly ListSql List = new(
        "s.Record",
        "State s",
        "s.Code",
        new Dictionary<string, string>
        {
            ["code"] = "s.Code",
            ["name"] = "s.SortName",
            ["existence"] = "s.FromEarliest",
        },
        new Dictionary<string, string>
        {
            ["On"] = "s.FromEarliest <= @On AND s.UntilLatest >= @On",
            ["Region"] = "s.Region = @Region",
            ["AnyCode"] = """
            EXISTS (SELECT 1 FROM StateIdentifier i
            WHERE i.Value IN (@AnyCode, @AnyCodeInCapitals) AND i.StateCode = s.Code)
            """,
            ["IdentifierValue"] = """
            EXISTS (SELECT 1 FROM StateIdentifier i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.StateCode = s.Code)
            """,
        }
    );

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
        """;

    /// <summary>The memberships with a standing that cannot lie in the state's life.</summary>
    public const string Outliving = """
        SELECT DISTINCT s.MembershipId
        FROM Standing s
        JOIN Membership m ON m.Id = s.MembershipId
        WHERE m.StateCode = @Code
          AND (s.FromLatest < @Start OR s.FromEarliest > @End OR (s.UntilEarliest > @End AND s.UntilEarliest < @Never))
        """;
}
