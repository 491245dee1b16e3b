using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.States;

/// <summary>A state, existing or gone.</summary>
public sealed record StateDocument : RecordDocument
{
    /// <summary>ISO 3166-1 alpha-3, or for a state that is gone the alpha-3 code it had (ISO 3166-3).</summary>
    [Required, RegularExpression(StateCode.Pattern, ErrorMessage = "Three capital letters (ISO 3166-1 alpha-3).")]
    public string? Code { get; init; }

    /// <summary>The name lists show: the present short name, in English where there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>Every name, by language and kind, with its dates.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameDocument>? Names { get; init; }

    /// <summary>Since when, and until when, the state exists; absent for a state older than anyone asks that goes on.</summary>
    public ExistenceDocument? Existence { get; init; }

    /// <summary>The M49 region.</summary>
    public Region? Region { get; init; }

    /// <summary>The M49 sub-region, in English.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Subregion { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Two capital letters (ISO 3166-1 alpha-2).")]
    public string? Alpha2 { get; init; }

    /// <summary>The three digits of UN M49.</summary>
    [RegularExpression("^[0-9]{3}$", ErrorMessage = "Three digits (UN M49).")]
    public string? M49 { get; init; }

    /// <summary>Its names in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierDocument>? Identifiers { get; init; }

    /// <summary>The codes of the states that are gone in whose place it stands.</summary>
    [MaxLength(20), RegularExpression(StateCode.Pattern, ErrorMessage = "Three capital letters (ISO 3166-1 alpha-3).")]
    [RefersTo("states")]
    public IReadOnlyList<string>? Predecessors { get; init; }

    /// <summary>The codes of the states that name this one as a predecessor.</summary>
    [ReadOnly(true)]
    [RefersTo("states")]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    /// <summary>The facts, checked by the domain.</summary>
    /// <exception cref="RegistryException">They break a rule.</exception>
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

    internal static StateDocument Of(State state, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Code = state.Code.Value,
            Name = state.Name,
            Names = Documents.Of(state.Facts.Names),
            Existence = ExistenceDocument.Of(state.Facts.Existence),
            Region = state.Facts.Region,
            Subregion = state.Facts.Subregion,
            Alpha2 = state.Facts.Alpha2,
            M49 = state.Facts.M49,
            Identifiers = Documents.Listed(state.Facts.Identifiers, IdentifierDocument.Of),
            Predecessors = Documents.Listed(state.Facts.Predecessors, code => code.Value),
            Successors = Documents.Listed(state.Successors, code => code.Value),
            Sources = Documents.Of(state.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };

    /// <summary>The state described, with what the registry keeps in the one held.</summary>
    /// <exception cref="RegistryException">It is another one's, or breaks a rule.</exception>
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
public sealed record ExistenceDocument : DatedPart
{
    internal static ExistenceDocument? Of(Period period) =>
        period == Period.Always
            ? null
            : new()
            {
                From = period.From,
                Until = period.Until,
                Ended = EndedOf(period),
            };
}
