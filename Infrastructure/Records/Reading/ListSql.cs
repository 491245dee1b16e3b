using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>A request for a page of a list.</summary>
public sealed record ListRequest
{
    /// <summary>The sort order by the time of recording, which every list of records has.</summary>
    public const string Recorded = "recordedAt";

    /// <summary>The maximum number of sort orders in a request.</summary>
    public const int MaxOrderings = 3;

    /// <summary>The name of the sort order, from the allow-list of the list.</summary>
    public required string Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>The sort orders of the items that are equal in the first one.</summary>
    public IReadOnlyList<Ordering> ThenBy { get; init; } = [];

    internal IReadOnlyList<Ordering> Orderings => [new(Sort, Descending), .. ThenBy];

    /// <summary>The maximum number of rows.</summary>
    public required int Limit { get; init; }

    /// <summary>The sort keys and the id of the last row of the previous page; null for the first page.</summary>
    public (string Key, string Id)? After { get; init; }

    /// <summary>The filters.</summary>
    public required ListFilters Filters { get; init; }

    /// <summary>The instant after which the versions of the records were recorded; null for all records.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>True to count all rows as well, which reads all of them.</summary>
    public bool WithTotal { get; init; }

    /// <summary>The instant as of which the list is read; null for the current state.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>True to include the records deleted after ChangedSince.</summary>
    public bool WithDeleted { get; init; }

    /// <summary>The ids that are read ahead for the next pages of a whole list; null for a single page.</summary>
    public IdsAhead? Ahead { get; init; }
}

/// <summary>
/// The ids of the next rows of a whole list, in its order. The order and the conditions of a list are evaluated once for many
/// pages, whose rows are then found by their ids; evaluated for each page, they would cost the square of the number of rows.
/// </summary>
/// <param name="most">The maximum number of ids in memory; some megabytes when absent.</param>
public sealed class IdsAhead(int most = IdsAhead.UsualMost)
{
    private const int UsualMost = 100_000;

    private IReadOnlyList<string> _ids = [];
    private int _next;

    /// <summary>The maximum number of ids that are read at once.</summary>
    internal int Most => most;

    /// <summary>The number of times that ids were read.</summary>
    public int Scans { get; private set; }

    /// <summary>The position after which the ids continue; null when there are no more.</summary>
    internal (string Key, string Id)? Beyond { get; private set; }

    /// <summary>True when the ids that were read are used up.</summary>
    internal bool IsEmpty => _next == _ids.Count;

    /// <summary>Keeps the ids that were read.</summary>
    internal void Fill(IReadOnlyList<string> ids, (string Key, string Id)? beyond)
    {
        (_ids, _next, Beyond) = (ids, 0, beyond);
        Scans++;
    }

    /// <summary>Takes the next ids.</summary>
    internal IReadOnlyList<string> Take(int count)
    {
        var taken = _ids.Skip(_next).Take(count).ToArray();
        _next += taken.Length;
        return taken;
    }
}

/// <summary>A sort order by one key.</summary>
/// <param name="Name">The name, from the allow-list of the list.</param>
/// <param name="Descending">True for descending order.</param>
public sealed record Ordering(string Name, bool Descending);

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Last">The position after which the next page starts; null on the last page.</param>
/// <param name="Total">The total number of rows, when it was requested.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, (string Key, string Id)? Last, long? Total);

/// <summary>Operations on pages.</summary>
internal static class ListPage
{
    /// <summary>Merges rows in memory into a page that was read.</summary>
    /// <param name="page">The page, whose rows are the first ones after the requested position.</param>
    /// <param name="held">All the rows in memory, in any order.</param>
    /// <param name="request">The request.</param>
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

/// <summary>A row with its position in the order of the list.</summary>
public abstract record ListRow
{
    /// <summary>The separator of the keys of a position; no key contains it.</summary>
    internal const char KeyEnd = '\u001f';

    internal string SortId { get; init; } = "";

    internal object SortKey { get; init; } = "";

    internal object? SortKey2 { get; init; }

    internal object? SortKey3 { get; init; }

