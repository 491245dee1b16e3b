using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Importing;

/// <summary>What a row changed in a record on file, as much of it as a report has place for.</summary>
public sealed record RowChanges
{
    /// <summary>The most changes that are told one by one.</summary>
    public const int Most = 50;

    /// <summary>The most characters of a value; of a longer one the beginning is told, as text.</summary>
    public const int LongestValue = 300;

    /// <summary>The changes.</summary>
    public required IReadOnlyList<FieldChange> Told { get; init; }

    /// <summary>How many more there are.</summary>
    public int More { get; init; }

    internal static RowChanges Between(string former, string record)
    {
        var changes = RecordComparison.Between(former, record);
        return new()
        {
            Told =
            [
                .. changes
                    .Take(Most)
                    .Select(change => change with { From = Short(change.From), To = Short(change.To) }),
            ],
            More = Math.Max(0, changes.Count - Most),
        };
    }

    internal string Write() => JsonSerializer.Serialize(this, RegistryJson.Options);

    internal static RowChanges Read(string changes) =>
        JsonSerializer.Deserialize<RowChanges>(changes, RegistryJson.Options)!;

    private static JsonNode? Short(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        var text =
            value is JsonValue single && single.TryGetValue<string>(out var said)
                ? said
                : value.ToJsonString(RegistryJson.Options);
        if (text.Length <= LongestValue)
        {
            return value;
        }

        var length = char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return JsonValue.Create(string.Concat(text.AsSpan(0, length), "…"));
    }
}
