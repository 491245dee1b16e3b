using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Registry.Api.Tests.Contract;

/// <summary>Holds JSON against a schema of the contract, in so much of JSON Schema as the contract speaks.</summary>
internal sealed class SchemaCheck(JsonNode contract)
{
    /// <summary>What is not as the schema has it; nothing where all is.</summary>
    public IEnumerable<string> FaultsOf(JsonNode? value, JsonNode schema, string place = "$")
    {
        if ((string?)schema["$ref"] is { } name)
        {
            return FaultsOf(value, Named(name), place);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Count(choice => !FaultsOf(value, choice!, place).Any()) == 1
                ? []
                : [$"{place} is not one of what it can be"];
        }

        var type = TypeOf(value);
        if (schema["type"] is { } types && !Texts(types).Any(allowed => allowed == type || Covers(allowed, type)))
        {
            return [$"{place} is {type} and not {types.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject members => FaultsOfMembers(members, schema, place),
            JsonArray items => items.SelectMany((item, index) => FaultsOf(item, ItemsOf(schema), $"{place}[{index}]")),
            _ when type == "string" => FaultsOfText((string)value!, schema, place),
            _ => [],
        };
    }

    private static JsonNode ItemsOf(JsonNode schema) => schema["items"] ?? new JsonObject();

    private static bool Covers(string allowed, string type) => allowed == "number" && type == "integer";

    private static IEnumerable<string> Texts(JsonNode types) =>
        types is JsonArray several ? several.Select(one => (string)one!) : [(string)types!];

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => "string",
        };

    private static IEnumerable<string> FaultsOfText(string text, JsonNode schema, string place)
    {
        if (schema["enum"] is JsonArray words && words.All(word => (string?)word != text))
        {
            yield return $"{place} is '{text}', which is not among its words";
        }

        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern))
        {
            yield return $"{place} is '{text}', which does not match {pattern}";
        }

        if (text.Length < ((int?)schema["minLength"] ?? 0) || text.Length > ((int?)schema["maxLength"] ?? int.MaxValue))
        {
            yield return $"{place} has {text.Length} characters";
        }

        if ((string?)schema["format"] is "date-time" && !DateTimeOffset.TryParse(text, out _))
        {
            yield return $"{place} is '{text}' and no instant";
        }

        if ((string?)schema["format"] is "date" && !DateOnly.TryParseExact(text, "yyyy-MM-dd", out _))
        {
            yield return $"{place} is '{text}' and no day";
        }
    }

    private IEnumerable<string> FaultsOfMembers(JsonObject members, JsonNode schema, string place)
    {
        var known = schema["properties"]?.AsObject() ?? [];
        var missing = (schema["required"]?.AsArray() ?? [])
            .Select(name => (string)name!)
            .Where(name => !members.ContainsKey(name))
            .Select(name => $"{place}.{name} is missing");
        return missing.Concat(
            members.SelectMany(member =>
                known[member.Key] is { } shape ? FaultsOf(member.Value, shape, $"{place}.{member.Key}")
                : schema["additionalProperties"] is JsonObject any
                    ? FaultsOf(member.Value, any, $"{place}.{member.Key}")
                : [$"{place}.{member.Key} is not described"]
            )
        );
    }

    private JsonNode Named(string reference) =>
        reference.Split('/').Skip(1).Aggregate(contract, (node, segment) => node[segment]!);
}
