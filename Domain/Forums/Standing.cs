using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The standing of a party in a forum.</summary>
public enum StandingKind
{
    /// <summary>It has applied for admission.</summary>
    Applicant,

    /// <summary>It may attend.</summary>
    Observer,

    /// <summary>It works with the forum under an agreement (dialogue partner, partner for cooperation).</summary>
    Partner,

    /// <summary>It takes part in some of the work with some of the rights.</summary>
    Associate,

    /// <summary>It has all rights and duties.</summary>
    Member,

    /// <summary>A member whose rights are suspended by the forum.</summary>
    Suspended,

    /// <summary>A member that has suspended its participation itself.</summary>
    Frozen,
}

/// <summary>The kind of ending of a membership.</summary>
public enum Ending
{
    /// <summary>The member left by its own decision.</summary>
    Withdrew,

    /// <summary>A term or treaty expired and was not renewed.</summary>
    NotRenewed,

    /// <summary>The forum expelled the member.</summary>
    Expelled,

    /// <summary>Another party took its seat.</summary>
    Replaced,

    /// <summary>The member or the forum ceased to exist.</summary>
    Dissolved,
}

/// <summary>The ending of a membership, with its basis.</summary>
public sealed record Departure
{
    /// <exception cref="IllegalValueException">The basis is blank or too long.</exception>
    public Departure(Ending ending, string? basis = null)
    {
        Ending = ending;
        Basis = Check.OptionalText("endingBasis", basis, Standing.MaxBasisLength);
    }

    /// <summary>The kind of ending.</summary>
    public Ending Ending { get; }

    /// <summary>The notice, decision or treaty that the end rests on.</summary>
    public string? Basis { get; }
}

/// <summary>One standing of a party in a forum, over one period.</summary>
public sealed record Standing
{
    /// <summary>The maximum length of a basis.</summary>
    public const int MaxBasisLength = 500;

    /// <exception cref="IllegalValueException">
    /// The period has no start, a standing without an end has an ending, or the basis is too long.
    /// </exception>
    public Standing(
        StandingKind kind,
        Period held,
        string? basis = null,
        Departure? departure = null,
        IReadOnlyList<Citation>? sources = null
    )
    {
        if (held.From is null)
        {
            throw new IllegalValueException("from", "A standing needs a start, which can be a year.");
        }

        if (departure is not null && !held.Ended)
        {
            throw new IllegalValueException("ending", "A standing that lasts has no ending yet.");
        }

        Kind = kind;
        Held = held;
        Basis = Check.OptionalText("basis", basis, MaxBasisLength);
        Departure = departure;
        Sources = sources ?? [];
    }

    public StandingKind Kind { get; }

    public Period Held { get; }

    /// <summary>The decision, treaty or meeting that it rests on.</summary>
    public string? Basis { get; }

    /// <summary>The ending; absent when another standing follows.</summary>
    public Departure? Departure { get; }

    public IReadOnlyList<Citation> Sources { get; }

    /// <summary>Gets the same standing, ended.</summary>
    /// <exception cref="IllegalValueException">It would end before it starts.</exception>
    internal Standing EndedBy(Period held, Departure? departure, IReadOnlyList<Citation> sources) =>
        new(Kind, held, Basis, departure, [.. Sources, .. sources.Except(Sources)]);

    /// <summary>True for the standings that only a member can take.</summary>
    internal static bool IsPause(StandingKind kind) => kind is StandingKind.Suspended or StandingKind.Frozen;
}
