using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>Loads and saves whole chairmanships inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class ChairmanshipStore() : SlugStore<Chairmanship, ChairmanshipModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "chairmanships",
        "chairmanship",
        typeof(ChairmanshipModel),
        ForumTables.Chairmanships
    )
    {
        Parents = ChairmanshipSql.Parents,
    };

    /// <summary>Creates a chairmanship of the forum.</summary>
    /// <exception cref="NotFoundException">The forum does not exist.</exception>
    /// <exception cref="GoneException">The forum was deleted.</exception>
    /// <exception cref="IllegalValueException">The document has another forum.</exception>
    /// <exception cref="RuleBrokenException">A rule is broken.</exception>
    public async Task<StoredRecord> RecordAsync(WriteSession session, string forum, ChairmanshipModel model)
    {
        await session.GetAsync(ForumStore.Kind, forum);
        if (model.Forum is not null && model.Forum != forum)
        {
            throw new IllegalValueException("forum", $"It is the one in the address, {forum}.");
        }

        return await CreateAsync(session, model with { Forum = forum });
    }

    private protected override string? ProposeId(ChairmanshipModel model) =>
        Slug.From(
            model.Forum,
            model.Body,
            model.Chair!.Code,
            model.From?.FirstDay.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)
        );

    private protected override async Task<Chairmanship> MakeAsync(
        WriteSession session,
        Slug id,
        ChairmanshipModel model
    )
    {
        var facts = model.ToFacts();
        var chaired = new List<Subject> { facts.Forum.SubjectOf(), facts.Chair.SubjectOf() };
        if (facts.Body is { } body)
        {
            chaired.Add(new BodyId(facts.Forum, body).SubjectOf());
        }

        await session.ReadLivesAheadAsync(chaired);
        var lives = new Dictionary<string, Period>();
        foreach (var subject in chaired)
        {
            lives[subject.Id] = await session.LifeAsync(subject);
        }

        return new Chairmanship(id, facts, lives);
    }

    private protected override string IdOf(Chairmanship aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Chairmanship aggregate)
    {
        if (aggregate.Facts.Handover is { } meeting)
        {
            await session.RequireAsync("meetings", meeting.Value);
        }
    }

    private protected override RecordRows Rows(Chairmanship aggregate, int version, DateTimeOffset recordedAt)
    {
        var facts = aggregate.Facts;
        return new(
            new ChairmanshipRow
            {
                Id = aggregate.Id.Value,
                ForumCode = facts.Forum.Value,
                BodyId = facts.Body is { } body ? new BodyId(facts.Forum, body).ToString() : null,
                ChairKind = Words.Of(facts.Chair.Kind),
                ChairCode = facts.Chair.Code,
                StateCode = facts.Chair.Kind == PartyKind.State ? facts.Chair.Code : null,
                ChairForumCode = facts.Chair.Kind == PartyKind.Forum ? facts.Chair.Code : null,
                HandoverId = facts.Handover?.Value,
                FromText = facts.Held.From?.ToString(),
                UntilText = facts.Held.Until?.ToString(),
                Period = facts.Held,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    ChairmanshipModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            }
        );
    }

    private sealed record ChairmanshipRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string ForumCode { get; init; } = "";
        public string? BodyId { get; init; }
        public string ChairKind { get; init; } = "";
        public string ChairCode { get; init; } = "";
        public string? StateCode { get; init; }
        public string? ChairForumCode { get; init; }
        public string? HandoverId { get; init; }
        public string? FromText { get; init; }
        public string? UntilText { get; init; }
    }
}
