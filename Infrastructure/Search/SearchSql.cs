using Registry.Infrastructure.Database;

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

    /// <summary>The names of a record as the index has them.</summary>
    public const string Held = "SELECT n.* FROM SearchName n WHERE n.RecordKey = @Id ORDER BY n.NameKey";

    /// <summary>The names with these keys.</summary>
    public const string Keyed = "SELECT n.* FROM SearchName n WHERE n.NameKey IN @Keys";

    /// <summary>The words from one on and before another, in their order; of one word the shortest names first.</summary>
    public static readonly EachCollection Words = new(
        "NameKey, Collection, Token, Length",
        "SearchToken",
        "Token",
        "Length, NameKey"
    );

    /// <summary>The names whose text is from one on and before another.</summary>
    public static readonly EachCollection Beginning = new(
        "NameKey, Collection, Folded AS Token, 0 AS Length",
        "SearchName",
        "Folded",
        "NameKey"
    );

    /// <summary>The states in whose posts ministers stood.</summary>
    public const string StatesOfMinisters = """
        SELECT DISTINCT a.MinisterId AS Minister, p.StateCode AS State
        FROM Appointment a
        JOIN Post p ON p.Id = a.PostId
        WHERE a.MinisterId IN @Ministers AND p.StateCode IS NOT NULL
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
internal sealed class EachCollection(string columns, string table, string key, string order)
{
    /// <summary>The statement; reads @From, @To and @Take.</summary>
    public string In(SqlDialect dialect, IEnumerable<string> collections) =>
        string.Join(
            "\nUNION ALL\n",
            collections.Select(collection =>
                $"""
                    SELECT * FROM (
                        SELECT {columns} FROM {table}
                        WHERE Collection = '{collection}' AND {key} >= @From AND {key} < @To
                        ORDER BY {key}, {order}
                        {dialect.FirstRows}
                    ) {collection}
                    """
            )
        );
}
