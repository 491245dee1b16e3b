using System.Globalization;
using System.Text.Json;
using Registry.Api.Http.Problems;

namespace Registry.Api.Features.Search;

/// <summary>Reads the JSON in the fields of the Reconciliation Service API.</summary>
internal static class ReconciliationJson
{
    /// <summary>Parses the JSON in a field.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="InvalidRequestException">The field is not valid JSON.</exception>
    public static JsonDocument Parse(string text, string field)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            throw InvalidRequestException.Of(field, "It is valid JSON without too many nested levels.");
        }
    }

    /// <summary>True when every text is valid Unicode; false when an escape is a lone surrogate.</summary>
    public static bool IsUnicode(JsonElement value)
    {
        try
        {
            ReadEveryText(value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The members of an object, without those that are null.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> MembersOf(JsonElement whole) =>
        whole
            .EnumerateObject()
            .Where(member => member.Value.ValueKind is not JsonValueKind.Null)
            .Select(member => (member.Name, member.Value));

    /// <summary>The text; null for other values.</summary>
    public static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The id in a text, or in an object with an id.</summary>
    public static string? IdOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id", out var id) ? TextOf(id) : TextOf(value);

    /// <summary>
    /// The value of a property as text: a text, a number, true or false, or the id of an entity, otherwise its name. A list has
    /// the value of its first item that has one. Null when there is no value.
    /// </summary>
    public static string? ValueOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Object => IdOf(value) ?? (value.TryGetProperty("name", out var name) ? TextOf(name) : null),
            JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).FirstOrDefault(text => text is not null),
            _ => null,
        };

    /// <summary>The whole number in a JSON number or in a text of digits, which forms in clients send; null for other values.</summary>
    public static int? NumberOf(JsonElement value) =>
        int.TryParse(ValueOf(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void ReadEveryText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    ReadEveryText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    ReadEveryText(member.Value);
                }

                break;
        }
    }
}
