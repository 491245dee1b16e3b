using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Changes;

/// <summary>The state of a registry.</summary>
/// <param name="Schema">The last migration script of the database, without its extension.</param>
/// <param name="Sequence">The sequence of the last change; 0 in an empty registry.</param>
/// <param name="Instant">The time of the last change, in UTC; null in an empty registry.</param>
public sealed record RegistryStatus(string Schema, long Sequence, DateTimeOffset? Instant);

/// <summary>Reads the state of the registry.</summary>
public sealed class StatusReads(RegistryDatabase database)
{
    /// <summary>Gets the state.</summary>
    public Task<RegistryStatus> GetAsync(CancellationToken cancellationToken) =>
        database.InOneStateAsync(
            async () =>
            {
                var schema = await database.ReadAsync(
                    connection => connection.QuerySingleAsync<string>(Migrator.LastScript),
                    cancellationToken
                );
                var counter = await database.ReadAsync(
                    connection => connection.QuerySingleAsync<Counter>(LedgerSql.ReadCounter),
                    cancellationToken
                );
                return new RegistryStatus(
                    Path.GetFileNameWithoutExtension(schema),
                    counter.Sequence,
                    counter.Sequence > 0 ? counter.Instant : null
                );
            },
            cancellationToken: cancellationToken
        );
}
