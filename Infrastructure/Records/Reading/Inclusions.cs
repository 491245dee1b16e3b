using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>Reads the records to which others refer, one statement for each collection.</summary>
public sealed class Inclusions(RegistryDatabase database)
{
    /// <summary>
    /// Reads the records with these names, current or as of an instant; those that do not exist are left out.
    /// </summary>
    public Task<IReadOnlyList<(RecordName Name, string Record)>> ReadAsync(
        IEnumerable<RecordName> names,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.ReadStateAsync<IReadOnlyList<(RecordName, string)>>(
            knownAt,
            async session =>
            {
                var read = new List<(RecordName, string)>();
                foreach (var collection in names.Distinct().GroupBy(name => name.Collection, StringComparer.Ordinal))
                {
                    var table = RecordKinds.All.First(kind => kind.Collection == collection.Key).Main;
                    foreach (var some in collection.Chunk(ParameterLists.MaxParameters))
                    {
                        var parameters = new DynamicParameters();
                        var places = ParameterLists.Add(parameters, "Id", [.. some.Select(name => name.Id)]);
                        var rows = await session.RowsAsync<StoredRecord>(table.FindSeveral(places), parameters);
                        read.AddRange(rows.Select(row => (new RecordName(collection.Key, row.Id), row.Record)));
                    }
                }

                return read;
            },
            cancellationToken
        );
}
