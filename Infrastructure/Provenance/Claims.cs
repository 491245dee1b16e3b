using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Provenance;

/// <summary>The claims on a record that is being written. They are compared with it in the same transaction.</summary>
internal sealed class Claims : RecordObserver
{
    /// <summary>The claims on a record.</summary>
    public static async Task<IReadOnlyList<ClaimOnFile>> OnAsync(WriteSession session, ClaimSubject subject) =>
        await OnAsync(session, subject.Collection, subject.Id);

    /// <summary>Marks the claims that are rivals of the current record.</summary>
    public override async Task ReplacedAsync(WriteSession session, RecordKind kind, string id, string record)
    {
        foreach (var held in await OnAsync(session, kind.Collection, id))
        {
            if (held.Claim.Compare(FieldsOfRecords.ValueAt(record, held.Claim.Facts.Field)))
            {
                await RewriteAsync(session, held);
            }
        }
    }

    /// <summary>The claims on a record.</summary>
    public override ReadAhead UsersOf(RecordKind kind, string id) =>
        new(ClaimSql.Users, new { kind.Collection, Id = id });

    /// <inheritdoc/>
    public override IEnumerable<ReadAhead> ReadsOf(RecordKind kind, string id) =>
        [new(ClaimSql.OfSubject, new { kind.Collection, Id = id })];

    /// <summary>Writes a claim again because its standing has changed.</summary>
    public static Task RewriteAsync(WriteSession session, ClaimOnFile held) =>
        session.ReplaceAsync(
            ClaimStore.Kind,
            held.Claim.Id.Value,
            held.Version,
            (version, at) => ClaimStore.RowsOf(held.Claim, version, at)
        );

    private static async Task<IReadOnlyList<ClaimOnFile>> OnAsync(WriteSession session, string collection, string id)
    {
        var rows = await session.QueryAsync<StoredRecord>(ClaimSql.OfSubject, new { Collection = collection, Id = id });
        return [.. rows.Select(row => new ClaimOnFile(References.Read<ClaimModel>(row).ToClaim(), row.Version))];
    }
}

/// <summary>A claim with its current version.</summary>
internal sealed record ClaimOnFile(Claim Claim, int Version)
{
    public bool IsPreferred => Claim.Standing.Preferred;
}
