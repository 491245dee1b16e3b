using System.Text.Json.Nodes;
using Registry.Domain;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Reads the members of the objects in a Popolo document.</summary>
internal static class PopoloJson
{
    /// <summary>Lists the objects of a list.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject whole, string list) =>
        (whole[list] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Gets a text that is not empty.</summary>
    public static string? Text(JsonObject whole, string member) =>
        whole[member] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : null;

    /// <summary>Lists the identifiers of a person or an organization, with the schemes of the registry.</summary>
    public static IEnumerable<(string Scheme, string Value)> IdentifiersOf(JsonObject whole) =>
        from identifier in Of(whole, "identifiers")
        let scheme = Text(identifier, "scheme")
        let value = Text(identifier, "identifier")
        where scheme is not null && value is { Length: <= Identifier.MaxValueLength }
        select (Identifier.SchemeFrom(scheme), value);

    /// <summary>Gets the objects of a list by id.</summary>
    public static Dictionary<string, JsonObject> ById(JsonObject document, string list) =>
        Of(document, list)
            .Where(one => Text(one, "id") is not null)
            .DistinctBy(one => Text(one, "id"))
            .ToDictionary(one => Text(one, "id")!, StringComparer.Ordinal);

    /// <summary>Removes the members that are null.</summary>
    public static JsonObject Without(JsonObject whole)
    {
        foreach (var empty in whole.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            whole.Remove(empty);
        }

        return whole;
    }
}
