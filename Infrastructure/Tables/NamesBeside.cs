using System.Text.Json;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Reads the names of the records to which the rows of a table refer, one statement for each collection.
/// </summary>
public sealed class NamesBeside(Inclusions inclusions)
{
    private static readonly string[] Naming = ["name", "title", "citation"];

    /// <summary>Adds the names that are not known yet; null when a record does not exist or has no name.</summary>
    /// <param name="known">The names by record.</param>
    /// <param name="records">The records.</param>
    /// <param name="knownAt">The instant as of which the names are read, or null for the current ones.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task AddAsync(
        IDictionary<RecordName, string?> known,
        IEnumerable<RecordName> records,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        RecordName[] asked = [.. records.Where(record => !known.ContainsKey(record)).Distinct()];
        if (asked.Length == 0)
        {
            return;
        }

        var found = await inclusions.ReadAsync(asked, knownAt, cancellationToken);
        foreach (var record in asked)
        {
            known[record] = null;
        }

        foreach (var (record, whole) in found)
        {
            known[record] = NameIn(whole);
        }
    }

    /// <summary>Gets the name that lists show; for a source, its title or else its citation.</summary>
    private static string? NameIn(string record)
    {
        using var whole = JsonDocument.Parse(record);
        return Naming
            .Select(member => whole.RootElement.TryGetProperty(member, out var name) ? name.GetString() : null)
            .FirstOrDefault(name => name is not null);
    }
}
