using System.Collections.Concurrent;
using System.Text.Json;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http.Lists;

/// <summary>
/// The references in the items of a list that can be expanded, one level deep: the members that are marked as
/// <see cref="ExpandableAttribute"/>.
/// </summary>
internal static class Expansions
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, string?>> Known = new();

    /// <summary>The members of a type that can be expanded.</summary>
    public static IReadOnlyCollection<string> Of(Type? item) => item is null ? [] : [.. MembersOf(item).Keys];

    /// <summary>The records that items refer to in the given members.</summary>
    public static IEnumerable<RecordName> NamesIn(Type item, IReadOnlyList<string> members, IEnumerable<string> items)
    {
        var expandable = MembersOf(item);
        foreach (var text in items)
        {
            using var whole = JsonDocument.Parse(text);
            foreach (var member in members)
            {
                if (
                    whole.RootElement.TryGetProperty(member, out var value)
                    && NameOf(value, expandable[member]) is { } name
                )
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>The members with the collections of their records; null where the member itself says the collection.</summary>
    private static IReadOnlyDictionary<string, string?> MembersOf(Type item) =>
        Known.GetOrAdd(
            item,
            type =>
                RegistryJson
                    .Options.GetTypeInfo(type)
                    .Properties.Where(member =>
                        member.AttributeProvider?.IsDefined(typeof(ExpandableAttribute), inherit: true) == true
                    )
                    .ToDictionary(
                        member => member.Name,
                        member =>
                            member
                                .AttributeProvider!.GetCustomAttributes(typeof(RefersToAttribute), inherit: true)
                                .Cast<RefersToAttribute>()
                                .SingleOrDefault()
                                ?.Collection
                    )
        );

    private static RecordName? NameOf(JsonElement value, string? collection) =>
        collection is not null
            ? value.GetString() is { } id
                ? new RecordName(collection, id)
                : null
            : value.ValueKind != JsonValueKind.Object
                ? null
                : RecordKinds.NameIn(value);
}
