using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The standing of a party in a forum.</summary>
public enum StandingKind
{
    /// <summary>Has asked to be admitted.</summary>
    Applicant,

    /// <summary>May attend.</summary>
    Observer,

    /// <summary>Works with the forum under an agreement (dialogue partner, partner for cooperation).</summary>
    Partner,

    /// <summary>Takes part in some of the work with some of the rights.</summary>
    Associate,

    /// <summary>Has all rights and duties.</summary>
    Member,

    /// <summary>A member whose rights the forum has taken for a time.</summary>
    Suspended,

    /// <summary>A member that itself takes no part for a time.</summary>
    Frozen,
}

/// <summary>How a stay in a forum ended.</summary>
public enum Ending
{
    /// <summary>The member left of its own will.</summary>
    Withdrew,

    /// <summary>A term or treaty ran out and was not renewed.</summary>
    NotRenewed,

    /// <summary>The forum put it out.</summary>
    Expelled,

    /// <summary>Another took its seat.</summary>
    Replaced,

    /// <summary>The member or the forum ceased to be.</summary>
    Dissolved,
}

/// <summary>How a stay in a forum ended, and what that rests on.</summary>
public sealed record Departure
{
    /// <exception cref="IllegalValueException">The basis is blank or too long.</exception>
    public Departure(Ending ending, string? basis = null)
    {
        Ending = ending;
        Basis = Check.OptionalText("endingBasis", basis, Standing.MaxBasisLength);
    }

    /// <summary>The way it ended.</summary>
    public Ending Ending { get; }

    /// <summary>The notice, decision or treaty it rests on.</summary>
    public string? Basis { get; }
}

/// <summary>One standing of a party in a forum, over one period.</summary>
public sealed record Standing
{
    /// <summary>The longest basis.</summary>
    public const int MaxBasisLength = 500;

    /// <exception cref="IllegalValueException">
    /// The period has no start, a departure is named for a standing that goes on, or the basis is too long.
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

    /// <summary>How the stay ended; absent when another standing follows.</summary>
    public Departure? Departure { get; }

    public IReadOnlyList<Citation> Sources { get; }

    /// <summary>The same standing, ended.</summary>
    /// <exception cref="IllegalValueException">It would end before it starts.</exception>
    internal Standing EndedBy(Period held, Departure? departure, IReadOnlyList<Citation> sources) =>
        new(Kind, held, Basis, departure, [.. Sources, .. sources.Except(Sources)]);

    /// <summary>True for the standings that only a member can fall into.</summary>
    internal static bool IsPause(StandingKind kind) => kind is StandingKind.Suspended or StandingKind.Frozen;
}
