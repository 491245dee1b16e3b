using System.Diagnostics.CodeAnalysis;
using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The lives of the two sides of a membership; no standing lies outside either.</summary>
public sealed record MembershipLives(Period Forum, Period Member);

/// <summary>The basis of a step in the world.</summary>
public sealed record Grounds(string? Basis, IReadOnlyList<Citation> Sources);

/// <summary>The relation of one party to one forum: a timeline of standings that never overlap.</summary>
public sealed class Membership
{
    private readonly MembershipLives _lives;
    private List<Standing> _standings;

    /// <exception cref="IllegalValueException">There is no standing.</exception>
    /// <exception cref="RuleBrokenException">
    /// A forum would be a member of itself, standings overlap, one lies outside the life of the forum or the member, or
    /// a suspended or frozen standing does not follow directly after that of a member.
    /// </exception>
    public Membership(ForumCode forum, Party member, IEnumerable<Standing> standings, MembershipLives lives)
    {
        if (member == Party.Of(forum))
        {
            throw new RuleBrokenException("own-member", $"{forum} cannot be a member of itself.");
        }

        Forum = forum;
        Member = member;
        _lives = lives;
        _standings = Checked(standings);
    }

    public ForumCode Forum { get; }

    public Party Member { get; }

    /// <summary>
    /// The id of the membership: <c>cica.kwt</c>, or <c>cica.forum.un</c> when a forum is the member.
    /// </summary>
    public string Id => IdOf(Forum, Member);

    /// <summary>The standings in chronological order.</summary>
    public IReadOnlyList<Standing> Standings => _standings;

    private Standing Last => _standings[^1];

    /// <summary>Gets the id of the membership of a party in a forum.</summary>
    public static string IdOf(ForumCode forum, Party member) =>
        (member.Kind == PartyKind.State ? $"{forum}.{member}" : $"{forum}.forum.{member}").ToLowerInvariant();

    /// <summary>Parses an id into the two sides of the membership.</summary>
    /// <returns>False when the text is not such an id.</returns>
    public static bool TryReadId(
        string id,
        [NotNullWhen(true)] out ForumCode? forum,
        [NotNullWhen(true)] out Party? member
    )
    {
        (forum, member) = (null, null);
        try
        {
            var parts = id.ToUpperInvariant().Split('.');
            (forum, member) = parts switch
            {
                [var one, var state] => (new ForumCode(one), Party.Of(PartyKind.State, state)),
                [var one, "FORUM", var other] => (new ForumCode(one), Party.Of(PartyKind.Forum, other)),
                _ => (null, null),
            };
        }
        catch (IllegalValueException)
        {
            // One of the parts is not a code, so the text is not an id.
        }

        return forum is not null && member is not null;
    }

    /// <summary>Takes another standing than the current one, or rejoins after an end.</summary>
    /// <exception cref="RuleBrokenException">
    /// The party has this standing already, is suspended or frozen, or the step would precede the start of the current
    /// standing.
    /// </exception>
    public void Accede(StandingKind kind, PartialDate from, Grounds grounds)
    {
        if (Standing.IsPause(kind))
        {
            throw new RuleBrokenException("not-accession", $"The standing {kind} is not taken by accession.");
        }

        if (!Last.Held.Ended && Standing.IsPause(Last.Kind))
        {
            throw new RuleBrokenException(
                "membership-paused",
                $"{Member} is {Last.Kind} in {Forum}: it can resume or withdraw."
            );
        }

        Follow(kind, from, grounds);
    }

    /// <summary>Suspends the rights of a member.</summary>
    /// <exception cref="RuleBrokenException">The party is not a member, or not yet on that date.</exception>
    public void Suspend(PartialDate from, Grounds grounds) => Pause(StandingKind.Suspended, from, grounds);

    /// <summary>Freezes the participation of a member, by its own decision.</summary>
    /// <exception cref="RuleBrokenException">The party is not a member, or not yet on that date.</exception>
    public void Freeze(PartialDate from, Grounds grounds) => Pause(StandingKind.Frozen, from, grounds);

