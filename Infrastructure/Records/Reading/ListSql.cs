using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>What a list was asked for.</summary>
public sealed record ListRequest
{
    /// <summary>The order in which records were recorded last, which every list of records has.</summary>
    public const string Recorded = "recordedAt";

    /// <summary>The most orders at once.</summary>
    public const int MostOrderings = 3;

    /// <summary>The name of the order, from the list's own allow-list.</summary>
    public required string Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>The orders among those that are alike in the first one.</summary>
    public IReadOnlyList<Ordering> ThenBy { get; init; } = [];

    internal IReadOnlyList<Ordering> Orderings => [new(Sort, Descending), .. ThenBy];

    /// <summary>The most rows to give.</summary>
    public required int Limit { get; init; }

    /// <summary>The sort keys and the id of the last row the caller has; null for the first page.</summary>
    public (string Key, string Id)? After { get; init; }

    /// <summary>The conditions that hold.</summary>
    public required ListFilters Filters { get; init; }

    /// <summary>The instant after which the versions of the records were recorded; null for all records.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>True to count all rows too, which costs a walk through them.</summary>
    public bool WithTotal { get; init; }

    /// <summary>The instant at which the registry is asked; null for the present.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>True to give, beside what changed since the instant ChangedSince, what was deleted.</summary>
    public bool WithDeleted { get; init; }
}

