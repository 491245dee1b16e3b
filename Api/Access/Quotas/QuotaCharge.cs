using System.Globalization;
using System.Threading.RateLimiting;
using Registry.Api.Http.Problems;
using Registry.Domain.Access;
using Registry.Infrastructure.Quotas;

namespace Registry.Api.Access.Quotas;

/// <summary>A caller that has quotas of its own.</summary>
/// <param name="Id">The id of a key, <c>token:</c> with the subject of a token, or <c>address:</c> with a client address.</param>
/// <param name="Tier">The tier; null for an anonymous caller.</param>
internal readonly record struct QuotaCaller(string Id, QuotaTier? Tier);

/// <summary>The quotas of the caller of one request: charges what the request costs, and says what is left.</summary>
internal sealed class QuotaCharge(
    QuotaCaller caller,
    Quota quota,
    PartitionedRateLimiter<QuotaCaller> bursts,
    DailyUse daily,
    TimeProvider clock
)
{
    /// <summary>The quotas.</summary>
    public Quota Quota => quota;

    /// <summary>The tier; null for an anonymous caller.</summary>
    public QuotaTier? Tier => caller.Tier;

    /// <summary>The id of the key, or <c>token:</c> with the subject of the token; null for an anonymous caller.</summary>
    public string? KeyId => caller.Tier is null ? null : caller.Id;

    /// <summary>The units that can be used at once.</summary>
    public long LeftAtOnce => bursts.GetStatistics(caller)?.CurrentAvailablePermits ?? quota.Burst;

    /// <summary>The units that can be used until the end of the day.</summary>
    public long LeftToday => Math.Max(0, quota.PerDay - daily.UsedBy(caller.Id));

    /// <summary>The time at which the quota of the day is whole again.</summary>
    public DateTimeOffset DayEnds => new(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>Charges units before the work.</summary>
    /// <param name="units">The units; more than a burst counts as a burst, so that a caller with a full quota is never refused.</param>
    /// <exception cref="RetryLaterException">A quota is used up.</exception>
    public void Charge(long units)
    {
        var permits = (int)Math.Min(units, quota.Burst);
        if (daily.UsedBy(caller.Id) + units > quota.PerDay)
        {
            throw Exceeded(QuotaMeasures.Day, "the day", DayEnds - clock.GetUtcNow());
        }

        using var lease = bursts.AttemptAcquire(caller, permits);
        if (!lease.IsAcquired)
        {
            throw Exceeded(
                QuotaMeasures.Burst,
                "a burst",
                TimeSpan.FromSeconds(quota.SecondsFor(permits - LeftAtOnce))
            );
        }

        daily.Add(caller.Id, units, SharedFrom);
    }

    /// <summary>Charges units for work that is done, as far as the quota of a burst has them.</summary>
    public void ChargeAfterwards(int units)
    {
        bursts.AttemptAcquire(caller, (int)Math.Min(units, LeftAtOnce)).Dispose();
        daily.Add(caller.Id, units, SharedFrom);
    }

    /// <summary>Sets the headers that tell a client its quotas (draft-ietf-httpapi-ratelimit-headers).</summary>
    public void SetHeaders(IHeaderDictionary headers)
    {
        var atOnce = LeftAtOnce;
        headers["RateLimit-Policy"] = quota.Policies;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"burst\";r={atOnce};t={quota.SecondsFor(quota.Burst - atOnce)}, \"day\";r={LeftToday};t={(int)(DayEnds - clock.GetUtcNow()).TotalSeconds}"
        );
    }

    /// <summary>An anonymous caller is counted across processes from a hundredth of its quota.</summary>
    private long SharedFrom => caller.Tier is null ? quota.PerDay / 100 : 1;

    private RetryLaterException Exceeded(string reason, string what, TimeSpan wait)
    {
        QuotaMeasures.Count(reason);
        return new(
            "quota-exceeded",
            caller.Tier is null
                ? $"The quota of {what} is used up. Callers with a key have a larger one."
                : $"The quota of {what} is used up.",
            wait
        );
    }
}
