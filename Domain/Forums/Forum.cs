using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The facts of a forum, apart from its code.</summary>
public sealed record ForumFacts
{
    public required Names Names { get; init; }

    /// <summary>The period from the founding to the dissolution.</summary>
    public Period Life { get; init; } = Period.Always;

    /// <summary>The headquarters; absent for a forum without any.</summary>
    public Seat? Seat { get; init; }

    /// <summary>Its legal nature over time.</summary>
    public IReadOnlyList<ForumStage> Stages { get; init; } = [];

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>The forums that this one replaced.</summary>
    public IReadOnlyList<ForumCode> Predecessors { get; init; } = [];

    /// <summary>The declared numbers of members; the members on record may differ.</summary>
    public IReadOnlyList<DeclaredCount> DeclaredCounts { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A conference, alliance, union or organization of states.</summary>
public sealed class Forum
{
    private readonly List<ForumCode> _successors;

    /// <exception cref="RuleBrokenException">
    /// Two stages hold at once, a stage lies outside the life of the forum, or the forum would precede itself.
    /// </exception>
    public Forum(ForumCode code, ForumFacts facts, IEnumerable<ForumCode>? successors = null)
    {
        Code = code;
        Facts = Checked(code, facts);
        _successors = [.. successors ?? []];
    }

    public ForumCode Code { get; }

    public ForumFacts Facts { get; private set; }

    /// <summary>
    /// The forums with this one as a predecessor, in the order of their codes. The registry maintains them.
    /// </summary>
    public IReadOnlyList<ForumCode> Successors => _successors;

    /// <summary>The name that lists show: the official one, in English when there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Official);

    /// <summary>Replaces the facts.</summary>
    /// <exception cref="RuleBrokenException">As for the constructor.</exception>
    public void Correct(ForumFacts facts) => Facts = Checked(Code, facts);

    /// <summary>Sets the forums that have this one as a predecessor.</summary>
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