/// <summary>An order by one key.</summary>
/// <param name="Name">Its name, from the list's own allow-list.</param>
/// <param name="Descending">True for the other way round.</param>
public sealed record Ordering(string Name, bool Descending);

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
    /// <summary>Between the keys of a place; no key has it.</summary>
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
/// <param name="asked">
/// The type of the conditions with which callers ask for the list; null for a list that nobody asks for with a
/// <see cref="ListRequest"/>.
/// </param>
/// <param name="select">What to give of a row.</param>
/// <param name="from">The tables, joined, with the condition that always holds.</param>
/// <param name="id">The column that breaks ties.</param>
/// <param name="sorts">The allowed orders: name and column. The first is the default.</param>
/// <param name="filters">The conditions, by the names of the properties of <paramref name="asked"/> that turn them on.</param>
internal sealed partial class ListSql(
    Type? asked,
    string select,
    string from,
    string id,
    IReadOnlyDictionary<string, string> sorts,
    IReadOnlyDictionary<string, string> filters
)
{
    private const string ChangedSince = "ChangedSince";

    public IReadOnlyDictionary<string, string> Sorts { get; } = WithRecorded(select, from, sorts);

    public IReadOnlyDictionary<string, string> Filters { get; } =
        WithChangedSince(select, from, id, asked is null ? filters : Declared(asked, from, select, filters));

    /// <summary>Makes every list of the program, so that one that does not fit its conditions is found at the start.</summary>
    /// <exception cref="TypeInitializationException">There is such a list.</exception>
    public static void MakeAll()
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

    public string Page(SqlDialect dialect, string sort, bool descending, bool after, IEnumerable<string> conditions) =>
        Page(
            dialect,
            [new Ordering(sort, descending)],
            after,
            [.. conditions.Select(name => new Condition(name, Filters[name]))]
        );

    public string Page(
        SqlDialect dialect,
        IReadOnlyList<Ordering> orderings,
        bool after,
        IReadOnlyCollection<Condition> conditions
    )
    {
        var columns = ColumnsOf(orderings);
        var keys = columns
            .Take(orderings.Count)
            .Select((column, place) => $", {column.Name} AS {Key("SortKey", place)}");
        var whichChanged = conditions.Any(condition => condition.Name == ChangedSince) ? RecordColumns() : "";
        string[] place = after ? [Beyond(columns)] : [];
        return $"""
            SELECT {select}{whichChanged}, {id} AS SortId{string.Concat(keys)}
            FROM {from}
            WHERE {Where(conditions.Select(condition => condition.Text).Concat(place))}
            ORDER BY {string.Join(
                ", ",
                columns.Select(column => column.Descending ? $"{column.Name} DESC" : column.Name)
            )}
            {dialect.FirstRows}
            """;
    }

    public string Count(IEnumerable<string> conditions) => CountWhere(conditions.Select(name => Filters[name]));

    public async Task<ListPage<T>> ReadAsync<T>(ReadSession session, ListRequest request)
        where T : ListRow
    {
        if (request.Filters.GetType() != asked)
        {
            throw new InvalidOperationException(
                $"The list of {asked?.Name ?? from} cannot be asked with {request.Filters.GetType().Name}."
            );
        }

        var parameters = new DynamicParameters();
        var conditions = new List<Condition>();
        foreach (var (name, value) in request.Filters.Given())
        {
            if (value is IReadOnlyList<string> several)
            {
                conditions.Add(AnyOf(name, several, parameters));
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

        var total = request.WithTotal
            ? await session.RowAsync<long>(
                Asked(CountWhere(conditions.Select(condition => condition.Text)), request),
                parameters
            )
            : (long?)null;

        // One row more than asked tells whether there is a next page.
        parameters.Add("Take", request.Limit + 1);
        parameters.Add("AfterId", request.After?.Id);
        var after = request.After?.Key.Split(ListRow.KeyEnd) ?? [];
        for (var place = 0; place < request.Orderings.Count; place++)
        {
            parameters.Add(Key("AfterKey", place), after.ElementAtOrDefault(place));
        }

        var sql = Page(session.Dialect, request.Orderings, request.After is not null, conditions);
        var rows = await session.RowsAsync<T>(Asked(sql, request), parameters);
        if (rows.Count <= request.Limit)
        {
            return new ListPage<T>(rows, null, total);
        }

        rows = [.. rows.Take(request.Limit)];
        return new ListPage<T>(rows, rows[^1].Place, total);
    }

    private static string Key(string name, int place) => place == 0 ? name : $"{name}{place + 1}";

    /// <summary>The condition on any of several values.</summary>
    private Condition AnyOf(string name, IReadOnlyList<string> several, DynamicParameters parameters)
    {
        var any = ParameterLists.In(name, ParameterLists.Add(parameters, name, several));
        return new Condition(
            name,
            OneValue().Replace(Filters[name], one => one.Groups["name"].Value == name ? any : one.Value)
        );
    }

    /// <summary>The columns to sort by, of which the last one tells every row from the others.</summary>
    private (string Name, bool Descending)[] ColumnsOf(IReadOnlyList<Ordering> orderings)
    {
        (string Name, bool Descending)[] columns =
        [
            .. orderings.Select(ordering => (Sorts[ordering.Name], ordering.Descending)),
        ];
        return columns.Any(column => column.Name == id) ? columns : [.. columns, (id, columns[^1].Descending)];
    }

    /// <summary>What holds of the rows behind the place: alike up to one column, and beyond in that one.</summary>
    private string Beyond((string Name, bool Descending)[] columns)
    {
        var text = "";
        for (var last = columns.Length - 1; last >= 0; last--)
        {
            var (column, descending) = columns[last];
            var parameter = column == id ? "@AfterId" : $"@{Key("AfterKey", last)}";
            var beyond = $"{column} {(descending ? "<" : ">")} {parameter}";
            text = text.Length == 0 ? beyond : $"({beyond} OR ({column} = {parameter} AND {text}))";
        }

        return text;
    }

    private string CountWhere(IEnumerable<string> conditions) =>
        $"SELECT COUNT(*) FROM {from} WHERE {Where(conditions)}";

    private static string Asked(string statement, ListRequest request) =>
        request.WithDeleted ? ReadSession.WithDeleted(statement) : statement;

    /// <summary>
    /// The conditions, each of which a property of the type turns on. A name that only one side knows would be a condition
    /// that never holds, or one that is asked for and dropped.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is a condition without a property, or the other way round.</exception>
    private static IReadOnlyDictionary<string, string> Declared(
        Type asked,
        string from,
        string select,
        IReadOnlyDictionary<string, string> filters
    )
    {
        var properties = ListFilters.Of(asked);
        var read = filters
            .Values.Append(from)
            .Append(select)
            .SelectMany(text => Parameters().Matches(text).Select(parameter => parameter.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        string[] strangers =
        [
            .. filters.Keys.Except(properties.Select(property => property.Name), StringComparer.Ordinal),
            .. read.Except(properties.SelectMany(ListFilters.ParametersOf), StringComparer.Ordinal),
            .. properties
                .Where(property => !filters.ContainsKey(property.Name))
                .Where(property => !ListFilters.ParametersOf(property).All(read.Contains))
                .Select(property => property.Name),
        ];
        return strangers.Length == 0
            ? filters
            : throw new InvalidOperationException(
                $"{asked.Name} and the list it asks for do not agree on {string.Join(", ", strangers)}."
            );
    }

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

    private static IReadOnlyDictionary<string, string> WithRecorded(
        string select,
        string from,
        IReadOnlyDictionary<string, string> sorts
    ) =>
        MainTable().Match(from) is { Success: true } main && select == $"{main.Groups["alias"]}.Record"
            ? new Dictionary<string, string>(sorts) { [ListRequest.Recorded] = $"{main.Groups["alias"]}.RecordedFrom" }
            : sorts;

    private string RecordColumns()
    {
        var main = MainTable().Match(from);
        var alias = main.Groups["alias"].Value;
        var key = RecordKinds.TablesByName[main.Groups["table"].Value].IdColumn;
        return $", {alias}.{key} AS RecordId, {alias}.Version, {alias}.RecordedFrom AS RecordedAt";
    }

    [GeneratedRegex(@"@(?<name>\w+)")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"= @(?<name>\w+)")]
    private static partial Regex OneValue();

    [GeneratedRegex(@"^\s*(?<table>[A-Z][A-Za-z]+) (?<alias>[a-z]+)\b")]
    private static partial Regex MainTable();

    private static string Where(IEnumerable<string> conditions) =>
        string.Join("\n  AND ", conditions.DefaultIfEmpty("1 = 1"));

    /// <summary>A condition that was asked for.</summary>
    /// <param name="Name">The name of the parameter that it reads.</param>
    /// <param name="Text">What has to hold.</param>
    internal sealed record Condition(string Name, string Text);
}
