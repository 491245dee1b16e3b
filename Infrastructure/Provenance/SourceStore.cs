using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

/// <summary>Loads and saves whole sources inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class SourceStore() : SlugStore<Source, SourceModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new("sources", "source", typeof(SourceModel), ProvenanceTables.Sources)
    {
        IsNamed = true,
        IsClaimed = false,
        IsShared = true,
    };

    private protected override string? ProposeId(SourceModel model) => Slug.From($"{model.Publisher} {model.Title}");

    private protected override Task<Source> MakeAsync(WriteSession session, Slug id, SourceModel model) =>
        Task.FromResult(model.ToSource(id));

    private protected override string IdOf(Source aggregate) => aggregate.Id.Value;

    /// <summary>A source depends on no other record, so there is nothing else to validate.</summary>
    private protected override Task RefuseBrokenRulesAsync(WriteSession session, Source aggregate) =>
        Task.CompletedTask;

    private protected override RecordRows Rows(Source aggregate, int version, DateTimeOffset recordedAt)
    {
        var facts = aggregate.Facts;
        return new(
            new SourceRow
            {
                Id = aggregate.Id.Value,
                Title = facts.Title,
                SortName = SortName.Of(facts.Title),
                Url = facts.Url,
                Language = facts.Language?.Tag,
                Kind = Words.Of(facts.Kind),
                Reliability = facts.Reliability is { } reliability ? Words.Of(reliability) : null,
                Period = new Period(facts.Published, facts.Published),
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(SourceModel.Of(aggregate, version, recordedAt), RegistryJson.Options),
            }
        );
    }

    private sealed record SourceRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string Title { get; init; } = "";
        public string SortName { get; init; } = "";
        public string? Url { get; init; }
        public string? Language { get; init; }
        public string Kind { get; init; } = "";
        public string? Reliability { get; init; }
    }
}
