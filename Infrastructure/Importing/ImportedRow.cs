using System.Text.Json;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>A record in a file.</summary>
/// <param name="Line">The position in the file, from 1: the line, or the index in a Popolo document.</param>
/// <param name="Collection">The collection, or null when the file names none.</param>
/// <param name="Id">The id in the file, or null when it has none.</param>
/// <param name="Record">The record as JSON in UTF-8.</param>
/// <param name="Refusal">The reason why it is refused, or null.</param>
internal sealed record ImportedRow(
    long Line,
    string? Collection,
    string? Id,
    ReadOnlyMemory<byte> Record = default,
    Refusal? Refusal = null
)
{
    /// <summary>True when it was created without its references to records that did not exist yet.</summary>
    public bool Begun { get; init; }

    /// <summary>
    /// True when it has only the members with a column: the other members of the record stay unchanged.
    /// </summary>
    public bool IsPatch { get; init; }

    /// <summary>The cells whose text differs from the value that is recorded, with the reading.</summary>
    public IReadOnlyList<CellReading> Readings { get; init; } = [];
}

/// <summary>Finds the identifiers of a record in its JSON.</summary>
internal static class NamesOfRecords
{
    /// <summary>Lists the identifiers in other systems, in the order of the record.</summary>
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
