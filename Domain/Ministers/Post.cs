using Registry.Domain.Forums;
using Registry.Domain.Provenance;

namespace Registry.Domain.Ministers;

/// <summary>The kind of a post.</summary>
public enum PostKind
{
    HeadOfState,
    HeadOfGovernment,
    ForeignMinister,
    DefenceMinister,

    /// <summary>Any other member of a government.</summary>
    Minister,

    /// <summary>Secretary general, executive director, director general: who leads a secretariat.</summary>
    HeadOfSecretariat,

    /// <summary>Who represents a state at a forum all the year round.</summary>
    PermanentRepresentative,
    Ambassador,
    SpecialEnvoy,
    Other,
}

/// <summary>What follows from the kind of a post.</summary>
public static class PostKinds
{
    /// <summary>True for an office that a state has and a body of a forum never.</summary>
    public static bool IsOfStatesAlone(this PostKind kind) =>
        kind
            is PostKind.HeadOfState
                or PostKind.HeadOfGovernment
                or PostKind.ForeignMinister
                or PostKind.DefenceMinister;
}

/// <summary>What is known of a post, apart from its id.</summary>
public sealed record PostFacts
{
    public required PostKind Kind { get; init; }

    /// <summary>The state or the body whose office it is.</summary>
    public required Subject Of { get; init; }

    /// <summary>The forum at which a permanent representative sits.</summary>
    public ForumCode? AccreditedTo { get; init; }

    public required Titles Titles { get; init; }

    /// <summary>False for a post that several hold at once, such as that of a deputy.</summary>
    public bool SingleHolder { get; init; } = true;

    /// <summary>From when the post was established until it was abolished.</summary>
    public Period Life { get; init; } = Period.Always;

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An office of a state or a body. It can be renamed and goes on.</summary>
public sealed class Post
{
    /// <param name="id">Names it for good.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="ownerLife">The life of the state or the body, outside which the post cannot stand.</param>
    /// <exception cref="IllegalValueException">
    /// It has no title, is of neither a state nor a body, is of a body and of a kind that only states have, or names a forum
    /// without being a permanent representative's.
    /// </exception>
    /// <exception cref="RuleBrokenException">The post lies outside the life of the state or the body.</exception>
    public Post(Slug id, PostFacts facts, Period ownerLife)
    {
        if (facts.Of.Kind is not (SubjectKind.State or SubjectKind.Body))
        {
            throw new IllegalValueException("of.kind", "A post belongs to a state or to a body.");
        }

        if (facts.Of.Kind == SubjectKind.Body && facts.Kind.IsOfStatesAlone())
        {
            throw new IllegalValueException("kind", "Only a state can have such a post, not a body of a forum.");
        }

        if (facts.Titles.Display is null)
        {
            throw new IllegalValueException("titles", "At least one title is needed.");
        }

        if (facts.AccreditedTo is not null && facts.Kind != PostKind.PermanentRepresentative)
        {
            throw new IllegalValueException(
                "accreditedTo",
                "Only a permanent representative is accredited to a forum."
            );
        }

        if (!facts.Life.CanLieWithin(ownerLife))
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The post {id} {facts.Life} lies outside the life of {facts.Of}, {ownerLife}."
            );
        }

        Id = id;
        Facts = facts;
    }

    public Slug Id { get; }

    public PostFacts Facts { get; }

    /// <summary>The title shown in lists: the latest in English when there is one.</summary>
    public string Name => Facts.Titles.Display!;
}
