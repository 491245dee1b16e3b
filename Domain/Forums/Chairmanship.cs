using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The facts of a chairmanship, apart from its id.</summary>
public sealed record ChairmanshipFacts
{
    public required ForumCode Forum { get; init; }

    /// <summary>The body of the forum that is chaired, or null when it is the forum itself.</summary>
    public BodyCode? Body { get; init; }

    /// <summary>The party in the chair: a state, or a forum.</summary>
    public required Party Chair { get; init; }

    public Period Held { get; init; } = Period.Always;

    /// <summary>The meeting at which the chair was handed over.</summary>
    public Slug? Handover { get; init; }

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A chairmanship: the period in which a party chairs a forum, or a body of it.</summary>
/// <remarks>
/// Two recorded chairmanships can overlap, because sources disagree; <see cref="ChairReview"/> reports it. A chair that
/// ends on the day on which the next one begins is a normal handover.
/// </remarks>
public sealed class Chairmanship
{
    /// <param name="id">The id.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="lives">The lives of the forum, the body if any, and the chair, by name.</param>
    /// <exception cref="RuleBrokenException">
    /// It lies outside one of the lives, or a forum would chair itself.
    /// </exception>
    public Chairmanship(Slug id, ChairmanshipFacts facts, IReadOnlyDictionary<string, Period> lives)
    {
        if (facts.Chair == Party.Of(facts.Forum))
        {
            throw new RuleBrokenException("own-member", $"{facts.Forum} cannot chair itself.");
        }

        foreach (var (name, life) in lives)
        {
            if (!facts.Held.CanLieWithin(life))
            {
                throw new RuleBrokenException(
                    "outside-life",
                    $"The chairmanship {id} {facts.Held} lies outside the life of {name}, {life}."
                );
            }
        }

        Id = id;
        Facts = facts;
    }

    public Slug Id { get; }

    public ChairmanshipFacts Facts { get; }
}

/// <summary>The kind of a finding in a series of chairmanships.</summary>
public enum ChairFindingKind
{
    /// <summary>No party chairs.</summary>
    Gap,

    /// <summary>Two parties chair at once.</summary>
    Overlap,
}

/// <summary>A period in which no party chairs, or two parties chair at once.</summary>
/// <param name="Kind">The kind: gap or overlap.</param>
/// <param name="From">The first day of the gap or overlap.</param>
/// <param name="Until">The last such day, or null when it continues.</param>
/// <param name="Chairmanships">The chairmanships at both sides of a gap, or the two that overlap.</param>
public sealed record ChairFinding(
    ChairFindingKind Kind,
    DateOnly From,
    DateOnly? Until,
    IReadOnlyList<string> Chairmanships
);

/// <summary>Finds the gaps and overlaps of the chairmanships of one forum or body.</summary>
public static class ChairReview
{
    /// <summary>
    /// Finds what certainly holds, whatever the exact dates were: 2010 after 2010 is a handover, no overlap. So is a
    /// shared day on which the one ends and the other begins.
    /// </summary>
    /// <param name="line">The chairmanships by id.</param>
    /// <param name="life">The life of what is chaired; it had no chair before the first chairmanship.</param>
    /// <param name="today">The day up to which gaps are reported.</param>
    public static IReadOnlyList<ChairFinding> Of(
        IEnumerable<(string Id, Period Held)> line,
        Period life,
        DateOnly today
    )
    {
        var ordered = line.OrderBy(one => one.Held.Middle).ThenBy(one => one.Id, StringComparer.Ordinal).ToArray();
        if (ordered.Length == 0)
        {
            return [];
        }

        var findings = new List<ChairFinding>();
        var covered = ordered[0];
        for (var next = 1; next < ordered.Length; next++)
        {
            var (id, held) = ordered[next];
            for (var earlier = 0; earlier < next; earlier++)
            {
                if (Overlap(ordered[earlier], ordered[next]) is { } overlap)
                {
                    findings.Add(overlap);
                }
            }

            if (covered.Held.LatestEnd < DateOnly.MaxValue && held.EarliestStart > covered.Held.LatestEnd.AddDays(1))
            {
                findings.Add(
                    new(
                        ChairFindingKind.Gap,
                        covered.Held.LatestEnd.AddDays(1),
                        held.EarliestStart.AddDays(-1),
                        [covered.Id, id]
                    )
                );
            }

            if (held.LatestEnd >= covered.Held.LatestEnd)
            {
                covered = ordered[next];
            }
        }

        var end = life.EarliestEnd < today ? life.EarliestEnd : today;
        if (covered.Held.LatestEnd < end)
        {
            findings.Add(
                new(
                    ChairFindingKind.Gap,
                    covered.Held.LatestEnd.AddDays(1),
                    life.EarliestEnd < today ? life.EarliestEnd : null,
                    [covered.Id]
                )
            );
        }

        return [.. findings.OrderBy(finding => finding.From).ThenBy(finding => finding.Kind)];
    }

    private static ChairFinding? Overlap((string Id, Period Held) one, (string Id, Period Held) other)
    {
        var first = one.Held.LatestStart > other.Held.LatestStart ? one.Held.LatestStart : other.Held.LatestStart;
        var last = one.Held.EarliestEnd < other.Held.EarliestEnd ? one.Held.EarliestEnd : other.Held.EarliestEnd;
        return first > last || (first == last && (HandsOver(one, other, on: first) || HandsOver(other, one, on: first)))
            ? null
            : new(ChairFindingKind.Overlap, first, last == DateOnly.MaxValue ? null : last, [one.Id, other.Id]);
    }

    private static bool HandsOver((string Id, Period Held) one, (string Id, Period Held) next, DateOnly on) =>
        one.Held.EarliestEnd == on && one.Held.LatestStart < on && next.Held.LatestStart == on;
}
