using System.Text.RegularExpressions;
using Registry.Domain.Provenance;

namespace Registry.Domain.States;

/// <summary>The five macro-regions of the UN statistical standard M49.</summary>
public enum Region
{
    Africa,
    Americas,
    Asia,
    Europe,
    Oceania,
}

/// <summary>The facts of a state, apart from its code.</summary>
public sealed record StateFacts
{
    public required Names Names { get; init; }

    /// <summary>The period in which the state exists; without a start when that is open.</summary>
    public Period Existence { get; init; } = Period.Always;

    public Region? Region { get; init; }

    /// <summary>The M49 sub-region, in English.</summary>
    public string? Subregion { get; init; }

    /// <summary>The ISO 3166-1 alpha-2 code.</summary>
    public string? Alpha2 { get; init; }

    /// <summary>The UN M49 code: three digits.</summary>
    public string? M49 { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>The former states that this one replaced.</summary>
    public IReadOnlyList<StateCode> Predecessors { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A state, current or former.</summary>
public sealed partial class State
{
    private readonly List<StateCode> _successors;

    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The state would precede itself.</exception>
    public State(StateCode code, StateFacts facts, IEnumerable<StateCode>? successors = null)
    {
        Code = code;
        Facts = Checked(code, facts);
        _successors = [.. successors ?? []];
    }

    public StateCode Code { get; }

    public StateFacts Facts { get; private set; }

    /// <summary>
    /// The states with this one as a predecessor, in the order of their codes. The registry maintains them.
    /// </summary>
    public IReadOnlyList<StateCode> Successors => _successors;

    /// <summary>The name that lists show: the short one, in English when there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Short);

    /// <summary>Replaces the facts.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The state would precede itself.</exception>
    public void Correct(StateFacts facts) => Facts = Checked(Code, facts);

    /// <summary>Sets the states that have this one as a predecessor.</summary>
    public void SucceededBy(IEnumerable<StateCode> successors)
    {
        _successors.Clear();
        _successors.AddRange(successors.Distinct().OrderBy(code => code.Value, StringComparer.Ordinal));
    }

    private static StateFacts Checked(StateCode code, StateFacts facts)
    {
        if (facts.Alpha2 is not null && !TwoLetters().IsMatch(facts.Alpha2))
        {
            throw new IllegalValueException("alpha2", "An alpha-2 code has two capital letters.");
        }

        if (facts.M49 is not null && !ThreeDigits().IsMatch(facts.M49))
        {
            throw new IllegalValueException("m49", "An M49 code has three digits.");
        }

        if (facts.Predecessors.Contains(code))
        {
            throw new RuleBrokenException("lineage-circle", $"{code} cannot be its own predecessor.");
        }

        return facts;
    }

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex TwoLetters();

    [GeneratedRegex(@"^[0-9]{3}\z")]
    private static partial Regex ThreeDigits();
}
