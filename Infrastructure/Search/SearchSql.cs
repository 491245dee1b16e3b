using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Search;

internal static class SearchSql
{
    /// <summary>Every name of every record: an index of what stands in the records.</summary>
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

    /// <summary>The words of each name, folded.</summary>
    public static readonly RecordTable Tokens = new(
        "SearchToken",
        "RecordKey",
        "NameKey",
        "Collection",
        "Token",
        "Length"
    );

    /// <summary>The columns that are the same in all rows of a record.</summary>
    public static readonly IReadOnlySet<string> OfRecord = new HashSet<string>
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

    /// <summary>The names of a record as the index has them.</summary>
    public static readonly Sql Held = $"SELECT n.* FROM {Names} n WHERE n.RecordKey = @Id ORDER BY n.NameKey";

    /// <summary>The names with these keys.</summary>
    public static readonly Sql Keyed = $"SELECT n.* FROM {Names} n WHERE n.NameKey IN ({Keys.Parameters})";

    /// <summary>What ranks and shows the names with these keys, without the rest.</summary>
    public static readonly Sql Shown = $"""
        SELECT n.NameKey, n.RecordKey, n.Collection, n.RecordId, n.Display, n.Name, n.Folded, n.Language, n.Kind,
            n.UntilEarliest, n.UntilLatest
        FROM {Names} n
        WHERE n.NameKey IN ({Keys.Parameters})
        """;

    /// <summary>The words from one on and before another, in their order; of one word the shortest names first.</summary>
    public static readonly EachCollection Words = new(
        "NameKey, Collection, Token, Length",
        Tokens,
        "Token",
        "Length, NameKey"
    );

    /// <summary>The different words from one on and before another, of the first rows of these.</summary>
    public static readonly EachCollection DifferentWords = new(
        "Token, Collection, Length, NameKey",
        Tokens,
        "Token",
        "Length, NameKey",
        different: "Token"
    );

    /// <summary>The names whose text is from one on and before another.</summary>
    public static readonly EachCollection Beginning = new(
        "NameKey, Collection, Folded AS Token, 0 AS Length",
        Names,
        "Folded",
        "NameKey"
    );

    /// <summary>The states in whose posts ministers stood.</summary>
    public static readonly Sql StatesOfMinisters = $"""
        SELECT DISTINCT a.MinisterId AS Minister, p.StateCode AS State
        FROM {MinisterTables.Appointments} a
        JOIN {MinisterTables.Posts} p ON p.Id = a.PostId
        WHERE a.MinisterId IN ({Keys.Parameters}) AND p.StateCode IS NOT NULL
        """;

    public const string Format = "SELECT MAX(Format) FROM SearchFormat";

    public const string SetFormat = "UPDATE SearchFormat SET Format = @Format WHERE Id = 1";

    public const string InsertFormat = "INSERT INTO SearchFormat (Id, Format) VALUES (1, @Format)";

    public static readonly IReadOnlyList<string> EmptyAll =
    [
        "DELETE FROM SearchToken",
        "DELETE FROM SearchTokenHistory",
        "DELETE FROM SearchName",
        "DELETE FROM SearchNameHistory",
    ];
}

/// <summary>
/// Reads the first rows of a range in each of several collections, so that the many of one collection do not hide the few
/// of another, and no read is longer for it.
/// </summary>
/// <param name="columns">What to read.</param>
/// <param name="table">The table.</param>
/// <param name="key">The column that lies from @From on and before @To.</param>
/// <param name="order">The order of rows with the same key.</param>
/// <param name="different">The column of which only what differs is given; null for whole rows.</param>
internal sealed class EachCollection(
    string columns,
    RecordTable table,
    string key,
    string order,
    string? different = null
)
{
    /// <summary>The statement; reads @From, @To and @Take.</summary>
    public ComposedSql In(SqlDialect dialect, IEnumerable<string> collections) =>
        new(
            Sql.Join(
                "\nUNION ALL\n",
                collections.Select(
                    Sql (collection) =>
                        $"""
                            SELECT {(different is null ? "*" : $"DISTINCT {different}")} FROM (
                                SELECT {columns} FROM {table} t
                                WHERE Collection = '{collection}' AND {key} >= @From AND {key} < @To
                                ORDER BY {key}, {order}
                                {dialect.FirstRows}
                            ) {collection}
                            """
                )
            )
        );

    /// <summary>The parameters of the statement.</summary>
    public static DynamicParameters Range(string from, string to, int take)
    {
        var parameters = new DynamicParameters();
        parameters.Add("From", from);
        parameters.Add("To", to);
        parameters.Add("Take", take);
        return parameters;
    }
}

/// <summary>Keys to look up, always as many, so that a server plans the statement once.</summary>
internal static class Keys
{
    /// <summary>How many there are in a statement.</summary>
    public const int AtOnce = 25;

    /// <summary>The parameters as they stand in a statement.</summary>
    public static readonly string Parameters = string.Join(", ", Enumerable.Range(0, AtOnce).Select(n => $"@Key{n}"));

    /// <summary>The rows that a statement gives for the keys.</summary>
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        ReadSession session,
        Sql statement,
        IEnumerable<string> keys
    )
    {
        var rows = new List<T>();
        foreach (var chunk in keys.Chunk(AtOnce))
        {
            var parameters = new DynamicParameters();
            for (var place = 0; place < AtOnce; place++)
            {
                parameters.Add($"Key{place}", chunk[Math.Min(place, chunk.Length - 1)]);
            }

            rows.AddRange(await session.RowsAsync<T>(statement, parameters));
        }

        return rows;
    }
}