    internal (string Key, string Id) Place =>
        (string.Join(KeyEnd, new[] { SortKey, SortKey2, SortKey3 }.OfType<object>().Select(TextOf)), SortId);

    private static string TextOf(object key) =>
        key switch
        {
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            _ => Convert.ToString(key, CultureInfo.InvariantCulture)!,
        };
}

/// <summary>A record in a list.</summary>
public sealed record RecordListRow : ListRow
{
    /// <summary>The record as JSON, or its tombstone.</summary>
    public string Record { get; init; } = "";

    internal string RecordId { get; init; } = "";

    internal int Version { get; init; }

    internal DateTimeOffset RecordedAt { get; init; }

    /// <summary>The row, with a tombstone when the record is deleted.</summary>
    internal RecordListRow WithTombstone() =>
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

/// <summary>The entry of a deleted record in a list.</summary>
public sealed record Tombstone
{
    /// <summary>The id of the record in its collection.</summary>
    public required string Id { get; init; }

    /// <summary>True.</summary>
    public required bool Deleted { get; init; }

    /// <summary>The version of the deletion: one more than the last version of the record.</summary>
    public required int Version { get; init; }

    /// <summary>The time of the deletion, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>
/// The statements of a list: a page by keyset (never by offset, so that no row is missed or returned twice during writes)
/// and the count. The text has only the requested conditions, so that each can use its index.
/// </summary>
internal sealed class ListSql
{
    private const string ChangedSince = "ChangedSince";
    private const string Ahead = "Ahead";
    private const string AfterId = "@AfterId";

    private readonly Type? _filterType;
    private readonly Sql _select;
    private readonly Sql _from;
    private readonly string _id;

    /// <summary>The tables from which rows are counted.</summary>
    private readonly Sql _fromCounted;

    /// <summary>The tables from which rows are read by their ids; null for a list that is only read in its order.</summary>
    private readonly Sql? _fromIds;

    /// <summary>The condition ChangedSince of a statement without an order; null for a list of other rows.</summary>
    private readonly Sql? _changedSince;

    /// <summary>The additional columns of a page that may include deleted records; null for a list of other rows.</summary>
    private readonly Sql? _ofRecord;

    /// <param name="filterType">
    /// The type of the filters in a request for the list; null for a list that is never read with a
    /// <see cref="ListRequest"/>.
    /// </param>
    /// <param name="select">The columns of a row.</param>
    /// <param name="from">The joined tables, with any condition that applies to every request.</param>
    /// <param name="id">The unique column that breaks ties.</param>
    /// <param name="sorts">The allowed orders: name and column. The first is the default.</param>
    /// <param name="filters">The conditions, by the names of the properties of <paramref name="filterType"/> that enable them.</param>
    /// <param name="readsByIds">
    /// True when <paramref name="id"/> is the key of a table, so that the rows of a whole list can be found by their ids.
    /// </param>
    public ListSql(
        Type? filterType,
        Sql select,
        Sql from,
        string id,
        IReadOnlyDictionary<string, Sql> sorts,
        IReadOnlyDictionary<string, Sql> filters,
        bool readsByIds = false
    )
    {
        _fromCounted = from;
        _fromIds = readsByIds ? from : null;
        _filterType = filterType;
        _select = select;
        _from = from;
        _id = id;
        Sorts = sorts;
        Filters = filterType is null ? filters : Verified(filterType, from, select, filters);
    }

    private ListSql(ListSql records, RecordTable table, string alias, Sql? joins)
    {
        _filterType = records._filterType;
        _select = records._select;
        _from = joins is null ? (Sql)$"{table.Listed} {alias}" : $"{table.Listed} {alias} {joins}";
        _fromCounted = joins is null ? (Sql)$"{table.Counted} {alias}" : $"{table.Counted} {alias} {joins}";
        _fromIds = records._from;
        _changedSince = $"{alias}.RecordedFrom > @{ChangedSince}";
        _id = records._id;
        _ofRecord = $", {alias}.{table.IdColumn} AS RecordId, {alias}.Version, {alias}.RecordedFrom AS RecordedAt";
        Sorts = new Dictionary<string, Sql>(records.Sorts) { [ListRequest.Recorded] = $"{alias}.RecordedFrom" };
        Filters = new Dictionary<string, Sql>(records.Filters)
        {
            // The redundant condition on the ids lets the query planner use the index on RecordedFrom, instead of scanning the
            // table in the sort order. With deleted records, the rows of the table are cut down to these ids already.
            [ChangedSince] = $"""
                {alias}.RecordedFrom > @{ChangedSince}{new ChangedIds(table, alias)}
                """,
        };
    }

