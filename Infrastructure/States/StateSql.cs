using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.States;

internal static class StateSql
{
    public static readonly ListSql List = ListSql.OfRecords(
        typeof(StateFilters),
        StateTables.States,
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
            EXISTS (SELECT 1 FROM {StateTables.Identifiers} i
            WHERE i.Value {Sql.In("AnyCode")} AND i.StateCode = s.Code)
            """,
            ["IdentifierValue"] = $"""
            EXISTS (SELECT 1 FROM {StateTables.Identifiers} i
            WHERE i.Value = @IdentifierValue AND i.Scheme = @IdentifierScheme AND i.StateCode = s.Code)
            """,
        }
    );

    /// <summary>Selects the states with an identifier of any scheme.</summary>
    public const string OfIdentifier = """
        SELECT DISTINCT s.Code, s.UntilLatest FROM StateIdentifier i JOIN State s ON s.Code = i.StateCode
        WHERE i.Value IN (@Value, @Capitals)
        """;

    /// <summary>Selects the states with an identifier of one scheme.</summary>
    public const string OfCode = $"{OfIdentifier} AND i.Scheme = @Scheme";

    public static readonly LineageTable Lineage = new("StatePredecessor", "StateCode");

    /// <summary>Selects the ids of the memberships, posts and chairmanships that are certainly dated outside the life of the state.</summary>
    public const string OutsideLife = """
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
