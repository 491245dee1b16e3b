using Dapper;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Search;

internal static class SearchSql
{
    /// <summary>The index of all names of all records.</summary>
    public static readonly RecordTable Names = new(
        "SearchName",
        "RecordKey",
        [
            "NameKey",
            "Collection",
            "RecordId",
            "Display",
            "Name",
            "Folded",
            "Language",
            "Kind",
            .. PeriodRow.Columns,
            "RecordKind",
            "Country",
            "LifeFrom",
            "LifeUntil",
        ]
    );

    /// <summary>The folded words of each name.</summary>
    public static readonly RecordTable Tokens = new(
        "SearchToken",
        "RecordKey",
        "NameKey",
        "Collection",
        "Token",
        "Length"
    );

    /// <summary>The columns that have the same value in all rows of a record.</summary>
    public static readonly IReadOnlySet<string> SharedColumns = new HashSet<string>
    {
        "RecordKey",
        "Collection",
        "RecordId",
        "Display",
        "RecordKind",
        "Country",
        "LifeFrom",
        "LifeUntil",
        "Version",
        "RecordedFrom",
    };

    /// <summary>Selects the indexed names of a record.</summary>
    public static readonly Sql OfRecord = $"SELECT n.* FROM {Names} n WHERE n.RecordKey = @Id ORDER BY n.NameKey";

    /// <summary>Selects the names with these keys.</summary>
    public static readonly Sql ByKey = $"SELECT n.* FROM {Names} n WHERE n.NameKey IN ({Keys.Parameters})";

    /// <summary>Selects the names with these keys, but only the columns that rank and show them.</summary>
    public static readonly Sql RankedByKey = $"""
        SELECT n.NameKey, n.RecordKey, n.Collection, n.RecordId, n.Display, n.Name, n.Folded, n.Language, n.Kind,
            n.UntilEarliest, n.UntilLatest
        FROM {Names} n
        WHERE n.NameKey IN ({Keys.Parameters})
        """;

    /// <summary>Selects the words in a range, sorted; equal words are sorted by the length of the name.</summary>
    public static readonly RangePerCollection Words = new(
        "NameKey, Collection, Token, Length",
        Tokens,
        "Token",
        "Length, NameKey"
    );

    /// <summary>Selects the distinct words among the first rows of a range.</summary>
    public static readonly RangePerCollection DistinctWords = new(
        "Token, Collection, Length, NameKey",
        Tokens,
        "Token",
        "Length, NameKey",
        distinct: "Token"
    );

    /// <summary>Selects the names whose folded text is in a range.</summary>
    public static readonly RangePerCollection Beginning = new(
        "NameKey, Collection, Folded AS Token, 0 AS Length",
        Names,
        "Folded",
        "NameKey"
    );

    /// <summary>Selects the states whose posts the ministers have held.</summary>
    public static readonly Sql StatesOfMinisters = $"""
        SELECT DISTINCT a.MinisterId AS Minister, p.StateCode AS State
        FROM {MinisterTables.Appointments} a
        JOIN {MinisterTables.Posts} p ON p.Id = a.PostId
        WHERE a.MinisterId IN ({Keys.Parameters}) AND p.StateCode IS NOT NULL
        """;

    public const string Format = "SELECT MAX(Format) FROM SearchFormat";

    public const string SetFormat = "UPDATE SearchFormat SET Format = @Format WHERE Id = 1";

    public const string InsertFormat = "INSERT INTO SearchFormat (Id, Format) VALUES (1, @Format)";

    public static readonly IReadOnlyList<string> DeleteAll =
    [
        "DELETE FROM SearchToken",
        "DELETE FROM SearchTokenHistory",
        "DELETE FROM SearchName",
        "DELETE FROM SearchNameHistory",
    ];
}

/// <summary>
/// Selects the first rows of a range in each of several collections, so that a large collection does not crowd out the rows of
/// a small one, and the number of rows stays bounded.
/// </summary>
/// <param name="columns">The selected columns.</param>
/// <param name="table">The table.</param>
/// <param name="key">The column that is at or after @From and before @To.</param>
/// <param name="order">The order of rows with the same key.</param>
/// <param name="distinct">The column whose distinct values are returned; null for whole rows.</param>
internal sealed class RangePerCollection(
    string columns,
    RecordTable table,
    string key,
    string order,
    string? distinct = null
)
{
    /// <summary>The statement, with the parameters @From, @To and @Take.</summary>
    public ComposedSql In(SqlDialect dialect, IEnumerable<string> collections) =>
        new(
            Sql.Join(
                "\nUNION ALL\n",
                collections.Select(
                    Sql (collection) =>
                        $"""
                            SELECT {(distinct is null ? "*" : $"DISTINCT {distinct}")} FROM (
                                SELECT {columns} FROM {table} t
                                WHERE Collection = '{collection}' AND {key} >= @From AND {key} < @To
                                ORDER BY {key}, {order}
                                {dialect.FirstRows}
                            ) {collection}
                            """
                )
            )
        );

    /// <summary>Makes the parameters of the statement.</summary>
    public static DynamicParameters Range(string from, string to, int take)
    {
        var parameters = new DynamicParameters();
        parameters.Add("From", from);
        parameters.Add("To", to);
        parameters.Add("Take", take);
        return parameters;
    }
}

/// <summary>Looks up rows by key, with a fixed number of parameters, so that the server reuses one query plan.</summary>
internal static class Keys
{
    /// <summary>The number of keys in a statement.</summary>
    public const int PerStatement = 25;

    /// <summary>The parameters for the IN list of a statement.</summary>
    public static readonly string Parameters = string.Join(
        ", ",
        Enumerable.Range(0, PerStatement).Select(n => $"@Key{n}")
    );

    /// <summary>Reads the rows for the keys, in as many batches as needed.</summary>
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        ReadSession session,
        Sql statement,
        IEnumerable<string> keys
    )
    {
        var rows = new List<T>();
        foreach (var chunk in keys.Chunk(PerStatement))
        {
            var parameters = new DynamicParameters();
            for (var place = 0; place < PerStatement; place++)
            {
                parameters.Add($"Key{place}", chunk[Math.Min(place, chunk.Length - 1)]);
            }

            rows.AddRange(await session.RowsAsync<T>(statement, parameters));
        }

        return rows;
    }
}
