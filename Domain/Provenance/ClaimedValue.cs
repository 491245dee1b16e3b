using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Domain.Provenance;

/// <summary>
/// The value that a source gives to a field: any JSON. Null means that the field has no value. Two values are equal
/// when their content is, whatever the order of the members of an object.
/// </summary>
public sealed record ClaimedValue
{
    /// <summary>The value of a field without one.</summary>
    public static readonly ClaimedValue None = new((JsonNode?)null);

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ClaimedValue(JsonNode? value) => Json = value?.ToJsonString(Readable) ?? "null";

    /// <summary>The value as JSON, with the members of every object sorted by name.</summary>
    public string Json { get; }

    /// <summary>True when the field has no value.</summary>
    public bool IsNone => Json == "null";

    /// <summary>Creates the value from JSON.</summary>
    public static ClaimedValue Of(JsonElement value) => new(Sorted(value));

    /// <summary>Gets the value as JSON for a record, or null for none.</summary>
    public JsonNode? ToNode() => JsonNode.Parse(Json);

    /// <inheritdoc/>
    public override string ToString() => Json;

    private static JsonNode? Sorted(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(
                value
                    .EnumerateObject()
                    .OrderBy(member => member.Name, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Name, Sorted(member.Value)))
            ),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Sorted)]),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonNode.Parse(value.GetRawText()),
        };
}
