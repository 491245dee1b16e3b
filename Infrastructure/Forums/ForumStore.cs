using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>Loads and saves whole forums inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class ForumStore() : LineageStore<Forum, ForumModel>(Kind, ForumSql.Lineage)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "forums",
        "forum",
        typeof(ForumModel),
        ForumTables.Forums,
        ForumTables.Identifiers,
        ForumTables.Predecessors,
        ForumTables.Stages
    )
    {
        IsNamed = true,
        Identifiers = ForumTables.Identifiers,
        Ids = IdForm.Code,
        IsOwner = true,
    };

    private protected override Task<Forum> MakeAsync(WriteSession session, string id, ForumModel model, Forum? held) =>
        Task.FromResult(model.ToAggregate(id, held));

    private protected override string IdIn(ForumModel model) => model.Code!;

    private protected override string IdOf(Forum aggregate) => aggregate.Code.Value;

    private protected override Task<Forum> ReadAsync(WriteSession session, string record) =>
        Task.FromResult(JsonSerializer.Deserialize<ForumModel>(record, RegistryJson.Options)!.ToForum());

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Forum aggregate)
    {
        var code = aggregate.Code.Value;
        await SeatRules.RefuseUnknownCountryAsync(session, aggregate.Facts.Seat);
        await base.RefuseBrokenRulesAsync(session, aggregate);

        if (session.IsNew(Kind, code))
        {
            return;
        }

        var outliving = await session.QueryAsync<string>(
            ForumSql.OutsideLife,
            LifeParameters.Of(code, aggregate.Facts.Life)
        );
        LifeParameters.Refuse(outliving, code, aggregate.Facts.Life);
    }

    private protected override IReadOnlyList<string> PredecessorsOf(Forum aggregate) =>
        [.. aggregate.Facts.Predecessors.Select(code => code.Value)];

    private protected override void Succeed(Forum predecessor, IEnumerable<string> successors) =>
        predecessor.SucceededBy(successors.Select(successor => new ForumCode(successor)));

    private protected override RecordRows Rows(Forum aggregate, int version, DateTimeOffset recordedAt)
    {
        var code = aggregate.Code.Value;
        return new(
            new ForumRow
            {
                Code = code,
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                SeatCountry = aggregate.Facts.Seat?.Country?.Value,
                Period = aggregate.Facts.Life,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(ForumModel.Of(aggregate, version, recordedAt), RegistryJson.Options),
            },
            aggregate.Facts.Identifiers.Select(
                (identifier, position) =>
                    new IdentifierRow
                    {
                        ForumCode = code,
                        Position = position,
                        Scheme = identifier.Scheme,
                        Value = identifier.Value,
                    }
            ),
            aggregate.Facts.Predecessors.Select(
                (predecessor, position) =>
                    new PredecessorRow
                    {
                        ForumCode = code,
                        Position = position,
                        PredecessorCode = predecessor.Value,
                    }
            ),
            aggregate.Facts.Stages.Select(
                (stage, position) =>
                    new StageRow
                    {
                        ForumCode = code,
                        Position = position,
                        Nature = Words.Of(stage.Nature),
                        Period = stage.Held,
                    }
            )
        );
    }

    private sealed record ForumRow : PeriodRow
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
        public string? SeatCountry { get; init; }
    }

    private sealed record IdentifierRow : RecordRow
    {
        public string ForumCode { get; init; } = "";
        public int Position { get; init; }
        public string Scheme { get; init; } = "";
        public string Value { get; init; } = "";
    }

    private sealed record PredecessorRow : RecordRow
    {
        public string ForumCode { get; init; } = "";
        public int Position { get; init; }
        public string PredecessorCode { get; init; } = "";
    }

    private sealed record StageRow : PeriodRow
    {
        public string ForumCode { get; init; } = "";
        public int Position { get; init; }
        public string Nature { get; init; } = "";
    }
}

/// <summary>Validates the state of a seat.</summary>
internal static class SeatRules
{
    /// <exception cref="RuleBrokenException">The state does not exist.</exception>
    public static async Task RefuseUnknownCountryAsync(WriteSession session, Seat? seat)
    {
        if (seat?.Country is { } country && await session.FindAsync(RecordKinds.Of("states"), country.Value) is null)
        {
            throw new RuleBrokenException("unknown-reference", $"The state of the seat does not exist: '{country}'.");
        }
    }
}
