using System.Collections.Frozen;
using System.Text.Json;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Search;

namespace Registry.Infrastructure.Tables;

/// <summary>Looks up the names of the records that the rows of a table name, those of a collection at once.</summary>
public sealed class NamesBeside(RegistryDatabase database)
{
    private static readonly string[] Naming = ["name", "title", "citation"];

    private static readonly FrozenDictionary<string, string> Statements = RecordKinds.All.ToFrozenDictionary(
        kind => kind.Collection,
        kind => FindIn(kind.Main),
        StringComparer.Ordinal
    );

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

        var found = await database.ReadAsync(
            knownAt,
            async session =>
            {
                var names = new List<(RecordName Record, string? Name)>();
                foreach (var some in asked.GroupBy(record => record.Collection, StringComparer.Ordinal))
                {
                    var rows = await Keys.RowsAsync<StoredRecord>(
                        session,
                        Statements[some.Key],
                        some.Select(record => record.Id)
                    );
                    names.AddRange(rows.Select(row => (new RecordName(some.Key, row.Id), NameIn(row.Record))));
                }

                return names;
            },
            cancellationToken
        );
        foreach (var record in asked)
        {
            known[record] = null;
        }

        foreach (var (record, name) in found)
        {
            known[record] = name;
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

    private static string FindIn(RecordTable table) =>
        $"SELECT r.{table.IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record FROM {table.Name} r WHERE r.{table.IdColumn} IN ({Keys.Parameters})";
}
