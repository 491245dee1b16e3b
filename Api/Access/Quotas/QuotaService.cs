using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Registry.Api.Http;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Domain.Access;
using Registry.Infrastructure.Quotas;

namespace Registry.Api.Access.Quotas;

/// <summary>Finds the caller of each request, charges the request to its quotas, and tells the caller what is left.</summary>
/// <remarks>
/// The quota of a burst is a token bucket in this process; that of a day is shared by all processes (<see cref="DailyUse"/>).
/// </remarks>
internal sealed class QuotaService : IDisposable
{
    /// <summary>The maximum number of remembered credentials.</summary>
    private const int MaxRemembered = 10_000;

    /// <summary>The rate at which an address can present credentials that are not remembered, a second.</summary>
    private const int LookupsPerSecond = 20;

    private const int LookupBurst = 200;

    /// <summary>The time for which credentials stand for their caller without being verified. It grants a quota and nothing else.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(10);

    private static readonly PathString Health = "/health";

    private readonly QuotaSettings _settings;
    private readonly DailyUse _daily;
    private readonly TimeProvider _clock;
    private readonly MemoryCache _callers = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });
    private readonly PartitionedRateLimiter<QuotaCaller> _bursts;
    private readonly PartitionedRateLimiter<QuotaCaller> _lookups;

    public QuotaService(QuotaSettings settings, DailyUse daily, TimeProvider clock)
    {
        (_settings, _daily, _clock) = (settings, daily, clock);
        _bursts = PartitionedRateLimiter.Create<QuotaCaller, QuotaCaller>(caller =>
            BucketOf(caller, settings.Of(caller.Tier)!)
        );
        _lookups = PartitionedRateLimiter.Create<QuotaCaller, QuotaCaller>(caller =>
            BucketOf(caller, new Quota { PerSecond = LookupsPerSecond, Burst = LookupBurst })
        );
    }

    /// <summary>The quotas of the caller of a request; null when it has none.</summary>
    public static QuotaCharge? ChargeOf(HttpContext context) => context.Features.Get<QuotaCharge>();

    /// <summary>Charges what every request costs, before anything else is done for it.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (!_settings.Enabled || context.Request.Path.StartsWithSegments(Health))
        {
            await next(context);
            return;
        }

        var caller = await CallerOfAsync(context);
        if (_settings.Of(caller.Tier) is not { } quota)
        {
            await next(context);
            return;
        }

        var charge = new QuotaCharge(caller, quota, _bursts, _daily, _clock);
        context.Features.Set(charge);
        if (Caller.Of(context) is not null)
        {
            // Who was authenticated before the charge was there.
            context.RequestServices.GetRequiredService<CurrentCaller>().Quota = charge;
        }

        context.Response.OnStarting(
            static state =>
            {
                var (charge, response) = ((QuotaCharge, HttpResponse))state;
                charge.SetHeaders(response.Headers);
                return Task.CompletedTask;
            },
            (charge, context.Response)
        );
        try
        {
            charge.Charge(Costs.Request);
        }
        catch (RetryLaterException exceeded)
        {
            CrossOrigin.ShowRefusal(context);
            await context.RefuseAsync(exceeded);
            return;
        }

        await next(context);
    }

    public void Dispose()
    {
        _bursts.Dispose();
        _lookups.Dispose();
        _callers.Dispose();
    }

    private static RateLimitPartition<QuotaCaller> BucketOf(QuotaCaller caller, Quota quota) =>
        RateLimitPartition.GetTokenBucketLimiter(
            caller,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = quota.Burst,
                TokensPerPeriod = quota.PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }
        );

    private static QuotaCaller AnonymousOf(HttpContext context) => new($"address:{ClientAddress.Of(context)}", null);

    /// <summary>
    /// The caller: who has valid credentials, else the address. Credentials are verified here at most every few seconds; operations
    /// that need them verify them at each request.
    /// </summary>
    private async ValueTask<QuotaCaller> CallerOfAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var credentials = (string?)headers[AccessAuthentication.Header] ?? (string?)headers.Authorization;
        if (string.IsNullOrEmpty(credentials))
        {
            return AnonymousOf(context);
        }

        // Stored as a hash, so that no secret stays in memory.
        var hash = KeySecret.HashOf(credentials);
        if (_callers.TryGetValue(hash, out QuotaCaller known))
        {
            return known;
        }

        var anonymous = AnonymousOf(context);
        using (var lookup = _lookups.AttemptAcquire(anonymous))
        {
            if (!lookup.IsAcquired)
            {
                return anonymous;
            }
        }

        if (await VerifyAsync(context) is not { } caller)
        {
            return anonymous;
        }

        var found = new QuotaCaller(caller.KeyId, caller.Tier);
        _callers.Set(
            hash,
            found,
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor }
        );
        return found;
    }

    private static async Task<Caller?> VerifyAsync(HttpContext context)
    {
        try
        {
            await context.AuthenticateAsync(AccessAuthentication.SchemeName);
            return Caller.Of(context);
        }
        catch (BusyException)
        {
            // The operation finds the same, and says so.
            return null;
        }
    }
}