    /// <summary>True when the rows of a whole list are found by ids that are read ahead.</summary>
    internal bool FindsByIds => _fromIds is not null;

    public IReadOnlyDictionary<string, Sql> Sorts { get; }

    public IReadOnlyDictionary<string, Sql> Filters { get; }

    /// <summary>
    /// Makes a list of whole records, which can also be sorted by the time of recording and filtered by ChangedSince.
    /// </summary>
    /// <param name="filterType">The type of the filters in a request for the list.</param>
    /// <param name="table">The table of the records.</param>
    /// <param name="alias">Its alias in the conditions.</param>
    /// <param name="sorts">The allowed orders: name and column. The first is the default.</param>
    /// <param name="filters">The conditions, by the names of the properties of <paramref name="filterType"/> that enable them.</param>
    /// <param name="joins">The other tables that conditions and sort orders read.</param>
    /// <param name="id">The column of the table that breaks ties; null for the id of the record.</param>
    public static ListSql OfRecords(
        Type filterType,
        RecordTable table,
        string alias,
        IReadOnlyDictionary<string, Sql> sorts,
        IReadOnlyDictionary<string, Sql> filters,
        Sql? joins = null,
        string? id = null
    ) =>
        new(
            new ListSql(
                filterType,
                $"{alias}.Record",
                joins is null ? (Sql)$"{table} {alias}" : $"{table} {alias} {joins}",
                $"{alias}.{id ?? table.IdColumn}",
                sorts,
                filters
            ),
            table,
            alias,
            joins
        );

    /// <summary>Initializes every list, so that a mismatch between a list and its filters is found at startup.</summary>
    /// <exception cref="TypeInitializationException">A list does not match its filters.</exception>
    public static void InitializeAll()
    {
        const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (
            var holder in typeof(ListSql)
                .Assembly.GetTypes()
                .Where(type => type is { IsAbstract: true, IsSealed: true })
        )
        {
            if (holder.GetFields(Everything).Any(field => field.FieldType == typeof(ListSql)))
            {
                RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
            }
        }
    }

    public ComposedSql Page(
        SqlDialect dialect,
        string sort,
        bool descending,
        bool after,
        IEnumerable<string> conditions
    ) =>
        Page(
            dialect,
            [new Ordering(sort, descending)],
            after,
            [.. conditions.Select(name => new Condition(name, Filters[name]))]
        );

    public ComposedSql Page(
        SqlDialect dialect,
        IReadOnlyList<Ordering> orderings,
        bool after,
        IReadOnlyCollection<Condition> conditions
    )
    {
        var columns = ColumnsOf(orderings);
        var holding = conditions.Select(condition => condition.Text);
        return new ComposedSql(
            $"""
            SELECT {ColumnsOf(orderings, columns, IsOfRecord(conditions))}
            FROM {_from}
            WHERE {Where(after ? holding.Append(Beyond(columns)) : holding)}
            {Order(columns)}
            {dialect.FirstRows}
            """
        );
    }

    /// <summary>The ids of the rows, in their order.</summary>
    internal ComposedSql Ids(
        SqlDialect dialect,
        IReadOnlyList<Ordering> orderings,
        bool after,
        IReadOnlyCollection<Condition> conditions
    )
    {
        var columns = ColumnsOf(orderings);
        var holding = conditions.Select(condition => condition.Text);
        return new ComposedSql(
            $"""
            SELECT {_id} AS SortId
            FROM {_from}
            WHERE {Where(after ? holding.Append(Beyond(columns)) : holding)}
            {Order(columns)}
            {dialect.FirstRows}
            """
        );
    }