    /// <summary>Makes a suspended or frozen member a full member again.</summary>
    /// <exception cref="RuleBrokenException">
    /// The membership is not suspended or frozen, or not yet on that date.
    /// </exception>
    public void Resume(PartialDate from, Grounds grounds)
    {
        if (Last.Held.Ended || !Standing.IsPause(Last.Kind))
        {
            throw new RuleBrokenException("not-paused", $"{Member} is neither suspended nor frozen in {Forum}.");
        }

        Follow(StandingKind.Member, from, grounds);
    }

    /// <summary>Ends the membership, with the given last day or on an unknown date.</summary>
    /// <exception cref="RuleBrokenException">
    /// The membership has ended already, or would end before it starts.
    /// </exception>
    public void Withdraw(PartialDate? until, Departure departure, IReadOnlyList<Citation> sources)
    {
        if (Last.Held.Ended)
        {
            throw new RuleBrokenException("already-ended", $"The stay of {Member} in {Forum} has ended: {Last.Held}.");
        }

        _standings = Checked([.. _standings.SkipLast(1), Last.EndedBy(EndOfLast(until), departure, sources)]);
    }

    /// <summary>Replaces the timeline.</summary>
    /// <exception cref="RuleBrokenException">As for the constructor.</exception>
    public void Correct(IEnumerable<Standing> standings) => _standings = Checked(standings);

    private void Pause(StandingKind kind, PartialDate from, Grounds grounds)
    {
        if (Last.Held.Ended || Last.Kind != StandingKind.Member)
        {
            throw new RuleBrokenException("not-a-member", $"{Member} is no member of {Forum}, so it cannot be {kind}.");
        }

        Follow(kind, from, grounds);
    }

    private void Follow(StandingKind kind, PartialDate from, Grounds grounds)
    {
        if (!Last.Held.Ended && Last.Kind == kind)
        {
            throw new RuleBrokenException("standing-unchanged", $"{Member} is {kind} in {Forum} already.");
        }

        var next = new Standing(kind, new Period(from, null), grounds.Basis, null, grounds.Sources);
        _standings = Last.Held.Ended
            ? Checked([.. _standings, next])
            : Checked([.. _standings.SkipLast(1), Last.EndedBy(EndOfLast(from.JustBefore()), null, []), next]);
    }

    private Period EndOfLast(PartialDate? until)
    {
        if (until is not null && until.LastDay < Last.Held.EarliestStart)
        {
            throw new RuleBrokenException(
                "standing-overlap",
                $"The current standing of {Member} in {Forum} began only on {Last.Held.From}."
            );
        }

        return new Period(Last.Held.From, until, ended: true);
    }

    private List<Standing> Checked(IEnumerable<Standing> standings)
    {
        List<Standing> ordered = [.. standings.OrderBy(standing => standing.Held.Middle)];
        if (ordered.Count == 0)
        {
            throw new IllegalValueException("standings", "A membership has at least one standing.");
        }

        Check.Apart(
            ordered.Select(standing => standing.Held),
            "standing-overlap",
            $"{Member} cannot have two standings in {Forum} at once"
        );

        foreach (var standing in ordered)
        {
            RefuseOutside(standing, _lives.Forum, Forum.Value);
            RefuseOutside(standing, _lives.Member, Member.Code);
        }

        for (var index = 0; index < ordered.Count; index++)
        {
            if (Standing.IsPause(ordered[index].Kind) && !FollowsOnMembership(ordered, index))
            {
                throw new RuleBrokenException(
                    "not-a-member",
                    $"{Member} can be {ordered[index].Kind} in {Forum} only directly after a membership."
                );
            }
        }

        return ordered;
    }

    private static bool FollowsOnMembership(List<Standing> ordered, int index) =>
        index > 0
        && ordered[index - 1] is { Kind: StandingKind.Member, Departure: null } membership
        && (
            membership.Held.LatestEnd == DateOnly.MaxValue
            || membership.Held.LatestEnd.AddDays(1) >= ordered[index].Held.EarliestStart
        );

    private static void RefuseOutside(Standing standing, Period life, string whose)
    {
        if (!standing.Held.CanLieWithin(life))
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The standing {standing.Kind} {standing.Held} lies outside the life of {whose}, {life}."
            );
        }
    }
}
