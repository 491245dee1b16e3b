namespace Registry.Domain.Forums;

/// <summary>
/// The reason why a member contributes to the difference between the declared and the recorded number.
/// </summary>
public enum ReconciliationReason
{
    /// <summary>It took the standing after the date of the declared count.</summary>
    Joined,

    /// <summary>It had the standing on the date of the declared count, and no longer has it.</summary>
    Left,

    /// <summary>
    /// One of the dates is within an end of its standing that is known only to the month or the year.
    /// </summary>
    Uncertain,

    /// <summary>According to a rival claim, its standing on one of the dates was another.</summary>
    Disputed,
}

/// <summary>
/// The reconciliation of a declared count with the memberships on record, on the date of the count and on the requested
/// date.
/// </summary>
/// <param name="declared">The declared number.</param>
/// <param name="then">
/// The memberships with the standing on the date of the declared count; true for those that certainly had it.
/// </param>
/// <param name="now">
/// The memberships with the standing on the requested date; true for those that certainly have it.
/// </param>
public sealed class Reconciliation(
    int declared,
    IReadOnlyDictionary<string, bool> then,
    IReadOnlyDictionary<string, bool> now
)
{
    /// <summary>The computed number on the requested date minus the declared one.</summary>
    public int Difference => now.Count - declared;

    /// <summary>
    /// The remainder: the part of the difference that those who joined and left since do not explain.
    /// </summary>
    public int Remainder => then.Count - declared;

    /// <summary>The memberships that took the standing after the date of the declared count.</summary>
    public IEnumerable<string> Joined => now.Keys.Where(membership => !then.ContainsKey(membership));

    /// <summary>
    /// The memberships that had the standing on the date of the declared count, and no longer have it.
    /// </summary>
    public IEnumerable<string> Left => then.Keys.Where(membership => !now.ContainsKey(membership));

    /// <summary>The memberships that may have had the standing on one of the dates, but not certainly.</summary>
    public IEnumerable<string> Uncertain =>
        now.Keys.Union(then.Keys).Where(membership => MayNotHold(now, membership) || MayNotHold(then, membership));

    /// <summary>Gets the count to reconcile: the latest one declared for the date or an earlier one.</summary>
    /// <param name="counts">The declared counts of a forum.</param>
    /// <param name="standing">The standing that is counted.</param>
    /// <param name="day">The requested date.</param>
    /// <returns>The count, or null when none was declared by then.</returns>
    public static DeclaredCount? LatestOf(IEnumerable<DeclaredCount> counts, StandingKind standing, DateOnly day) =>
        counts.Where(count => count.Standing == standing && count.On.LastDay <= day).MaxBy(count => count.On.LastDay);

    /// <summary>
    /// True when two versions of a membership differ in whether it may have had the standing on one of the dates.
    /// </summary>
    /// <param name="recorded">The periods of the standing on record.</param>
    /// <param name="claimed">The periods of the standing according to a rival claim.</param>
    /// <param name="days">The dates.</param>
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
