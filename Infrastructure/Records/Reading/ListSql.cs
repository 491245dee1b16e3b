using System.Reflection;
using System.Runtime.CompilerServices;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// The statements of a list: a page by keyset (never by offset, so that no row is missed or returned twice during writes)
/// and the count. The text has only the requested conditions, so that each can use its index.
/// </summary>
internal sealed class ListSql
{
    /// <summary>The name of the condition on the instant after which a record changed, and of its parameter.</summary>
    internal const string ChangedSince = "ChangedSince";

    /// <summary>The name of the parameters with the ids of rows.</summary>
    internal const string Ahead = "Ahead";

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

    /// <summary>Reads a page.</summary>
    public Task<ListPage<T>> ReadAsync<T>(ReadSession session, ListRequest request)
        where T : ListRow =>
        request.Filters.GetType() == _filterType
            ? new ListReader<T>(this, session, request).ReadAsync()
            : throw new InvalidOperationException(
                $"The list of {_filterType?.Name ?? _from.Present} does not take the filters {request.Filters.GetType().Name}."
            );

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

    /// <summary>The name of one of several sort keys.</summary>
    internal static string Key(string name, int place) => place == 0 ? name : $"{name}{place + 1}";

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

    /// <summary>True for the unique column that breaks ties.</summary>
    internal bool IsId(Sql column) => column.Present == _id;

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

    /// <summary>The number of the rows that meet some conditions.</summary>
    internal ComposedSql CountWhere(IEnumerable<Condition> conditions) =>
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
    internal sealed record CountedId
    {
        public string SortId { get; init; } = "";

        public long Total { get; init; }
    }
}
