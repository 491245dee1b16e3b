using System.Text.Json;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.States;

/// <summary>Loads and saves whole states inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class StateStore() : LineageStore<State, StateModel>(Kind, StateSql.Lineage)
{
    /// <summary>The scheme of alpha-2 codes.</summary>
    internal const string Alpha2 = "iso3166-1-alpha-2";

    /// <summary>The scheme of UN M49 codes.</summary>
    internal const string M49 = "m49";

    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "states",
        "state",
        typeof(StateModel),
        StateTables.States,
        StateTables.Identifiers,
        StateTables.Predecessors
    )
    {
        IsNamed = true,
        Identifiers = StateTables.Identifiers,
        Ids = IdForm.Code,
    };

    private protected override Task<State> MakeAsync(WriteSession session, string id, StateModel model, State? held) =>
        Task.FromResult(model.ToAggregate(id, held));

    private protected override string IdIn(StateModel model) => model.Code!;

    private protected override string IdOf(State aggregate) => aggregate.Code.Value;

    private protected override Task<State> ReadAsync(WriteSession session, string record) =>
        Task.FromResult(JsonSerializer.Deserialize<StateModel>(record, RegistryJson.Options)!.ToState());

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, State aggregate)
    {
        var code = aggregate.Code.Value;
        await base.RefuseBrokenRulesAsync(session, aggregate);

        if (session.IsNew(Kind, code))
        {
            return;
        }

        var outliving = await session.QueryAsync<string>(
            StateSql.OutsideLife,
            LifeParameters.Of(code, aggregate.Facts.Existence)
        );
        LifeParameters.Refuse(outliving, code, aggregate.Facts.Existence);
    }

    private protected override IReadOnlyList<string> PredecessorsOf(State aggregate) =>
        [.. aggregate.Facts.Predecessors.Select(code => code.Value)];

    private protected override void Succeed(State predecessor, IEnumerable<string> successors) =>
        predecessor.SucceededBy(successors.Select(successor => new StateCode(successor)));

    private protected override RecordRows Rows(State aggregate, int version, DateTimeOffset recordedAt)
    {
        var code = aggregate.Code.Value;
        return new(
            new StateRow
            {
                Code = code,
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                Region = aggregate.Facts.Region is { } region ? Words.Of(region) : null,
                Period = aggregate.Facts.Existence,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(StateModel.Of(aggregate, version, recordedAt), RegistryJson.Options),
            },
            AllCodes(aggregate)
                .Select(
                    (identifier, position) =>
                        new IdentifierRow
                        {
                            StateCode = code,
                            Position = position,
                            Scheme = identifier.Scheme,
                            Value = identifier.Value,
                        }
                ),
            aggregate.Facts.Predecessors.Select(
                (predecessor, position) =>
                    new PredecessorRow
                    {
                        StateCode = code,
                        Position = position,
                        PredecessorCode = predecessor.Value,
                    }
            )
        );
    }

    /// <summary>
    /// The identifiers of the state in every system, so that one index answers "which state is KZ, KAZ, 398 or Q232?".
    /// </summary>
    private static IEnumerable<Identifier> AllCodes(State state)
    {
        yield return new Identifier("iso3166-1-alpha-3", state.Code.Value);
        if (state.Facts.Alpha2 is { } alpha2)
        {
            yield return new Identifier(Alpha2, alpha2);
        }

        if (state.Facts.M49 is { } m49)
        {
            yield return new Identifier(M49, m49);
        }

        foreach (var identifier in state.Facts.Identifiers)
        {
            yield return identifier;
        }
    }

    private sealed record StateRow : PeriodRow
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
        public string? Region { get; init; }
    }

    private sealed record IdentifierRow : RecordRow
    {
        public string StateCode { get; init; } = "";
        public int Position { get; init; }
        public string Scheme { get; init; } = "";
        public string Value { get; init; } = "";
    }

    private sealed record PredecessorRow : RecordRow
    {
        public string StateCode { get; init; } = "";
        public int Position { get; init; }
        public string PredecessorCode { get; init; } = "";
    }
}
