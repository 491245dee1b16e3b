namespace Registry.Domain.Forums;

/// <summary>Why a member counts for a difference between what is declared and what is on record.</summary>
public enum ReconciliationReason
{
    /// <summary>Took the standing after the day of the declared count.</summary>
    Joined,

    /// <summary>Held the standing on the day of the declared count and no longer.</summary>
    Left,

    /// <summary>One of the days falls inside an end that is known only to the month or the year.</summary>
    Uncertain,

    /// <summary>By a rival claim it would have stood otherwise on one of the days.</summary>
    Disputed,
}

/// <summary>
/// A declared count held against the memberships on record, on the day for which it was declared and on the day asked for.
/// </summary>
/// <param name="declared">The declared number.</param>
/// <param name="then">
/// The memberships that had the standing on the day of the declared count; true for those that certainly had it.
/// </param>
/// <param name="now">The memberships that have the standing on the day asked for; true for those that certainly have it.</param>
public sealed class Reconciliation(
    int declared,
    IReadOnlyDictionary<string, bool> then,
    IReadOnlyDictionary<string, bool> now
)
{
    /// <summary>The number computed for the day asked for less the declared number.</summary>
    public int Difference => now.Count - declared;

    /// <summary>The part of the difference that those who joined and left since do not explain.</summary>
    public int Remainder => then.Count - declared;

    /// <summary>The memberships that took the standing after the day of the declared count.</summary>
    public IEnumerable<string> Joined => now.Keys.Where(membership => !then.ContainsKey(membership));

    /// <summary>The memberships that had the standing on the day of the declared count and no longer.</summary>
    public IEnumerable<string> Left => then.Keys.Where(membership => !now.ContainsKey(membership));

    /// <summary>The memberships that may have had the standing on one of the days, and may not.</summary>
    public IEnumerable<string> Uncertain =>
        now.Keys.Union(then.Keys).Where(membership => MayNotHold(now, membership) || MayNotHold(then, membership));

    /// <summary>The count to reconcile with: the latest one that was declared for a day or before it.</summary>
    /// <param name="counts">The declared counts of a forum.</param>
    /// <param name="standing">The standing that is counted.</param>
    /// <param name="day">The day asked for.</param>
    /// <returns>The count; null where none was declared by then.</returns>
    public static DeclaredCount? LatestOf(IEnumerable<DeclaredCount> counts, StandingKind standing, DateOnly day) =>
        counts.Where(count => count.Standing == standing && count.On.LastDay <= day).MaxBy(count => count.On.LastDay);

    /// <summary>True when two accounts of a membership differ in whether it may have had the standing on one of the days.</summary>
    /// <param name="recorded">The periods of the standing on record.</param>
    /// <param name="claimed">The periods of the standing by a rival claim.</param>
    /// <param name="days">The days.</param>
    public static bool IsDisputed(
        IReadOnlyCollection<Period> recorded,
        IReadOnlyCollection<Period> claimed,
        IEnumerable<DateOnly> days
    ) => days.Any(day => MayHold(recorded, day) != MayHold(claimed, day));

    private static bool MayHold(IEnumerable<Period> periods, DateOnly day) =>
        periods.Any(period => period.On(day) != PeriodReading.Outside);

    private static bool MayNotHold(IReadOnlyDictionary<string, bool> standing, string membership) =>
        standing.TryGetValue(membership, out var isCertain) && !isCertain;
}
