using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

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

    /// <summary>The name in the header: the path of the member, <c>seat.city</c>.</summary>
    public string Name { get; }

    /// <summary>The members on the way to the value.</summary>
    public IReadOnlyList<string> Path => _path;

    /// <summary>The type of the member.</summary>
    public Type Type { get; }

    /// <summary>What stands in the cells.</summary>
    public CsvForm Form { get; }

    /// <summary>True where it is no member of the record, but of what has a row each in it.</summary>
    public bool InItem { get; }

    /// <summary>The cell of the object; null where it says nothing there.</summary>
    internal string? CellOf(JsonElement whole)
    {
        foreach (var step in _path)
        {
            if (whole.ValueKind != JsonValueKind.Object || !whole.TryGetProperty(step, out whole))
            {
                return null;
            }
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

    /// <summary>Puts what the cell says into the object. What cannot be read goes there as a text, to be refused by name.</summary>
    internal void Put(JsonObject whole, string cell)
    {
        foreach (var step in _path.SkipLast(1))
        {
            if (whole[step] is not JsonObject part)
            {
                whole[step] = part = [];
            }

            whole = part;
        }

        whole[_path[^1]] = Form switch
        {
            CsvForm.Number
                when int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number,
            CsvForm.Truth when cell is "true" or "false" or "TRUE" or "FALSE" => cell.StartsWith(
                "t",
                StringComparison.OrdinalIgnoreCase
            ),
            CsvForm.Words => new JsonArray([
                .. cell.Split(Between, StringSplitOptions.TrimEntries).Select(word => (JsonNode)word),
            ]),
            CsvForm.Json => ReadJson(cell),
            _ => cell,
        };
    }

    private static JsonNode? ReadJson(string cell)
    {
        try
        {
            return JsonNode.Parse(cell, documentOptions: new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return cell;
        }
    }
}
