using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Importing;

/// <summary>The changes that a row made to a record, as far as a report has room for them.</summary>
public sealed record RowChanges
{
    /// <summary>The maximum number of changes in the list.</summary>
    public const int MaxChanges = 50;

    /// <summary>The maximum length of a value in characters; a longer one is cut, as text.</summary>
    public const int MaxValueLength = 300;

    /// <summary>The changes.</summary>
    public required IReadOnlyList<FieldChange> Listed { get; init; }

    /// <summary>The number of further changes.</summary>
    public int More { get; init; }

    internal static RowChanges Between(string former, string record)
    {
        var changes = RecordComparison.Between(former, record);
        return new()
        {
            Listed =
            [
                .. changes
                    .Take(MaxChanges)
                    .Select(change => change with { From = Short(change.From), To = Short(change.To) }),
            ],
            More = Math.Max(0, changes.Count - MaxChanges),
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
        if (text.Length <= MaxValueLength)
        {
            return value;
        }

        var length = char.IsHighSurrogate(text[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength;
        return JsonValue.Create(string.Concat(text.AsSpan(0, length), "…"));
    }
}