    /// <summary>The ids of the rows of a page, each with the number of all rows: the conditions are evaluated once.</summary>
    internal ComposedSql CountedIds(
        SqlDialect dialect,
        IReadOnlyList<Ordering> orderings,
        bool after,
        IReadOnlyCollection<Condition> conditions
    )
    {
        var columns = ColumnsOf(orderings);
        var keys = columns.Select(Sql (column, place) => $", {column.Name} AS {Key("SortKey", place)}");
        SortColumn[] ordered =
        [
            .. columns.Select((column, place) => column with { Name = $"counted.{Key("SortKey", place)}" }),
        ];
        return new ComposedSql(
            $"""
            SELECT counted.SortId, counted.Total
            FROM (SELECT {_id} AS SortId{Sql.Join("", keys)}, COUNT(*) OVER () AS Total
                FROM {_fromCounted}
                WHERE {Where(Unordered(conditions))}) counted
            WHERE {(after ? Beyond(ordered) : (Sql)$"1 = 1")}
            {Order(ordered)}
            {dialect.FirstRows}
            """
        );
    }

    /// <summary>The rows with some ids, in any order; only where <see cref="FindsByIds"/>.</summary>
    internal ComposedSql Rows(
        IReadOnlyList<Ordering> orderings,
        int places,
        IReadOnlyCollection<Condition> conditions
    ) =>
        new(
            $"""
            SELECT {ColumnsOf(orderings, ColumnsOf(orderings), IsOfRecord(conditions))}
            FROM {_fromIds!}
            WHERE {Where(
                conditions
                    // A record that changed since an instant has changed since it.
                    .Where(condition => condition.Name != ChangedSince)
                    .Select(condition => condition.Text)
                    .Prepend((Sql)$"{_id} {ParameterLists.In(Ahead, places)}")
            )}
            """
        );

    public ComposedSql Count(IEnumerable<string> conditions) =>
        CountWhere(conditions.Select(name => new Condition(name, Filters[name])));

    public async Task<ListPage<T>> ReadAsync<T>(ReadSession session, ListRequest request)
        where T : ListRow
    {
        if (request.Filters.GetType() != _filterType)
        {
            throw new InvalidOperationException(
                $"The list of {_filterType?.Name ?? _from.Present} does not take the filters {request.Filters.GetType().Name}."
            );
        }

        var parameters = new DynamicParameters();
        var conditions = new List<Condition>();
        foreach (var (name, value) in request.Filters.Given())
        {
            if (value is IReadOnlyList<string> several)
            {
                var places = ParameterLists.Add(parameters, name, several);
                conditions.Add(new Condition(name, Filters[name].WithValues(name, places)));
                continue;
            }

            ListFilters.Add(parameters, name, value);
            if (Filters.TryGetValue(name, out var text))
            {
                conditions.Add(new Condition(name, text));
            }
        }

        if (request.ChangedSince is { } instant)
        {
            parameters.Add(ChangedSince, instant);
            conditions.Add(new Condition(ChangedSince, Filters[ChangedSince]));
        }

        if (request is { WithTotal: true, ChangedSince: not null })
        {
            return await ReadCountedAsync<T>(session, request, conditions, parameters);
        }

        var total = request.WithTotal
            ? (await session.RowsAsync<long>(CountWhere(conditions), parameters, request.WithDeleted)).Single()
            : (long?)null;

        AddPage(parameters, request);

        // In the order of the ids without conditions, the key of the table leads to each page.
        var isByKey = conditions.Count == 0 && IsId(Sorts[request.Sort]);
        if (request is { Ahead: { } ahead, After: { } position } && FindsByIds && !isByKey)
        {
            return await ReadAheadAsync<T>(session, request, ahead, position, conditions, parameters);
        }

        if (request.WithDeleted)
        {
            return await ReadWithDeletedAsync<T>(session, request, conditions, parameters);
        }

        var page = Page(session.Dialect, request.Orderings, request.After is not null, conditions);
        var rows = await session.RowsAsync<T>(page, parameters, request.WithDeleted);
        if (rows.Count <= request.Limit)
        {
            return new ListPage<T>(rows, null, total);
        }

        rows = [.. rows.Take(request.Limit)];
        return new ListPage<T>(rows, rows[^1].Place, total);
    }

