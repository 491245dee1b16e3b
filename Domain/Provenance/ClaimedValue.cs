using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Domain.Provenance;

/// <summary>
/// The value that a source gives to a field: any JSON. Null says that the field has no value. Two are equal when they
/// mean the same, in whatever order the members of an object are written.
/// </summary>
public sealed record ClaimedValue
{
    /// <summary>That the field has no value.</summary>
    public static readonly ClaimedValue None = new((JsonNode?)null);

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ClaimedValue(JsonNode? value) => Json = value?.ToJsonString(Readable) ?? "null";

    /// <summary>The value as JSON, the members of every object in the order of their names.</summary>
    public string Json { get; }

    /// <summary>True where the field is said to have no value.</summary>
    public bool IsNone => Json == "null";

    /// <summary>The value that a piece of JSON has.</summary>
    public static ClaimedValue Of(JsonElement value) => new(Sorted(value));

    /// <summary>The value as JSON that can be put into a record; null for none.</summary>
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
