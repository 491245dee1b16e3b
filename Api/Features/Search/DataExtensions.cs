using System.Text.Json;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>The result of a data extension query: the values for each record and property.</summary>
public sealed record DataExtension
{
    /// <summary>The requested properties, in the order of the request.</summary>
    public required IReadOnlyList<ExtensionProperty> Meta { get; init; }

    /// <summary>
    /// The values, by the id of the record and the id of the property; empty for a record that does not exist.
    /// </summary>
    public required IReadOnlyDictionary<
        string,
        IReadOnlyDictionary<string, IReadOnlyList<ExtensionValue>>
    > Rows { get; init; }
}

/// <summary>A property of a data extension.</summary>
public sealed record ExtensionProperty
{
    /// <summary>The path of the member: seat.country.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the path in words.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The type of the records that it refers to; absent when it refers to none, or to several types.
    /// </summary>
    public EntityType? Type { get; init; }
}

/// <summary>One value of a property: str, int, or id with name.</summary>
public sealed record ExtensionValue
{
    /// <summary>The collection and the id of a record: states/KAZ.</summary>
    public string? Id { get; init; }

    /// <summary>The name of that record.</summary>
    public string? Name { get; init; }

    /// <summary>A text, or a date in the precision that is known.</summary>
    public string? Str { get; init; }

    /// <summary>A whole number.</summary>
    public long? Int { get; init; }
}

/// <summary>Answers data extension queries (Reconciliation Service API 0.2).</summary>
internal static class DataExtensions
{
    /// <summary>The maximum number of records in a query.</summary>
    public const int MaxRecords = 200;

    /// <summary>The maximum number of properties in a query.</summary>
    public const int MaxProperties = 50;

    private const string Field = "extend";

    /// <summary>Reads the requested values.</summary>
    /// <exception cref="InvalidRequestException">The query is not a data extension query.</exception>
    public static async Task<DataExtension> ExtendAsync(
        this Inclusions records,
        string extend,
        CancellationToken cancellationToken
    )
    {
        var (ids, properties) = Read(extend);
        var names = ids.Select(id => (Id: id, Name: NameOf(id))).ToArray();
        var found = await records.ByNameAsync(names.Select(one => one.Name).OfType<RecordName>(), cancellationToken);
        var values = names.ToDictionary(
            one => one.Id,
            one =>
                properties.ToDictionary(
                    property => property.Id,
                    property =>
                        one.Name is { } name && found.TryGetValue(name, out var record)
                            ? property.Of(name.Collection, record)
                            : [],
                    StringComparer.Ordinal
                ),
            StringComparer.Ordinal
        );
        var named = await records.ByNameAsync(
            values
                .Values.SelectMany(row => row.Values)
                .SelectMany(cell => cell)
                .Select(value => value.Reference)
                .OfType<RecordName>(),
            cancellationToken
        );
        return new DataExtension
        {
            Meta = [.. properties.Select(property => property.Describe())],
            Rows = values.ToDictionary(
                row => row.Key,
                row =>
                    (IReadOnlyDictionary<string, IReadOnlyList<ExtensionValue>>)
                        row.Value.ToDictionary(
                            cell => cell.Key,
                            cell => (IReadOnlyList<ExtensionValue>)[.. cell.Value.Select(value => Shown(value, named))],
                            StringComparer.Ordinal
                        ),
                StringComparer.Ordinal
            ),
        };
    }

    private static async Task<Dictionary<RecordName, JsonElement>> ByNameAsync(
        this Inclusions records,
        IEnumerable<RecordName> names,
        CancellationToken cancellationToken
    )
    {
        var found = await records.ReadAsync(names, null, cancellationToken);
        return found.ToDictionary(one => one.Name, one => JsonSerializer.Deserialize<JsonElement>(one.Record));
    }

    private static ExtensionValue Shown(PropertyValue value, Dictionary<RecordName, JsonElement> named) =>
        value.Reference is { } reference
            ? new()
            {
                Id = reference.ToString(),
                Name =
                    named.TryGetValue(reference, out var record) && record.TryGetProperty("name", out var name)
                        ? name.GetString()
                        : reference.Id,
            }
            : new() { Str = value.Text, Int = value.Number };

    /// <summary>The record named by an id of the service; null when the id cannot name one.</summary>
    private static RecordName? NameOf(string id) =>
        id.Split('/', 2) is [var collection, { Length: > 0 } rest]
        && SearchReads.Collections.Contains(collection, StringComparer.Ordinal)
            ? new RecordName(collection, rest)
            : null;

    private static (IReadOnlyList<string> Ids, IReadOnlyList<RequestedProperty> Properties) Read(string extend)
    {
        using var document = ReconciliationJson.Parse(extend, Field);
        var query = document.RootElement;
        if (query.ValueKind != JsonValueKind.Object)
        {
            throw InvalidRequestException.Of(Field, "It is an object with ids and properties.");
        }

        if (!ReconciliationJson.IsUnicode(query))
        {
            throw InvalidRequestException.Of(Field, "It cannot have lone surrogates, which are invalid Unicode.");
        }

        var errors = new FieldErrors();
        var ids = ItemsOf(query, "ids", MaxRecords, errors)
            .Select(id => ReconciliationJson.IdOf(id))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (ids.Contains(null))
        {
            errors.Add($"{Field}.ids", "Each item is an id.");
        }

        var properties = ItemsOf(query, "properties", MaxProperties, errors)
            .Select(RequestedProperty.Read)
            .DistinctBy(property => property?.Id)
            .ToArray();
        if (properties.Contains(null))
        {
            errors.Add(
                $"{Field}.properties",
                "Each item is an object with an id; its setting limit is a whole number."
            );
        }

        errors.ThrowIfAny();
        return ([.. ids.OfType<string>()], [.. properties.OfType<RequestedProperty>()]);
    }

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement query, string member, int most, FieldErrors errors)
    {
        if (!query.TryGetProperty(member, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            errors.Add($"{Field}.{member}", "It is required, and is a list.");
            return default;
        }

        if (items.GetArrayLength() > most)
        {
            errors.Add($"{Field}.{member}", $"It has at most {most} items.");
            return default;
        }

        return items.EnumerateArray();
    }

    /// <summary>A property of a query.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Limit">The maximum number of values of a record; 0 for all.</param>
    private sealed record RequestedProperty(string Id, int Limit)
    {
        public static RequestedProperty? Read(JsonElement property)
        {
            if (ReconciliationJson.IdOf(property) is not { } id)
            {
                return null;
            }

            if (
                property.ValueKind == JsonValueKind.Object
                && property.TryGetProperty("settings", out var settings)
                && settings.ValueKind == JsonValueKind.Object
                && settings.TryGetProperty("limit", out var limit)
                && limit.ValueKind != JsonValueKind.Null
            )
            {
                return ReconciliationJson.NumberOf(limit) is { } number ? new(id, number) : null;
            }

            return new(id, 0);
        }

        public PropertyValue[] Of(string collection, JsonElement record)
        {
            var values = RecordProperties.ValuesOf(collection, Id, record);
            return [.. Limit == 0 ? values : values.Take(Limit)];
        }

        public ExtensionProperty Describe()
        {
            var known = SearchReads
                .Collections.SelectMany(RecordProperties.Of)
                .FirstOrDefault(property => property.Id == Id);
            return new ExtensionProperty
            {
                Id = Id,
                Name = known?.Name ?? Id,
                Type = known?.Type is { } type ? EntityType.Of(type) : null,
            };
        }
    }
}
