using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Features.Search;

/// <summary>
/// The members of records as the properties of the Reconciliation Service API: a member of a member is named by its path
/// (<c>seat.country</c>), the names in one language by its tag (<c>names.fr</c>), and the identifier of another system by its
/// scheme (<c>identifiers.wikidata</c>).
/// </summary>
internal static partial class RecordProperties
{
    private static readonly string[] ProposedLanguages = ["en", "fr", "es", "ru", "zh", "ar"];
    private static readonly string[] ProposedSchemes = ["wikidata"];

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<RecordProperty>> Known = new();

    /// <summary>The members that hold the code or id of a record, by the collection that it is in.</summary>
    private static readonly Dictionary<string, string> Collections = new(StringComparer.Ordinal)
    {
        ["country"] = "states",
        ["host"] = "states",
        ["forum"] = "forums",
        ["accreditedTo"] = "forums",
        ["meeting"] = "meetings",
        ["onMarginsOf"] = "meetings",
        ["document"] = "documents",
        ["minister"] = "ministers",
    };

    /// <summary>The properties of the records of a collection, in the order of their members.</summary>
    public static IReadOnlyList<RecordProperty> Of(string collection) =>
        Known.GetOrAdd(CsvShape.Of(collection).Model, document => [.. MembersOf(document, [])]);

    /// <summary>The values of a property in a record; none when the record has no such member.</summary>
    /// <param name="collection">The collection of the record.</param>
    /// <param name="property">The id of the property; an unknown one has no values.</param>
    /// <param name="record">The record.</param>
    public static IEnumerable<PropertyValue> ValuesOf(string collection, string property, JsonElement record)
    {
        if (!Shape().IsMatch(property))
        {
            return [];
        }

        var value = record;
        var steps = property.Split('.');
        for (var step = 0; step < steps.Length; step++)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                return step == steps.Length - 1 ? Chosen(value, steps[step]) : [];
            }

            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(steps[step], out value))
            {
                return [];
            }
        }

        return ValuesOf(collection, steps[^1], value, record);
    }

    private static IEnumerable<PropertyValue> ValuesOf(
        string collection,
        string member,
        JsonElement value,
        JsonElement record
    )
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                yield return ReferenceOf(collection, member, value.GetString()!, record) is { } reference
                    ? new PropertyValue { Reference = reference }
                    : new PropertyValue { Text = value.GetString() };
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                yield return new PropertyValue { Number = number };
                break;
            case JsonValueKind.True or JsonValueKind.False:
                yield return new PropertyValue { Text = value.GetRawText() };
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    foreach (var one in ValuesOf(collection, member, item, record))
                    {
                        yield return one;
                    }
                }

                break;
            case JsonValueKind.Object when RecordKinds.NameIn(value) is { } party:
                yield return new PropertyValue { Reference = party };
                break;
            case JsonValueKind.Object:
                yield return new PropertyValue { Text = WordsOf(value) };
                break;
        }
    }

    /// <summary>Formats a part of a record for one cell: as text, as an identifier with its scheme, otherwise as JSON.</summary>
    private static string WordsOf(JsonElement part) =>
        Text(part, "text")
        ?? Text(part, "citation")
        ?? Text(part, "url")
        ?? (
            Text(part, "scheme") is { } scheme && Text(part, "value") is { } value
                ? $"{scheme}:{value}"
                : part.GetRawText()
        );

    /// <summary>The items of a list in a language, or the identifiers of a scheme, current ones first.</summary>
    private static IEnumerable<PropertyValue> Chosen(JsonElement list, string choice) =>
        list.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.Object)
            .Where(item =>
                string.Equals(Text(item, "language"), choice, StringComparison.OrdinalIgnoreCase)
                || string.Equals(Text(item, "scheme"), choice, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(item => item.TryGetProperty("until", out _) || item.TryGetProperty("ended", out _))
            .Select(item => new PropertyValue { Text = Text(item, "value") ?? WordsOf(item) });

    private static RecordName? ReferenceOf(string collection, string member, string id, JsonElement record) =>
        member is "predecessors" or "successors" ? new RecordName(collection, id)
        : member is "parent" or "body" && Text(record, "forum") is { } forum ? new RecordName("bodies", $"{forum}/{id}")
        : Collections.TryGetValue(member, out var other) ? new RecordName(other, id)
        : null;

    private static IEnumerable<RecordProperty> MembersOf(Type type, string[] path)
    {
        foreach (var member in RegistryJson.Options.GetTypeInfo(type).Properties)
        {
            var kind = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (kind == typeof(IReadOnlyDictionary<string, FieldClaimsModel>))
            {
                continue;
            }

            string[] place = [.. path, member.Name];
            yield return new RecordProperty(string.Join('.', place), TypeOf(place[^1]));
            if (IsPart(kind) && !IsParty(kind))
            {
                foreach (var inner in MembersOf(kind, place))
                {
                    yield return inner;
                }
            }

            foreach (var choice in ChoicesOf(kind))
            {
                yield return new RecordProperty($"{string.Join('.', place)}.{choice}", null);
            }
        }
    }

    private static string[] ChoicesOf(Type list) =>
        !typeof(IEnumerable).IsAssignableFrom(list) || list.GetGenericArguments() is not [var item] || !IsPart(item)
            ? []
        : Has(item, "language") ? ProposedLanguages
        : Has(item, "scheme") ? ProposedSchemes
        : [];

    private static bool Has(Type part, string member) =>
        RegistryJson.Options.GetTypeInfo(part).Properties.Any(one => one.Name == member);

    private static bool IsPart(Type type) =>
        RegistryJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object
        && type.Namespace!.StartsWith("Registry", StringComparison.Ordinal);

    private static bool IsParty(Type type) => Has(type, "kind") && Has(type, "code");

    private static string? TypeOf(string member) => Collections.GetValueOrDefault(member);

    private static string? Text(JsonElement whole, string member) =>
        whole.ValueKind == JsonValueKind.Object
        && whole.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+){0,3}\z")]
    private static partial Regex Shape();
}

/// <summary>A member of records as a property.</summary>
/// <param name="Id">Its path: <c>seat.country</c>.</param>
/// <param name="Type">The collection of the records that it refers to; null when it refers to none or to several collections.</param>
internal sealed partial record RecordProperty(string Id, string? Type)
{
    /// <summary>The path in words: seat country.</summary>
    public string Name => Capitals().Replace(Id.Replace('.', ' '), match => $" {match.Value.ToLowerInvariant()}");

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capitals();
}

/// <summary>A value of a property: a text, a whole number or a record.</summary>
internal sealed record PropertyValue
{
    public string? Text { get; init; }

    public long? Number { get; init; }

    public RecordName? Reference { get; init; }
}
