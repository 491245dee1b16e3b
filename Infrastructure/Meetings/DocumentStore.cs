using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

/// <summary>Loads and saves whole documents inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class DocumentStore() : SlugStore<Document, DocumentModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "documents",
        "document",
        typeof(DocumentModel),
        MeetingTables.Documents,
        MeetingTables.Steps,
        MeetingTables.Relations,
        MeetingTables.DocumentFulfilments
    )
    {
        IsNamed = true,
        Parents = DocumentSql.Parents,
    };

    /// <summary>Takes a step in the life of a document.</summary>
    /// <exception cref="NotFoundException">The document does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RuleBrokenException">The document does not allow it.</exception>
    public async Task<StoredRecord> StepAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        DocumentStepModel step
    )
    {
        var loaded = await GetAsync(session, id);
        expected.CheckIfSaid(Kind.Noun, id, loaded.Version);
        loaded.Aggregate.Take(step.ToStep());
        return await SaveAsync(session, loaded);
    }

    private protected override string? ProposeId(DocumentModel model) =>
        Slug.From(model.Forum, model.Titles!.ToTexts("titles").Display);

    private protected override Task<Document> MakeAsync(WriteSession session, Slug id, DocumentModel model) =>
        Task.FromResult(model.ToModel(id));

    private protected override string IdOf(Document aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Document aggregate)
    {
        var facts = aggregate.Facts;
        if (facts.Forum is { } forum)
        {
            await session.RequireAsync(forum.SubjectOf());
            if (facts.Body is { } body)
            {
                await session.RequireAsync(new BodyId(forum, body).SubjectOf());
            }
        }

        foreach (var relation in facts.Relations)
        {
            await session.RequireAsync(Kind, relation.Document.Value);
        }

        var superseded = await session.QueryAsync<SupersededRow>(DocumentSql.Superseded);
        aggregate.RefuseCircle(
            superseded
                .Where(row => row.DocumentId != aggregate.Id.Value)
                .ToLookup(row => row.DocumentId, row => row.TargetId)
        );

        foreach (var step in aggregate.Steps)
        {
            if (step.Meeting is { } meeting)
            {
                var stored = await session.RequireAsync(MeetingStore.Kind, meeting.Value);
                var model = References.Read<MeetingModel>(stored);
                step.RefuseOutside(model.Held, model.Status!.Value);
            }

            await Fulfilments.RefuseBeforeAsync(session, step.Fulfils, step.On.LastDay);
        }
    }

    private protected override Task<IReadOnlyList<string>> LinkedAsync(WriteSession session, string id) =>
        session.QueryAsync<string>(DocumentSql.Fulfilled, new { Id = id });

    private protected override Task AfterAsync(
        WriteSession session,
        Document? aggregate,
        IReadOnlyList<string> linkedBefore
    ) =>
        Fulfilments.NoteAsync(
            session,
            linkedBefore,
            [.. (aggregate?.Steps ?? []).SelectMany(step => step.Fulfils).Select(outcome => outcome.Value)]
        );

    private protected override RecordRows Rows(Document aggregate, int version, DateTimeOffset recordedAt)
    {
        var (id, facts) = (aggregate.Id.Value, aggregate.Facts);
        return new(
            new DocumentRow
            {
                Id = id,
                Symbol = facts.Symbol,
                Kind = Words.Of(facts.Kind),
                ForumCode = facts.Forum?.Value,
                BodyId = facts.Body is { } body ? new BodyId(facts.Forum!, body).ToString() : null,
                Status = Words.Of(aggregate.Status),
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                Period = aggregate.Life,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    DocumentModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            },
            aggregate.Steps.Select(
                (step, position) =>
                    new StepRow
                    {
                        DocumentId = id,
                        Position = position,
                        Status = Words.Of(step.Status),
                        MeetingId = step.Meeting?.Value,
                        OnText = step.On.ToString(),
                        Period = new Period(step.On, step.On),
                    }
            ),
            facts.Relations.Select(
                (relation, position) =>
                    new RelationRow
                    {
                        DocumentId = id,
                        Position = position,
                        Kind = Words.Of(relation.Kind),
                        TargetId = relation.Document.Value,
                    }
            ),
            aggregate
                .Steps.SelectMany(step => step.Fulfils.Select(outcome => (step.Status, outcome)))
                .Select(
                    (fulfilment, position) =>
                        new FulfilmentRow
                        {
                            DocumentId = id,
                            Position = position,
                            FulfilledId = fulfilment.outcome.Value,
                            Step = Words.Of(fulfilment.Status),
                        }
                )
        );
    }

    private sealed record DocumentRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string? Symbol { get; init; }
        public string Kind { get; init; } = "";
        public string? ForumCode { get; init; }
        public string? BodyId { get; init; }
        public string Status { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
    }

    private sealed record StepRow : PeriodRow
    {
        public string DocumentId { get; init; } = "";
        public int Position { get; init; }
        public string Status { get; init; } = "";
        public string? MeetingId { get; init; }
        public string OnText { get; init; } = "";
    }

    private sealed record RelationRow : RecordRow
    {
        public string DocumentId { get; init; } = "";
        public int Position { get; init; }
        public string Kind { get; init; } = "";
        public string TargetId { get; init; } = "";
    }

    private sealed record FulfilmentRow : RecordRow
    {
        public string DocumentId { get; init; } = "";
        public int Position { get; init; }
        public string FulfilledId { get; init; } = "";
        public string Step { get; init; } = "";
    }

    private sealed record SupersededRow
    {
        public string DocumentId { get; init; } = "";
        public string TargetId { get; init; } = "";
    }
}
