using System.Collections.Concurrent;
using System.Text.Json;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Lists;

/// <summary>Selects members of list items (parameter fields).</summary>
internal static class ItemMembers
{
    private static readonly ConcurrentDictionary<Type, string[]> Known = new();

    /// <summary>The names of the members, in order.</summary>
    public static IReadOnlyList<string> Of(Type item) =>
        Known.GetOrAdd(
            item,
            type => [.. RegistryJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name)]
        );

    /// <summary>The item with only these members. A tombstone is returned whole.</summary>
    public static string Choose(string item, IReadOnlyCollection<string> members)
    {
        using var whole = JsonDocument.Parse(item);
        if (whole.RootElement.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True)
        {
            return item;
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Addresses.Readable))
        {
            json.WriteStartObject();
            foreach (var member in whole.RootElement.EnumerateObject().Where(one => members.Contains(one.Name)))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
