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

/// <summary>What is known of a state, apart from its code.</summary>
public sealed record StateFacts
{
    public required Names Names { get; init; }

    /// <summary>Since when, and until when, the state exists; no start for states older than anyone asks.</summary>
    public Period Existence { get; init; } = Period.Always;

    public Region? Region { get; init; }

    /// <summary>The M49 sub-region, in English.</summary>
    public string? Subregion { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Alpha2 { get; init; }

    /// <summary>The three digits of the UN statistical standard M49.</summary>
    public string? M49 { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>The former states that this one replaced.</summary>
    public IReadOnlyList<StateCode> Predecessors { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A state, existing or former.</summary>
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

    /// <summary>The states that name this one as a predecessor, in the order of their codes. Kept by the registry.</summary>
    public IReadOnlyList<StateCode> Successors => _successors;

    /// <summary>The name lists show: the short one, in English where there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Short);

    /// <summary>Puts other facts in place of those on record.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The state would precede itself.</exception>
    public void Correct(StateFacts facts) => Facts = Checked(Code, facts);

    /// <summary>Notes the states that now name this one as a predecessor.</summary>
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
