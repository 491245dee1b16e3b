using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    /// <summary>The instant at which the registry is asked; null for the present.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>True to give, beside what changed since the instant of the filter ChangedSince, what was deleted.</summary>
    public bool WithDeleted { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Last">Where the next page starts; null on the last page.</param>
/// <param name="Total">How many rows there are in all, if that was asked.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, (string Key, string Id)? Last, long? Total);

/// <summary>What can be done with pages.</summary>
internal static class ListPage
{
    /// <summary>Puts rows that are held in memory at their places in a page that was read.</summary>
    /// <param name="page">The page, whose rows are the first of their list behind the place asked for.</param>
    /// <param name="held">All the rows in memory, in any order.</param>
    /// <param name="request">What was asked for.</param>
    public static ListPage<T> Merge<T>(ListPage<T> page, IReadOnlyCollection<T> held, ListRequest request)
        where T : ListRow
    {
        var behind = held.Where(row => request.After is not { } after || Compare(row.Place, after) > 0);
        T[] rows =
        [
            .. page.Rows.Concat(behind).Order(Comparer<T>.Create((one, other) => Compare(one.Place, other.Place))),
        ];
        var more = page.Last is not null || rows.Length > request.Limit;
        var given = rows[..Math.Min(rows.Length, request.Limit)];
        return new(given, more ? given[^1].Place : null, page.Total + held.Count);

        int Compare((string Key, string Id) one, (string Key, string Id) other)
        {
            var order = string.CompareOrdinal(one.Key, other.Key) is var keys and not 0
                ? keys
                : string.CompareOrdinal(one.Id, other.Id);
            return request.Descending ? -order : order;
        }
    }
}

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
    /// <summary>The record as JSON, or its tombstone.</summary>
    public string Record { get; init; } = "";

    internal string RecordId { get; init; } = "";

    internal int Version { get; init; }

    internal DateTimeOffset RecordedAt { get; init; }

    /// <summary>The row with the tombstone in the place of the record, where that was deleted.</summary>
    internal RecordListRow Buried() =>
        Record.Length > 0
            ? this
            : this with
            {
                Record = JsonSerializer.Serialize(
                    new Tombstone
                    {
                        Id = RecordId,
                        Deleted = true,
                        Version = Version,
                        RecordedAt = RecordedAt,
                    },
                    RegistryJson.Options
                ),
            };
}

/// <summary>Stands where a record was that is deleted.</summary>
public sealed record Tombstone
{
    /// <summary>The id of the record in its collection.</summary>
    public required string Id { get; init; }

    /// <summary>True.</summary>
    public required bool Deleted { get; init; }

    /// <summary>The version that the deletion made: one more than the last one on file.</summary>
    public required int Version { get; init; }

    /// <summary>When the deletion was recorded, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }
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
internal sealed partial class ListSql(
    string select,
    string from,
    string id,
    IReadOnlyDictionary<string, string> sorts,
    IReadOnlyDictionary<string, string> filters
)
{
    private const string ChangedSince = "ChangedSince";

    public IReadOnlyDictionary<string, string> Sorts { get; } = sorts;

    public IReadOnlyDictionary<string, string> Filters { get; } = WithChangedSince(select, from, id, filters);

    public string Page(SqlDialect dialect, string sort, bool descending, bool after, IEnumerable<string> conditions)
    {
        var column = Sorts[sort];
        var (beyond, order) = descending ? ("<", " DESC") : (">", "");
        var place =
            !after ? []
            : column == id ? new[] { $"{id} {beyond} @AfterId" }
            : [$"({column} {beyond} @AfterKey OR ({column} = @AfterKey AND {id} {beyond} @AfterId))"];
        var ties = column == id ? "" : $", {id}{order}";
        var whichChanged = conditions.Contains(ChangedSince) ? RecordColumns() : "";
        return $"""
            SELECT {select}{whichChanged}, {id} AS SortId, {column} AS SortKey
            FROM {from}
            WHERE {Where(conditions.Select(name => Filters[name]).Concat(place))}
            ORDER BY {column}{order}{ties}
            {dialect.FirstRows}
            """;
    }

    public string Count(IEnumerable<string> conditions) =>
        $"SELECT COUNT(*) FROM {from} WHERE {Where(conditions.Select(name => Filters[name]))}";

    public async Task<ListPage<T>> ReadAsync<T>(ReadSession session, ListRequest request)
        where T : ListRow
    {
        var conditions = request.Filters.Keys.Where(Filters.ContainsKey).ToArray();
        var parameters = new DynamicParameters();
        foreach (var (name, value) in request.Filters)
        {
            parameters.Add(name, value);
        }

        var total = request.WithTotal
            ? await session.RowAsync<long>(Asked(Count(conditions), request), parameters)
            : (long?)null;

        // One row more than asked tells whether there is a next page.
        parameters.Add("Take", request.Limit + 1);
        parameters.Add("AfterKey", request.After?.Key);
        parameters.Add("AfterId", request.After?.Id);
        var sql = Page(session.Dialect, request.Sort, request.Descending, request.After is not null, conditions);
        var rows = await session.RowsAsync<T>(Asked(sql, request), parameters);
        if (rows.Count <= request.Limit)
        {
            return new ListPage<T>(rows, null, total);
        }

        rows = [.. rows.Take(request.Limit)];
        return new ListPage<T>(rows, rows[^1].Place, total);
    }

    private static string Asked(string statement, ListRequest request) =>
        request.WithDeleted ? ReadSession.WithDeleted(statement) : statement;

    /// <summary>
    /// Every list of records can be cut down to those that changed. They are named by their ids too, so that few changes
    /// are found by their instants, and not by a walk along the order of the list.
    /// </summary>
    private static IReadOnlyDictionary<string, string> WithChangedSince(
        string select,
        string from,
        string id,
        IReadOnlyDictionary<string, string> filters
    ) =>
        MainTable().Match(from) is { Success: true } main && select == $"{main.Groups["alias"]}.Record"
            ? new Dictionary<string, string>(filters)
            {
                [ChangedSince] = $"""
                    {main.Groups["alias"]}.RecordedFrom > @{ChangedSince}
                    AND {id} IN (SELECT changed.{id.Split('.')[1]}
                    FROM {main.Groups["table"]} changed WHERE changed.RecordedFrom > @{ChangedSince})
                    """,
            }
            : filters;

    private string RecordColumns()
    {
        var main = MainTable().Match(from);
        var alias = main.Groups["alias"].Value;
        var key = RecordKinds.TablesByName[main.Groups["table"].Value].IdColumn;
        return $", {alias}.{key} AS RecordId, {alias}.Version, {alias}.RecordedFrom AS RecordedAt";
    }

    [GeneratedRegex(@"^\s*(?<table>[A-Z][A-Za-z]+) (?<alias>[a-z]+)\b")]
    private static partial Regex MainTable();

    private static string Where(IEnumerable<string> conditions) =>
        string.Join("\n  AND ", conditions.DefaultIfEmpty("1 = 1"));
}
