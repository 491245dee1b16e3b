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

    /// <summary>The secretary general, executive director or director general, who leads a secretariat.</summary>
    HeadOfSecretariat,

    /// <summary>The permanent representative of a state at a forum.</summary>
    PermanentRepresentative,
    Ambassador,
    SpecialEnvoy,
    Other,
}

/// <summary>The rules that follow from the kind of a post.</summary>
public static class PostKinds
{
    /// <summary>True for a post that only states have, and no body of a forum.</summary>
    public static bool IsOfStatesAlone(this PostKind kind) =>
        kind
            is PostKind.HeadOfState
                or PostKind.HeadOfGovernment
                or PostKind.ForeignMinister
                or PostKind.DefenceMinister;
}

/// <summary>The facts of a post, apart from its id.</summary>
public sealed record PostFacts
{
    public required PostKind Kind { get; init; }

    /// <summary>The state or the body of the office.</summary>
    public required Subject Of { get; init; }

    /// <summary>The forum to which a permanent representative is accredited.</summary>
    public ForumCode? AccreditedTo { get; init; }

    public required Titles Titles { get; init; }

    /// <summary>False for a post that several ministers can hold at the same time, such as that of a deputy.</summary>
    public bool SingleHolder { get; init; } = true;

    /// <summary>The period from the establishment to the abolition.</summary>
    public Period Life { get; init; } = Period.Always;

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An office of a state or a body. It continues when it is renamed.</summary>
public sealed class Post
{
    /// <param name="id">The id.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="ownerLife">The life of the state or the body, which includes that of the post.</param>
    /// <exception cref="IllegalValueException">
    /// It has no title, belongs to neither a state nor a body, belongs to a body but is of a kind that only states
    /// have, or has a forum without being that of a permanent representative.
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
                "Only a permanent representative can be accredited to a forum."
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
