using System.Text.Json;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>Looks up the names of the records that the rows of a table name, those of a collection at once.</summary>
public sealed class NamesBeside(Inclusions inclusions)
{
    private static readonly string[] Naming = ["name", "title", "citation"];

    /// <summary>Adds the names that are not known yet; null where a record has none, or is not there.</summary>
    /// <param name="known">The names by record.</param>
    /// <param name="records">The records.</param>
    /// <param name="knownAt">The instant as of which they are called so; null for the present.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
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

    /// <summary>The name that lists show; of a source, which has none, its title or else how it is cited.</summary>
    private static string? NameIn(string record)
    {
        using var whole = JsonDocument.Parse(record);
        return Naming
            .Select(member => whole.RootElement.TryGetProperty(member, out var name) ? name.GetString() : null)
            .FirstOrDefault(name => name is not null);
    }
}
