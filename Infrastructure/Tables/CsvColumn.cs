using System.Text.Json;
using Registry.Domain;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>What stands in the cells of a column.</summary>
public enum CsvForm
{
    /// <summary>A text, a word of a list, a date or an instant, as it stands in the record.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Codes or ids with <c>|</c> between them.</summary>
    Words,

    /// <summary>What has parts of its own, as JSON.</summary>
    Json,
}

/// <summary>A column: a member of the records, or of what has a row each in them.</summary>
public sealed class CsvColumn
{
    /// <summary>Between the words of a list; no code and no id has it.</summary>
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

    /// <summary>What the column says of the one that it explains; null for a column of its own.</summary>
    public CsvExplanation? Explanation { get; }

    /// <summary>What the codes or ids in the column refer to; null where they are none.</summary>
    public RefersToAttribute? Refers { get; internal init; }

    /// <summary>The members on the way to the value.</summary>
    public IReadOnlyList<string> Path => _path;

    /// <summary>The type of the member.</summary>
    public Type Type { get; }

    /// <summary>What stands in the cells.</summary>
    public CsvForm Form { get; }

    /// <summary>True where it is no member of the record, but of what has a row each in it.</summary>
    public bool InItem { get; }

    /// <summary>The columns that explain this one, in the order in which they stand behind it.</summary>
    internal IEnumerable<CsvColumn> Explanations()
    {
        if (Refers is not null)
        {
            // A code of its own place is named by that place: member.code by member.name.
            var place = _path is [.., "code" or "id"] and [_, _, ..] ? string.Join('.', _path[..^1]) : Name;
            yield return new(this, CsvExplanation.Name, place + (Form == CsvForm.Words ? ".names" : ".name"));
        }
        else if (Type == typeof(PartialDate))
        {
            yield return new(this, CsvExplanation.Earliest, $"{Name}.earliest");
            yield return new(this, CsvExplanation.Latest, $"{Name}.latest");
        }
    }

    /// <summary>The records that the object names in this column.</summary>
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

    /// <summary>The cell of the object; null where it says nothing there.</summary>
    /// <param name="whole">The object.</param>
    /// <param name="nameOf">The names of other records; null where none is known.</param>
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
