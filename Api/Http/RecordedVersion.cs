using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>One version of a record: who wrote it, when and why, and what it changed.</summary>
public sealed record RecordedVersion
{
    /// <summary>1 for the first version, then one more at every write.</summary>
    public required int Version { get; init; }

    /// <summary>The ETag of the version, by which it is conditioned upon.</summary>
    public required string Etag { get; init; }

    /// <summary>The number of the change in the log of all changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>In whose name it was written.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, where that was said (header X-Reason).</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the record was created, updated or deleted.</summary>
    public required ChangeOperation Operation { get; init; }

    /// <summary>
    /// What it changed, as the operations of a JSON Patch (RFC 6902) on the version before; absent where the record was
    /// created or deleted.
    /// </summary>
    public IReadOnlyList<JsonChange>? Changes { get; init; }

    internal static string Of(RecordedChange change) =>
        JsonSerializer.Serialize(
            new RecordedVersion
            {
                Version = change.Version,
                Etag = Conditions.TagOf(change.Version).ToString(),
                Sequence = change.Sequence,
                RecordedAt = change.Instant,
                Actor = change.Actor,
                Reason = change.Reason,
                Operation = Words.Read<ChangeOperation>(change.Operation),
                Changes = change is { Record: { } record, Former: { } former }
                    ? [.. JsonChange.Between(former, record)]
                    : null,
            },
            RegistryJson.Options
        );
}

/// <summary>What a change did to a record.</summary>
public enum ChangeOperation
{
    Created,
    Updated,

    /// <summary>The record is off file: a tombstone.</summary>
    Deleted,
}

/// <summary>An operation of a JSON Patch (RFC 6902).</summary>
public sealed record JsonChange
{
    /// <summary>What is done at the place.</summary>
    public required JsonChangeKind Op { get; init; }

    /// <summary>The place, as a JSON Pointer (RFC 6901).</summary>
    public required string Path { get; init; }

    /// <summary>What is put there; absent where something is taken away.</summary>
    public JsonNode? Value { get; init; }

    // Every version has its own, so that these say nothing.
    private static readonly string[] Kept = ["version", "recordedAt"];

    /// <summary>The operations that make the one record of the other, in the order in which they apply.</summary>
    internal static IEnumerable<JsonChange> Between(string former, string record)
    {
        var (before, after) = (JsonNode.Parse(former)!.AsObject(), JsonNode.Parse(record)!.AsObject());
        foreach (var name in Kept)
        {
            before.Remove(name);
            after.Remove(name);
        }

        return OfObjects(before, after, "");
    }

    private static IEnumerable<JsonChange> OfNodes(JsonNode? before, JsonNode? after, string path) =>
        (before, after) switch
        {
            (JsonObject one, JsonObject other) => OfObjects(one, other, path),
            (JsonArray one, JsonArray other) => OfLists(one, other, path),
            _ when JsonNode.DeepEquals(before, after) => [],
            _ => [Make(JsonChangeKind.Replace, path, after)],
        };

    private static IEnumerable<JsonChange> OfObjects(JsonObject before, JsonObject after, string path)
    {
        foreach (var (name, value) in before)
        {
            var place = $"{path}/{Escaped(name)}";
            var changes = after.TryGetPropertyValue(name, out var other)
                ? OfNodes(value, other, place)
                : [Make(JsonChangeKind.Remove, place, null)];
            foreach (var change in changes)
            {
                yield return change;
            }
        }

        foreach (var (name, value) in after.Where(member => !before.ContainsKey(member.Key)))
        {
            yield return Make(JsonChangeKind.Add, $"{path}/{Escaped(name)}", value);
        }
    }

    private static IEnumerable<JsonChange> OfLists(JsonArray before, JsonArray after, string path)
    {
        var common = Math.Min(before.Count, after.Count);
        for (var index = 0; index < common; index++)
        {
            foreach (var change in OfNodes(before[index], after[index], $"{path}/{index}"))
            {
                yield return change;
            }
        }

        // From the end, so that no place moves before its turn.
        for (var index = before.Count - 1; index >= common; index--)
        {
            yield return Make(JsonChangeKind.Remove, $"{path}/{index}", null);
        }

        for (var index = common; index < after.Count; index++)
        {
            yield return Make(JsonChangeKind.Add, $"{path}/{index}", after[index]);
        }
    }

    private static JsonChange Make(JsonChangeKind op, string path, JsonNode? value) =>
        new()
        {
            Op = op,
            Path = path,
            Value = value?.DeepClone(),
        };

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>What an operation of a JSON Patch does.</summary>
public enum JsonChangeKind
{
    Add,
    Remove,
    Replace,
}
