using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Registry.Infrastructure.Database;

/// <summary>What a list was asked for.</summary>
public sealed record ListRequest
{
    /// <summary>The name of the order, from the list's own allow-list.</summary>
    public required string Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>The most rows to give.</summary>
    public required int Limit { get; init; }

    /// <summary>The sort key and the id of the last row the caller has; null for the first page.</summary>
    public (string Key, string Id)? After { get; init; }

    /// <summary>The conditions that hold, by the names of the parameters they read.</summary>
    public required IReadOnlyDictionary<string, object> Filters { get; init; }

    /// <summary>True to count all rows too, which costs a walk through them.</summary>
    public bool WithTotal { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Last">Where the next page starts; null on the last page.</param>
/// <param name="Total">How many rows there are in all, if that was asked.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, (string Key, string Id)? Last, long? Total);

/// <summary>A row that knows its place in the order of its list.</summary>
public abstract record ListRow
{
    internal string SortId { get; init; } = "";

    internal object SortKey { get; init; } = "";

    internal (string Key, string Id) Place =>
        (
            SortKey is DateTime day
                ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : Convert.ToString(SortKey, CultureInfo.InvariantCulture)!,
            SortId
        );
}

/// <summary>A record in a list.</summary>
public sealed record RecordListRow : ListRow
{
    /// <summary>The record as JSON.</summary>
    public string Record { get; init; } = "";
}

/// <summary>
/// The statements of one list: a page found by key (never by offset, so that no row is missed or seen twice while
/// others write) and the count. Only the conditions that were asked for stand in the text, so that each finds its index.
/// </summary>
/// <param name="select">What to give of a row.</param>
/// <param name="from">The tables, joined, with the condition that always holds.</param>
/// <param name="id">The column that breaks ties.</param>
/// <param name="sorts">The allowed orders: name and column. The first is the default.</param>
/// <param name="filters">The allowed conditions, by the name of the parameter they read.</param>
internal sealed class ListSql(
    string select,
    string from,
    string id,
    IReadOnlyDictionary<string, string> sorts,
    IReadOnlyDictionary<string, string> filters
)
{
    public IReadOnlyDictionary<string, string> Sorts { get; } = sorts;

    public IReadOnlyDictionary<string, string> Filters { get; } = filters;

    public string Page(SqlDialect dialect, string sort, bool descending, bool after, IEnumerable<string> conditions)
    {
        var column = Sorts[sort];
        var (beyond, order) = descending ? ("<", " DESC") : (">", "");
        var place =
            !after ? []
            : column == id ? new[] { $"{id} {beyond} @AfterId" }
            : [$"({column} {beyond} @AfterKey OR ({column} = @AfterKey AND {id} {beyond} @AfterId))"];
        var ties = column == id ? "" : $", {id}{order}";
        return $"""
            SELECT {select}, {id} AS SortId, {column} AS SortKey
            FROM {from}
            WHERE {Where(conditions.Select(name => Filters[name]).Concat(place))}
            ORDER BY {column}{order}{ties}
            {dialect.FirstRows}
            """;
    }

    public string Count(IEnumerable<string> conditions) =>
        $"SELECT COUNT(*) FROM {from} WHERE {Where(conditions.Select(name => Filters[name]))}";

    public async Task<ListPage<T>> ReadAsync<T>(SqlDialect dialect, DbConnection connection, ListRequest request)
        where T : ListRow
    {
        var conditions = request.Filters.Keys.Where(Filters.ContainsKey).ToArray();
        var parameters = new DynamicParameters();
        foreach (var (name, value) in request.Filters)
        {
            parameters.Add(name, value);
        }

        var total = request.WithTotal
            ? await connection.ExecuteScalarAsync<long>(Count(conditions), parameters)
            : (long?)null;

        // One row more than asked tells whether there is a next page.
        parameters.Add("Take", request.Limit + 1);
        parameters.Add("AfterKey", request.After?.Key);
        parameters.Add("AfterId", request.After?.Id);
        var sql = Page(dialect, request.Sort, request.Descending, request.After is not null, conditions);
        var rows = (await connection.QueryAsync<T>(sql, parameters)).AsList();
        if (rows.Count <= request.Limit)
        {
            return new ListPage<T>(rows, null, total);
        }

        rows.RemoveAt(rows.Count - 1);
        return new ListPage<T>(rows, rows[^1].Place, total);
    }

    private static string Where(IEnumerable<string> conditions) =>
        string.Join("\n  AND ", conditions.DefaultIfEmpty("1 = 1"));
}
