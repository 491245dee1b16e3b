namespace Registry.Domain.Subscriptions;

/// <summary>When a message that did not arrive is sent again, and when the registry stops trying.</summary>
/// <param name="Pauses">The pauses after the first failure, the second and so on; the last one goes on.</param>
/// <param name="GiveUpAfter">How long after the first failure the last attempt is made.</param>
public sealed record RetryPlan(IReadOnlyList<TimeSpan> Pauses, TimeSpan GiveUpAfter)
{
    /// <summary>How far a pause may differ from the plan, so that what failed together does not return together.</summary>
    public const double Spread = 0.1;

    /// <summary>When to try again.</summary>
    /// <param name="failures">How many attempts have failed, 1 or more.</param>
    /// <param name="failingSince">When the first of them did.</param>
    /// <param name="now">The present.</param>
    /// <param name="chance">A random number, 0 or more and less than 1.</param>
    /// <returns>Null when the time for attempts is over.</returns>
    public DateTimeOffset? Next(int failures, DateTimeOffset failingSince, DateTimeOffset now, double chance)
    {
        var last = failingSince + GiveUpAfter;
        if (now >= last)
        {
            return null;
        }

        var next = now + (Pauses[Math.Min(failures, Pauses.Count) - 1] * (1 + (Spread * ((2 * chance) - 1))));
        return next < last ? next : last;
    }
}
