using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>What is known of a forum, apart from its code.</summary>
public sealed record ForumFacts
{
    public required Names Names { get; init; }

    /// <summary>From the founding to the dissolution.</summary>
    public Period Life { get; init; } = Period.Always;

    /// <summary>The headquarters; a forum of summits alone has none.</summary>
    public Seat? Seat { get; init; }

    /// <summary>Its legal nature over time.</summary>
    public IReadOnlyList<ForumStage> Stages { get; init; } = [];

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>The forums whose place this one took.</summary>
    public IReadOnlyList<ForumCode> Predecessors { get; init; } = [];

    /// <summary>How many stood in it, as declared; the record of members may differ.</summary>
    public IReadOnlyList<DeclaredCount> DeclaredCounts { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A conference, alliance, union or organization of states.</summary>
public sealed class Forum
{
    private readonly List<ForumCode> _successors;

    /// <exception cref="RuleBrokenException">
    /// Two stages hold at once, a stage lies outside the forum's life, or the forum would precede itself.
    /// </exception>
    public Forum(ForumCode code, ForumFacts facts, IEnumerable<ForumCode>? successors = null)
    {
        Code = code;
        Facts = Checked(code, facts);
        _successors = [.. successors ?? []];
    }

    public ForumCode Code { get; }

    public ForumFacts Facts { get; private set; }

    /// <summary>The forums that name this one as a predecessor, in the order of their codes. Kept by the registry.</summary>
    public IReadOnlyList<ForumCode> Successors => _successors;

    /// <summary>The name lists show: the official one, in English where there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Official);

    /// <summary>Puts other facts in place of those on record.</summary>
    /// <exception cref="RuleBrokenException">As for the constructor.</exception>
    public void Correct(ForumFacts facts) => Facts = Checked(Code, facts);

    /// <summary>Notes the forums that now name this one as a predecessor.</summary>
    public void SucceededBy(IEnumerable<ForumCode> successors)
    {
        _successors.Clear();
        _successors.AddRange(successors.Distinct().OrderBy(code => code.Value, StringComparer.Ordinal));
    }

    private static ForumFacts Checked(ForumCode code, ForumFacts facts)
    {
        Check.Apart(
            facts.Stages.Select(stage => stage.Held),
            "stage-overlap",
            $"{code} cannot have two legal natures at once"
        );

        foreach (var stage in facts.Stages.Where(stage => !stage.Held.CanLieWithin(facts.Life)))
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The stage {stage.Nature} {stage.Held} lies outside the life of {code}, {facts.Life}."
            );
        }

        if (facts.Predecessors.Contains(code))
        {
            throw new RuleBrokenException("lineage-circle", $"{code} cannot be its own predecessor.");
        }

        return facts;
    }
}
