using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

/// <summary>Loads and saves whole claims inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class ClaimStore(RecordReader read) : SlugStore<Claim, ClaimModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new("claims", "claim", typeof(ClaimModel), ProvenanceTables.Claims)
    {
        IsClaimed = false,
        Parents = ClaimSql.Parents,
    };

    /// <summary>Gets the record with the value of the claim.</summary>
    /// <exception cref="RuleBrokenException">The record is not valid with the value.</exception>
    public RecordModel Applied(string record, Claim claim)
    {
        var (_, reading) = Read(record, claim.Facts);
        return reading.Errors.Count == 0
            ? reading.Model!
            : throw new RuleBrokenException(
                "claim-does-not-fit",
                $"With the value {claim.Facts.Value} at {claim.Facts.Field} the record is not valid: "
                    + string.Join(" ", reading.Errors.Select(error => $"{error.Key}: {error.Value[0]}"))
            );
    }

    /// <summary>Prefers a claim with the value of the record to the others on its field.</summary>
    /// <exception cref="NotFoundException">The claim does not exist.</exception>
    /// <exception cref="RuleBrokenException">The record has another value.</exception>
    public async Task<StoredRecord> PreferAsync(WriteSession session, string id, string? reason)
    {
        var loaded = await GetAsync(session, id);
        var claim = loaded.Aggregate;
        if (claim.Standing.Preferred && (reason is null || reason == claim.Standing.Reason))
        {
            return loaded.Stored with { Unchanged = true };
        }

        claim.Prefer(reason);
        foreach (var other in await Claims.OnAsync(session, claim.Facts.Subject))
        {
            if (other.Claim.Id != claim.Id && other.Claim.Facts.Field == claim.Facts.Field && other.IsPreferred)
            {
                other.Claim.Yield();
                await Claims.RewriteAsync(session, other);
            }
        }

        return await SaveAsync(session, loaded);
    }

    private protected override string? ProposeId(ClaimModel model) =>
        Slug.From([.. model.Subject!.Id!.Split('.', '/'), model.Field![1..], model.Source]);

    private protected override async Task<Claim> MakeAsync(WriteSession session, Slug id, ClaimModel model)
    {
        var facts = model.ToFacts();
        var subject = await session.RequireAsync(RecordKinds.Of(facts.Subject.Collection), facts.Subject.Id);
        var claim = await session.FindAsync(Kind, id.Value) is { } held
            ? References.Read<ClaimModel>(held).ToClaim().Corrected(facts)
            : new Claim(id, facts, ClaimStanding.New);
        claim.Compare(FieldsOfRecords.ValueAt(subject.Record, facts.Field));
        return claim;
    }

    /// <summary>
    /// Restores the preference of a restored claim, when the record still has its value and no other claim of the field
    /// is preferred.
    /// </summary>
    private protected override async Task<Claim> RereadAsync(WriteSession session, string record)
    {
        var claim = JsonSerializer.Deserialize<ClaimModel>(record, RegistryJson.Options)!.ToClaim();
        var (facts, field) = (claim.Facts, claim.Facts.Field);
        var subject = await session.RequireAsync(RecordKinds.Of(facts.Subject.Collection), facts.Subject.Id);
        claim.Compare(FieldsOfRecords.ValueAt(subject.Record, field));
        var others = await Claims.OnAsync(session, facts.Subject);
        if (others.Any(other => other.IsPreferred && other.Claim.Facts.Field == field))
        {
            claim.Yield();
        }

        return claim;
    }

    private protected override string IdOf(Claim aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Claim aggregate)
    {
        var facts = aggregate.Facts;
        await session.RequireAsync(SourceStore.Kind, facts.Source.Value);
        var subject = await session.RequireAsync(RecordKinds.Of(facts.Subject.Collection), facts.Subject.Id);
        if (!aggregate.Standing.Rival)
        {
            // The value of a record is valid; only the existence of the field is in question.
            FieldsOfRecords.With(DocumentOf(facts), subject.Record, facts.Field, facts.Value);
            return;
        }

        // The effect of the value on other fields is validated when the record takes it.
        var (path, reading) = Read(subject.Record, facts);
        foreach (var (field, sentences) in reading.Errors)
        {
            if (
                field == path
                || field.StartsWith($"{path}.", StringComparison.Ordinal)
                || field.StartsWith($"{path}[", StringComparison.Ordinal)
            )
            {
                throw new IllegalValueException($"value{field[path.Length..]}", sentences[0]);
            }
        }
    }

    private protected override RecordRows Rows(Claim aggregate, int version, DateTimeOffset recordedAt) =>
        RowsOf(aggregate, version, recordedAt);

    internal static RecordRows RowsOf(Claim claim, int version, DateTimeOffset recordedAt) =>
        new(
            new ClaimRow
            {
                Id = claim.Id.Value,
                Collection = claim.Facts.Subject.Collection,
                SubjectId = claim.Facts.Subject.Id,
                Field = claim.Facts.Field.Pointer,
                ValueKey = KeyOf(claim.Facts.Value),
                SourceId = claim.Facts.Source.Value,
                Preferred = claim.Standing.Preferred ? 1 : 0,
                Rival = claim.Standing.Rival ? 1 : 0,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(ClaimModel.Of(claim, version, recordedAt), RegistryJson.Options),
            }
        );

    private Type DocumentOf(ClaimFacts facts) => RecordKinds.Of(facts.Subject.Collection).Model;

    private (string Path, RecordReading Reading) Read(string record, ClaimFacts facts)
    {
        var (claimed, path) = FieldsOfRecords.With(DocumentOf(facts), record, facts.Field, facts.Value);
        return (path, read(DocumentOf(facts), JsonSerializer.SerializeToElement(claimed)));
    }

    /// <summary>Values have any length, so they are compared by their checksums.</summary>
    private static string KeyOf(ClaimedValue value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.Json)));

    private sealed record ClaimRow : RecordRow
    {
        public string Id { get; init; } = "";
        public string Collection { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public string Field { get; init; } = "";
        public string ValueKey { get; init; } = "";
        public string SourceId { get; init; } = "";
        public int Preferred { get; init; }
        public int Rival { get; init; }
    }
}
