using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.States;

/// <summary>A state, current or former.</summary>
public sealed record StateModel : RecordModel
{
    /// <summary>The ISO 3166-1 alpha-3 code; for a former state, the alpha-3 code that it had (ISO 3166-3).</summary>
    [Required, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public string? Code { get; init; }

    /// <summary>The name that lists show: the current short name, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The names, by language and kind, each with its period.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameModel>? Names { get; init; }

    /// <summary>The period in which the state exists; absent when both ends are open.</summary>
    public ExistenceModel? Existence { get; init; }

    /// <summary>The UN M49 region.</summary>
    public Region? Region { get; init; }

    /// <summary>The UN M49 sub-region, in English.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Subregion { get; init; }

    /// <summary>The ISO 3166-1 alpha-2 code.</summary>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "It has two capital letters (ISO 3166-1 alpha-2).")]
    public string? Alpha2 { get; init; }

    /// <summary>The UN M49 code: three digits.</summary>
    [RegularExpression("^[0-9]{3}$", ErrorMessage = "It has three digits (UN M49).")]
    public string? M49 { get; init; }

    /// <summary>The ids in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierModel>? Identifiers { get; init; }

    /// <summary>The codes of the former states that it replaced.</summary>
    [MaxLength(20), RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    [RefersTo("states")]
    public IReadOnlyList<string>? Predecessors { get; init; }

    /// <summary>The codes of the states that have this one as a predecessor.</summary>
    [ReadOnly(true)]
    [RefersTo("states")]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule.</exception>
    internal StateFacts ToFacts() =>
        new()
        {
            Names = Names!.ToNames(),
            Existence = Existence?.ToPeriod() ?? Period.Always,
            Region = Region,
            Subregion = Subregion,
            Alpha2 = Alpha2,
            M49 = M49,
            Identifiers = [.. (Identifiers ?? []).Select(identifier => identifier.ToIdentifier())],
            Predecessors = [.. (Predecessors ?? []).Select(code => new StateCode(code)).Distinct()],
            Sources = Sources.ToCitations(),
        };

    internal static StateModel Of(State state, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Code = state.Code.Value,
            Name = state.Name,
            Names = ModelParts.Of(state.Facts.Names),
            Existence = ExistenceModel.Of(state.Facts.Existence),
            Region = state.Facts.Region,
            Subregion = state.Facts.Subregion,
            Alpha2 = state.Facts.Alpha2,
            M49 = state.Facts.M49,
            Identifiers = ModelParts.Listed(state.Facts.Identifiers, IdentifierModel.Of),
            Predecessors = ModelParts.Listed(state.Facts.Predecessors, code => code.Value),
            Successors = ModelParts.Listed(state.Successors, code => code.Value),
            Sources = ModelParts.Of(state.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };

    /// <summary>Converts the model to a state, or corrects the current one.</summary>
    /// <exception cref="RegistryException">The code is that of another record, or the facts break a rule.</exception>
    internal State ToAggregate(string id, State? held)
    {
        var code = new StateCode(id);
        RefuseOther(id, Code);
        if (held is null)
        {
            return new State(code, ToFacts());
        }

        held.Correct(ToFacts());
        return held;
    }

    internal State ToState() =>
        new(new StateCode(Code!), ToFacts(), (Successors ?? []).Select(code => new StateCode(code)));
}

/// <summary>The period in which a state exists.</summary>
public sealed record ExistenceModel : DatedPart
{
    internal static ExistenceModel? Of(Period period) =>
        period == Period.Always
            ? null
            : new()
            {
                From = period.From,
                Until = period.Until,
                Ended = EndedOf(period),
            };
}
