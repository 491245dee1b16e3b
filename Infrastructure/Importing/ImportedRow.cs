using System.Text.Json;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>One record as a file has it.</summary>
/// <param name="Line">Where it stands in the file, from 1: the line, or the place in a Popolo document.</param>
/// <param name="Collection">The collection it belongs to, where the file says so.</param>
/// <param name="Id">What names it there; null where the file has nothing that does.</param>
/// <param name="Record">The record as JSON in UTF-8.</param>
/// <param name="Refusal">Why it goes no further.</param>
internal sealed record ImportedRow(
    long Line,
    string? Collection,
    string? Id,
    ReadOnlyMemory<byte> Record = default,
    Refusal? Refusal = null
)
{
    /// <summary>True where it was put on file without what it names and was not there yet.</summary>
    public bool Begun { get; init; }

    /// <summary>True where it says what has a column, and no more: the other members stay as they are on record.</summary>
    public bool IsPatch { get; init; }

    /// <summary>How cells were read that do not say literally what is put on record.</summary>
    public IReadOnlyList<CellReading> Readings { get; init; } = [];
}

/// <summary>What names a record, found in the record itself.</summary>
internal static class NamesOfRecords
{
    /// <summary>The identifiers of other systems, in the order in which the record has them.</summary>
    public static IEnumerable<(string Scheme, string Value)> IdentifiersOf(JsonElement record)
    {
        if (!record.TryGetProperty("identifiers", out var identifiers) || identifiers.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var identifier in identifiers.EnumerateArray())
        {
            if (
                identifier.ValueKind == JsonValueKind.Object
                && TextOf(identifier, "scheme") is { } scheme
                && TextOf(identifier, "value") is { } value
            )
            {
                yield return (scheme, value);
            }
        }
    }

    private static string? TextOf(JsonElement whole, string member) =>
        whole.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
