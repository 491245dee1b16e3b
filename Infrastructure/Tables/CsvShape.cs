using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>The mapping of records to the rows of a table.</summary>
/// <remarks>
/// Each collection has one list of columns, derived from the type of the model and used in both directions, so that
/// what is written can be read back without loss. A member is a column; the members of a nested object are named by
/// their path. A list of codes is one cell, and so is a list of objects, as JSON. A membership has a row for each of
/// its standings, because users count standings.
/// </remarks>
public sealed class CsvShape
{
    /// <summary>
    /// The column that marks the row of a deleted record, which has only its id, version and instant.
    /// </summary>
    internal const string Deleted = "deleted";

    private static readonly ConcurrentDictionary<Type, CsvShape> Made = new();

    private readonly string? _items;
    private readonly CsvColumn[] _columns;

    private CsvShape(CsvShape whole, IReadOnlyCollection<string> chosen)
    {
        Model = whole.Model;
        _items = whole._items;
        _columns = [.. whole._columns.Where(column => chosen.Any(name => whole.IsIn(name, column)))];
        Names = [.. _columns.Select(column => column.Name)];
    }

    private CsvShape(Type model)
    {
        Model = model;
        _items = RecordKinds.All.FirstOrDefault(kind => kind.Model == model)?.RowsOf;
        CsvColumn[] members = [.. ColumnsOf(model, [], inItem: false)];
        var own = members.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        CsvColumn[] columns =
        [
            .. members.SelectMany(column =>
                column.Explanations().Where(explanation => !own.Contains(explanation.Name)).Prepend(column)
            ),
        ];
        _columns = model.IsAssignableTo(typeof(RecordModel))
            ? [.. columns, new CsvColumn([Deleted], typeof(bool?), CsvForm.Truth, inItem: false)]
            : columns;
        Names = [.. _columns.Select(column => column.Name)];
        Parts = _columns
            .Where(column => !column.InItem)
            .SelectMany(column => Enumerable.Range(1, column.Path.Count - 1).Select(steps => PathOf(column, steps)))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The type of the documents.</summary>
    public Type Model { get; }

    /// <summary>The member with a row for each of its items, or null when a record has one row.</summary>
    internal string? Items => _items;

    /// <summary>The members whose own members have columns, by their path: <c>seat</c>, <c>chair.member</c>.</summary>
    internal FrozenSet<string> Parts { get; } = FrozenSet<string>.Empty;

    /// <summary>The member that can be null in a record, when a source states that there is no value.</summary>
    internal bool TakesNull(string member) =>
        _columns.Any(column => column.Name == member && column.Type == typeof(ClaimedValue));

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<CsvColumn> Columns => _columns;

    /// <summary>The header: the names of the columns in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the shape of the records of a collection.</summary>
    /// <exception cref="ArgumentException">The collection does not exist.</exception>
    public static CsvShape Of(string collection) => Of(RecordKinds.Of(collection).Model);

    /// <summary>Gets the shape of the items of any list.</summary>
    public static CsvShape Of(Type model) => Made.GetOrAdd(model, type => new CsvShape(type));

    /// <summary>True for the name of a column, and for that of a member with columns.</summary>
    public bool Has(string name) => _columns.Any(column => IsIn(name, column));

    /// <summary>Selects the columns with these names, and those of the members with these names.</summary>
    public CsvShape Only(IReadOnlyCollection<string> names) => new(this, names);

    /// <summary>Lists the records whose names are in the rows of the record.</summary>
    public IEnumerable<RecordName> NamedIn(string record)
    {
        CsvColumn[] naming = [.. _columns.Where(column => column.Explanation == CsvExplanation.Name)];
        if (naming.Length == 0)
        {
            return [];
        }

        using var whole = JsonDocument.Parse(record);
        var root = whole.RootElement;
        var items = _items is not null && root.TryGetProperty(_items, out var list) ? list.EnumerateArray() : default;
        return
        [
            .. naming.SelectMany(column => column.InItem ? items.SelectMany(column.NamedIn) : column.NamedIn(root)),
        ];
    }

    /// <summary>Gets the cells of each row of the record, in the order of the columns; null for an empty one.</summary>
    /// <param name="record">The record, or its tombstone, as JSON.</param>
    /// <param name="nameOf">Gets the names of the records to which it refers, or null.</param>
    public IEnumerable<string?[]> Rows(string record, Func<RecordName, string?>? nameOf = null)
    {
        using var whole = JsonDocument.Parse(record);
        var root = whole.RootElement;
        if (root.TryGetProperty(Deleted, out var deleted) && deleted.ValueKind == JsonValueKind.True)
        {
            yield return [.. _columns.Select(column => CellOfDeleted(column, root))];
        }
        else if (_items is not null && root.TryGetProperty(_items, out var items))
        {
            foreach (var item in items.EnumerateArray())
            {
                yield return [.. _columns.Select(column => column.CellOf(column.InItem ? item : root, nameOf))];
            }
        }
        else
        {
            yield return [.. _columns.Select(column => column.InItem ? null : column.CellOf(root, nameOf))];
        }
    }

    /// <summary>Gets the reader for files with this header; columns may be left out, and have any order.</summary>
    public CsvHeader Bind(IReadOnlyList<string> header) => new(this, header);

    /// <summary>Adds a further row of the same record.</summary>
    public void Gather(JsonObject record, JsonObject row)
    {
        if (_items is not null && row[_items] is JsonArray items)
        {
            row.Remove(_items);
            if (record[_items] is not JsonArray gathered)
            {
                record[_items] = gathered = [];
            }

            foreach (var item in items.ToArray())
            {
                items.Remove(item);
                gathered.Add(item);
            }
        }
    }

    private bool IsIn(string name, CsvColumn column) =>
        column.Name == name
        || column.Name.StartsWith($"{name}.", StringComparison.Ordinal)
        || (column.InItem && name == _items);

    private static string PathOf(CsvColumn column, int steps) => string.Join('.', column.Path.Take(steps));

    private IEnumerable<CsvColumn> ColumnsOf(Type type, string[] path, bool inItem)
    {
        foreach (var member in RegistryJson.Options.GetTypeInfo(type).Properties)
        {
            string[] place = [.. path, member.Name];
            if (member.Name == _items && path.Length == 0)
            {
                foreach (var column in ColumnsOf(member.PropertyType.GetGenericArguments()[0], path, inItem: true))
                {
                    yield return column;
                }
            }
            else if (FormOf(member) is { } form)
            {
                yield return new CsvColumn(place, member.PropertyType, form, inItem) { Refers = RefersOf(member) };
            }
            else if (!IsAside(member.PropertyType))
            {
                foreach (var column in ColumnsOf(member.PropertyType, place, inItem))
                {
                    yield return column;
                }
            }
        }
    }

    /// <summary>
    /// Gets the explanations of a reference. Responses for a date have the names of that date already, and get no
    /// others beside them.
    /// </summary>
    private RefersToAttribute? RefersOf(JsonPropertyInfo member) =>
        Model.IsAssignableTo(typeof(RecordModel))
            ? member
                .AttributeProvider?.GetCustomAttributes(typeof(RefersToAttribute), inherit: true)
                .OfType<RefersToAttribute>()
                .FirstOrDefault()
            : null;

    /// <summary>Gets the type of a member in one cell, or null when its members have their own columns.</summary>
    private static CsvForm? FormOf(JsonPropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type == typeof(bool))
        {
            return CsvForm.Truth;
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return CsvForm.Number;
        }

        if (type == typeof(string) || type.IsValueType || type == typeof(PartialDate))
        {
            return CsvForm.Text;
        }

        if (type == typeof(ClaimedValue) || type.IsAssignableTo(typeof(JsonNode)))
        {
            return CsvForm.Json;
        }

        return !typeof(IEnumerable).IsAssignableFrom(type) || IsAside(type) ? null
            : type.GetGenericArguments() is [var item] && (item == typeof(string) || Words.IsList(item)) ? CsvForm.Words
            : CsvForm.Json;
    }

    /// <summary>The members that responses add to records.</summary>
    private static bool IsAside(Type type) => type == typeof(IReadOnlyDictionary<string, FieldClaimsModel>);

    /// <summary>
    /// A tombstone identifies its record by id, for states, forums and bodies in the column of the code.
    /// </summary>
    private static string? CellOfDeleted(CsvColumn column, JsonElement tombstone)
    {
        var cell = column.InItem || column.Explanation is not null ? null : column.CellOf(tombstone, null);
        if (
            cell is not null
            || column.Explanation is not null
            || !tombstone.TryGetProperty("id", out var named)
            || named.GetString() is not { } id
        )
        {
            return cell;
        }

        var parts = id.Split('/');
        return column.Name switch
        {
            "code" => parts[^1],
            "forum" when parts.Length > 1 => parts[0],
            _ => null,
        };
    }
}