    /// <summary>Reads the next page of a whole list by ids that are read ahead.</summary>
    private async Task<ListPage<T>> ReadAheadAsync<T>(
        ReadSession session,
        ListRequest request,
        IdsAhead ahead,
        (string Key, string Id) position,
        IReadOnlyCollection<Condition> conditions,
        DynamicParameters parameters
    )
        where T : ListRow
    {
        var statement = Rows(request.Orderings, ParameterLists.MaxParameters, conditions);
        if (ahead.IsEmpty)
        {
            parameters.Add("Take", ahead.Most);
            AddPosition(parameters, request, ahead.Beyond ?? position);
            var ids = await session.RowsAsync<string>(
                Ids(session.Dialect, request.Orderings, after: true, conditions),
                parameters,
                request.WithDeleted
            );
            ahead.Fill(ids, ids.Count == ahead.Most ? await LastPlaceAsync(ids) : null);
        }

        var wanted = ahead.Take(request.Limit);
        var found = new List<T>(wanted.Count);
        foreach (var some in wanted.Chunk(ParameterLists.MaxParameters))
        {
            found.AddRange(await RowsOfAsync(some));
        }

        var more = !ahead.IsEmpty || ahead.Beyond is not null;
        return new ListPage<T>(found, more ? found.LastOrDefault()?.Place ?? position : null, null);

        Task<IReadOnlyList<T>> RowsOfAsync(IReadOnlyList<string> ids) =>
            this.RowsOfAsync<T>(session, request, statement, ids, parameters);

        // Of the last ids, some may have been deleted since they were read.
        async Task<(string Key, string Id)?> LastPlaceAsync(IReadOnlyList<string> ids)
        {
            foreach (var some in ids.Chunk(ParameterLists.MaxParameters).Reverse())
            {
                if (await RowsOfAsync(some) is [.., var last])
                {
                    return last.Place;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// Reads a page of what changed with the number of all rows. What changed may be most of the table, so the conditions
    /// are evaluated once for both.
    /// </summary>
    private async Task<ListPage<T>> ReadCountedAsync<T>(
        ReadSession session,
        ListRequest request,
        IReadOnlyCollection<Condition> conditions,
        DynamicParameters parameters
    )
        where T : ListRow
    {
        AddPage(parameters, request);
        var counted = await session.RowsAsync<CountedId>(
            CountedIds(session.Dialect, request.Orderings, request.After is not null, conditions),
            parameters,
            request.WithDeleted
        );
        var total =
            counted.Count > 0
                ? counted[0].Total
                : (await session.RowsAsync<long>(CountWhere(conditions), parameters, request.WithDeleted)).Single();
        var page = await PageOfAsync<T>(
            session,
            request,
            conditions,
            parameters,
            [.. counted.Select(row => row.SortId)]
        );
        return page with { Total = total };
    }

    /// <summary>
    /// Reads a page with deleted records. SQLite sorts all rows of both tables, so it sorts their ids, and reads the records
    /// of the page alone.
    /// </summary>
    private async Task<ListPage<T>> ReadWithDeletedAsync<T>(
        ReadSession session,
        ListRequest request,
        IReadOnlyCollection<Condition> conditions,
        DynamicParameters parameters
    )
        where T : ListRow
    {
        AddPage(parameters, request);
        var ids = await session.RowsAsync<string>(
            Ids(session.Dialect, request.Orderings, request.After is not null, conditions),
            parameters,
            withDeleted: true
        );
        return await PageOfAsync<T>(session, request, conditions, parameters, ids);
    }

    /// <summary>Reads the page of some ids, of which there is one more than the limit when there is a next page.</summary>
    private async Task<ListPage<T>> PageOfAsync<T>(
        ReadSession session,
        ListRequest request,
        IReadOnlyCollection<Condition> conditions,
        DynamicParameters parameters,
        IReadOnlyList<string> ids
    )
        where T : ListRow
    {
        var statement = Rows(request.Orderings, ParameterLists.MaxParameters, conditions);
        var rows = new List<T>(ids.Count);
        foreach (var some in ids.Take(request.Limit).Chunk(ParameterLists.MaxParameters))
        {
            rows.AddRange(await RowsOfAsync<T>(session, request, statement, some, parameters));
        }

        return new ListPage<T>(rows, ids.Count > request.Limit ? rows[^1].Place : null, null);
    }

    /// <summary>Adds the size of a page and its position. One row more than the limit shows whether there is a next page.</summary>
    private static void AddPage(DynamicParameters parameters, ListRequest request)
    {
        parameters.Add("Take", request.Limit + 1);
        AddPosition(parameters, request, request.After);
    }

    /// <summary>Reads the rows with some ids, in the order of the ids.</summary>
    /// <remarks>A record that was deleted meanwhile, or no longer meets the conditions, is left out.</remarks>
    private async Task<IReadOnlyList<T>> RowsOfAsync<T>(
        ReadSession session,
        ListRequest request,
        ComposedSql statement,
        IReadOnlyList<string> ids,
        DynamicParameters parameters
    )
        where T : ListRow
    {
        ParameterLists.Fill(parameters, Ahead, ids, ParameterLists.MaxParameters);
        var rows = (await session.RowsAsync<T>(statement, parameters, request.WithDeleted)).ToDictionary(
            row => row.SortId,
            StringComparer.Ordinal
        );
        return [.. ids.Select(rows.GetValueOrDefault).OfType<T>()];
    }

    private static void AddPosition(
        DynamicParameters parameters,
        ListRequest request,
        (string Key, string Id)? position
    )
    {
        parameters.Add("AfterId", position?.Id);
        var keys = position?.Key.Split(ListRow.KeyEnd) ?? [];
        for (var place = 0; place < request.Orderings.Count; place++)
        {
            parameters.Add(Key("AfterKey", place), keys.ElementAtOrDefault(place));
        }
    }

    private static bool IsOfRecord(IReadOnlyCollection<Condition> conditions) =>
        conditions.Any(condition => condition.Name == ChangedSince);

    /// <summary>The columns of a row: its own, its id, and the keys that it is sorted by.</summary>
    private Sql ColumnsOf(IReadOnlyList<Ordering> orderings, SortColumn[] columns, bool isOfRecord)
    {
        var keys = columns
            .Take(orderings.Count)
            .Select(Sql (column, place) => $", {column.Name} AS {Key("SortKey", place)}");
        return $"{_select}{(isOfRecord ? _ofRecord! : (Sql)$"")}, {_id} AS SortId{Sql.Join("", keys)}";
    }

    private static Sql Order(SortColumn[] columns) =>
        $"""
            ORDER BY {Sql.Join(
                ", ",
                columns.Select(Sql (column) => column.Descending ? $"{column.Name} DESC" : column.Name)
            )}
            """;

    private static string Key(string name, int place) => place == 0 ? name : $"{name}{place + 1}";

    /// <summary>The columns to sort by, of which the last one is unique.</summary>
    private SortColumn[] ColumnsOf(IReadOnlyList<Ordering> orderings)
    {
        SortColumn[] columns =
        [
            .. orderings.Select(
                (ordering, place) =>
                    new SortColumn(
                        Sorts[ordering.Name],
                        ordering.Descending,
                        IsId(Sorts[ordering.Name]) ? AfterId : $"@{Key("AfterKey", place)}"
                    )
            ),
        ];
        return columns.Any(column => IsId(column.Name))
            ? columns
            : [.. columns, new SortColumn($"{_id}", columns[^1].Descending, AfterId)];
    }

    private bool IsId(Sql column) => column.Present == _id;

    /// <summary>The keyset condition: equal up to one column, and beyond the position in that one.</summary>
    private static Sql Beyond(SortColumn[] columns)
    {
        Sql? text = null;
        foreach (var (column, descending, parameter) in columns.Reverse())
        {
            Sql beyond = $"{column} {(descending ? "<" : ">")} {parameter}";
            text = text is null ? beyond : $"({beyond} OR ({column} = {parameter} AND {text}))";
        }

        // An index leads to the first of several columns only by a condition on that column alone.
        var (first, isDescending, position) = columns[0];
        return columns.Length == 1 ? text! : $"{first} {(isDescending ? "<=" : ">=")} {position} AND {text!}";
    }

    private ComposedSql CountWhere(IEnumerable<Condition> conditions) =>
        new($"SELECT COUNT(*) FROM {_fromCounted} WHERE {Where(Unordered(conditions))}");

    private IEnumerable<Sql> Unordered(IEnumerable<Condition> conditions) =>
        conditions.Select(condition => condition.Name == ChangedSince ? _changedSince! : condition.Text);

    /// <summary>
    /// Verifies that the conditions match the properties of the filter type. A condition without a property could never be
    /// enabled; a property without a condition would be ignored; and a condition on one value cannot take several.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// There is a condition without a property, a property without a condition, or only one of the two takes several values.
    /// </exception>
    private static IReadOnlyDictionary<string, Sql> Verified(
        Type filterType,
        Sql from,
        Sql select,
        IReadOnlyDictionary<string, Sql> filters
    )
    {
        var properties = ListFilters.Of(filterType);
        Sql[] texts = [.. filters.Values, from, select];
        var single = texts.SelectMany(text => text.Parameters).ToHashSet(StringComparer.Ordinal);
        var multiple = texts.SelectMany(text => text.MultiValues).ToHashSet(StringComparer.Ordinal);
        var read = single.Union(multiple).ToHashSet(StringComparer.Ordinal);
        string[] mismatches =
        [
            .. filters.Keys.Except(properties.Select(property => property.Name), StringComparer.Ordinal),
            .. read.Except(properties.SelectMany(ListFilters.ParametersOf), StringComparer.Ordinal),
            .. properties
                .Where(property => !filters.ContainsKey(property.Name))
                .Where(property => !ListFilters.ParametersOf(property).All(read.Contains))
                .Select(property => property.Name),
            .. properties
                .Where(property => (ListFilters.IsMultiValue(property) ? single : multiple).Contains(property.Name))
                .Select(property => property.Name),
        ];
        return mismatches.Length == 0
            ? filters
            : throw new InvalidOperationException(
                $"{filterType.Name} and its list do not match in {string.Join(", ", mismatches)}."
            );
    }

    private static Sql Where(IEnumerable<Sql> conditions) =>
        Sql.Join("\n  AND ", conditions.DefaultIfEmpty((Sql)$"1 = 1"));

    /// <summary>The condition that a record is among those recorded after the instant @ChangedSince.</summary>
    private sealed record ChangedIds(RecordTable Table, string Alias) : ISqlPart
    {
        public string Text(SqlForm form) =>
            form == SqlForm.WithDeleted
                ? ""
                : $"""

                    AND {Alias}.{Table.IdColumn} IN (SELECT changed.{Table.IdColumn}
                    FROM {Table.Text(form)} changed WHERE changed.RecordedFrom > @{ChangedSince})
                    """;
    }

    /// <summary>A requested condition.</summary>
    /// <param name="Name">The name of the parameter that it reads.</param>
    /// <param name="Text">The condition.</param>
    internal sealed record Condition(string Name, Sql Text);

    /// <summary>A column to sort by.</summary>
    /// <param name="Name">The column.</param>
    /// <param name="Descending">True for descending order.</param>
    /// <param name="Parameter">The parameter with its value in the position.</param>
    private sealed record SortColumn(Sql Name, bool Descending, string Parameter);

    /// <summary>The id of a row, with the number of all rows.</summary>
    private sealed record CountedId
    {
        public string SortId { get; init; } = "";

        public long Total { get; init; }
    }
}
