using System.Text.Json;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

/// <summary>Reads sources.</summary>
public sealed class SourceReads(RegistryDatabase database)
    : RecordReads<SourceModel>(database, SourceStore.Kind, SourceSql.List)
{
    /// <summary>Lists the records that cite a source.</summary>
    public Task<ListPage<CitingRecord>> CitingAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => SourceSql.Citing.ReadAsync<CitingRecord>(session, request),
            cancellationToken
        );
}

/// <summary>Reads claims.</summary>
public sealed class ClaimReads(RegistryDatabase database)
    : RecordReads<ClaimModel>(database, ClaimStore.Kind, ClaimSql.List);

/// <summary>A record that cites a source.</summary>
public sealed record CitingRecord : ListRow
{
    public string Collection { get; init; } = "";
    public string CitingId { get; init; } = "";
    public int Places { get; init; }

    /// <summary>The record in the contract.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new CitingRecordModel
            {
                Collection = Collection,
                Id = CitingId,
                Count = Places,
            },
            RegistryJson.Options
        );
}

/// <summary>A claim on a record, with its source.</summary>
internal sealed record ClaimWithSource
{
    public string Claim { get; init; } = "";
    public string Source { get; init; } = "";

    /// <summary>The record with the claims on it.</summary>
    public static StoredRecord Expand(StoredRecord stored, IReadOnlyList<ClaimWithSource> rows)
    {
        var claims = rows.Select(row =>
                (
                    Claim: JsonSerializer.Deserialize<ClaimModel>(row.Claim, RegistryJson.Options)!,
                    Source: JsonSerializer.Deserialize<SourceModel>(row.Source, RegistryJson.Options)!
                )
            )
            .GroupBy(row => row.Claim.Field!, StringComparer.Ordinal)
            .ToDictionary(
                field => field.Key,
                field => new FieldClaimsModel
                {
                    Disputed = field.Select(row => row.Claim.Value).Distinct().Count() > 1,
                    Sources = [.. field.Select(row => row.Source).DistinctBy(source => source.Id)],
                    Claims = [.. field.Select(row => row.Claim.OnField())],
                },
                StringComparer.Ordinal
            );
        return stored with
        {
            Record = $"{stored.Record[..^1]},\"claims\":{JsonSerializer.Serialize(claims, RegistryJson.Options)}}}",
            Expanded = true,
        };
    }
}
