using System.Text.Json;
using Registry.Domain;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>The type of the cells of a column.</summary>
public enum CsvForm
{
    /// <summary>A text, a word of a list, a date or an instant, as in the record.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Codes or ids separated by <c>|</c>.</summary>
    Words,

    /// <summary>An object or a list of objects, as JSON.</summary>
    Json,
}

/// <summary>A column: a member of the records, or of the items with a row each.</summary>
public sealed class CsvColumn
{
    /// <summary>The separator of lists; no code and no id contains it.</summary>
    internal const char Between = '|';

    private readonly string[] _path;

    internal CsvColumn(string[] path, Type type, CsvForm form, bool inItem)
    {
        _path = path;
        Name = string.Join('.', path);
        Type = type;
        Form = form;
        InItem = inItem;
    }

    private CsvColumn(CsvColumn explained, CsvExplanation explanation, string name)
        : this(explained._path, explained.Type, explained.Form, explained.InItem)
    {
        Explanation = explanation;
        Refers = explained.Refers;
        Name = name;
    }

    /// <summary>The name in the header: the path of the member, <c>seat.city</c>.</summary>
    public string Name { get; }

    /// <summary>The explanation of the column before it, or null for a column with a value.</summary>
    public CsvExplanation? Explanation { get; }

    /// <summary>The collection to which the codes or ids in the column refer, or null for other columns.</summary>
    public RefersToAttribute? Refers { get; internal init; }

    /// <summary>The members on the path to the value.</summary>
    public IReadOnlyList<string> Path => _path;

    /// <summary>The type of the member.</summary>
    public Type Type { get; }

    /// <summary>The type of the cells.</summary>
    public CsvForm Form { get; }

    /// <summary>True when it is a member of the items with a row each, and not of the record.</summary>
    public bool InItem { get; }

    /// <summary>The columns that explain this one, in their order.</summary>
    internal IEnumerable<CsvColumn> Explanations()
    {
        if (Refers is not null)
        {
            // The code of an object is explained by the path of the object: member.code by member.name.
            var place = _path is [.., "code" or "id"] and [_, _, ..] ? string.Join('.', _path[..^1]) : Name;
            yield return new(this, CsvExplanation.Name, place + (Form == CsvForm.Words ? ".names" : ".name"));
        }
        else if (Type == typeof(PartialDate))
        {
            yield return new(this, CsvExplanation.Earliest, $"{Name}.earliest");
            yield return new(this, CsvExplanation.Latest, $"{Name}.latest");
        }
    }

    /// <summary>Lists the records to which the object refers in this column.</summary>
    internal IEnumerable<RecordName> NamedIn(JsonElement whole)
    {
        var beside = whole;
        foreach (var step in _path)
        {
            beside = whole;
            if (whole.ValueKind != JsonValueKind.Object || !whole.TryGetProperty(step, out whole))
            {
                return [];
            }
        }

        var ids =
            whole.ValueKind == JsonValueKind.Array ? whole.EnumerateArray().Select(one => one.GetString())
            : whole.ValueKind == JsonValueKind.String ? [whole.GetString()]
            : [];
        return CsvExplanations.NamedIn(beside, ids.OfType<string>(), Refers!.Collection);
    }

    /// <summary>Gets the cell of the object, or null when it is empty.</summary>
    /// <param name="whole">The object.</param>
    /// <param name="nameOf">Gets the names of other records, or null.</param>
    internal string? CellOf(JsonElement whole, Func<RecordName, string?>? nameOf)
    {
        if (Explanation == CsvExplanation.Name)
        {
            string?[] names = [.. NamedIn(whole).Select(record => nameOf?.Invoke(record))];
            return names.All(name => name is null) ? null : string.Join(Between, names);
        }

        foreach (var step in _path)
        {
            if (whole.ValueKind != JsonValueKind.Object || !whole.TryGetProperty(step, out whole))
            {
                return null;
            }
        }

        if (Explanation is { } day)
        {
            return CsvExplanations.DayOf(whole.GetString(), day);
        }

        return Form switch
        {
            CsvForm.Json => whole.GetRawText(),
            CsvForm.Words => string.Join(Between, whole.EnumerateArray().Select(word => word.GetString())),
            _ => whole.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => whole.GetString(),
                _ => whole.GetRawText(),
            },
        };
    }
}
