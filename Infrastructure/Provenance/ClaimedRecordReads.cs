using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

/// <summary>Reads records with their claims.</summary>
public static class ClaimedRecordReads
{
    /// <summary>Gets the record with its claims, current or as of an instant.</summary>
    /// <exception cref="Domain.NotFoundException">The id has never existed, or not by then.</exception>
    /// <exception cref="Domain.GoneException">The record was deleted by then.</exception>
    public static Task<StoredRecord> GetWithClaimsAsync(
        this RecordReads reads,
        string id,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        reads.Database.InOneStateAsync(
            async () =>
            {
                var stored = await reads.GetAsync(id, knownAt, cancellationToken);
                var claims = await reads.Database.ReadAsync(
                    knownAt,
                    session =>
                        session.RowsAsync<ClaimWithSource>(
                            ClaimSql.WithSources,
                            new { reads.RecordKind.Collection, stored.Id }
                        ),
                    cancellationToken
                );
                return ClaimWithSource.Expand(stored, claims);
            },
            cancellationToken: cancellationToken
        );
}
