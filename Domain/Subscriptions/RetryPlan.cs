namespace Registry.Domain.Subscriptions;

/// <summary>The retry schedule of a message, and the time after which the registry stops retrying.</summary>
/// <param name="Pauses">The back-off after the first failure, the second and so on; the last one repeats.</param>
/// <param name="GiveUpAfter">The time from the first failure to the last attempt.</param>
public sealed record RetryPlan(IReadOnlyList<TimeSpan> Pauses, TimeSpan GiveUpAfter)
{
    /// <summary>The jitter of a back-off, so that messages that failed together are not retried together.</summary>
    public const double Spread = 0.1;

    /// <summary>Gets the time of the next attempt.</summary>
    /// <param name="failures">The number of failed attempts, at least 1.</param>
    /// <param name="failingSince">The time of the first failed attempt.</param>
    /// <param name="now">The current time.</param>
    /// <param name="chance">A random number, at least 0 and less than 1.</param>
    /// <returns>The time, or null when there are no more attempts.</returns>
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
