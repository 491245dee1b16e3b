using System.Globalization;
using Microsoft.Extensions.Options;
using Registry.Domain.Access;

namespace Registry.Api.Access.Quotas;

/// <summary>The settings under <c>Quotas</c>.</summary>
internal sealed class QuotaSettings
{
    public const string Section = "Quotas";

    /// <summary>True when callers have quotas.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The quotas of an anonymous caller: an IPv4 address, or 64 bits of an IPv6 address.</summary>
    public Quota Anonymous { get; set; } =
        new()
        {
            PerSecond = 50,
            Burst = 1_000,
            PerDay = 500_000,
        };

    /// <summary>The quotas of the tier standard.</summary>
    public Quota Standard { get; set; } =
        new()
        {
            PerSecond = 200,
            Burst = 5_000,
            PerDay = 5_000_000,
        };

    /// <summary>The quotas of the tier high.</summary>
    public Quota High { get; set; } =
        new()
        {
            PerSecond = 1_000,
            Burst = 20_000,
            PerDay = 50_000_000,
        };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static QuotaSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<QuotaSettings>() ?? new QuotaSettings();
        string[] wrong =
        [
            .. new[]
            {
                (nameof(Anonymous), settings.Anonymous),
                (nameof(Standard), settings.Standard),
                (nameof(High), settings.High),
            }
                .Where(each => !each.Item2.IsValid)
                .Select(each =>
                    $"{Section}:{each.Item1} has PerSecond from 1 to {Quota.MaxBurst}, Burst from PerSecond to "
                    + $"{Quota.MaxBurst}, and PerDay from Burst."
                ),
        ];
        return wrong.Length == 0
            ? settings
            : throw new OptionsValidationException(Section, typeof(QuotaSettings), wrong);
    }

    /// <summary>The quotas of a tier; null for no quotas.</summary>
    /// <param name="tier">The tier; null for an anonymous caller.</param>
    public Quota? Of(QuotaTier? tier) =>
        tier switch
        {
            _ when !Enabled => null,
            null => Anonymous,
            QuotaTier.Standard => Standard,
            QuotaTier.High => High,
            _ => null,
        };
}

/// <summary>The quotas of a caller, in units of <see cref="Costs"/>.</summary>
internal sealed class Quota
{
    /// <summary>The largest burst.</summary>
    public const int MaxBurst = 1_000_000_000;

    /// <summary>The units that a caller regains in a second.</summary>
    public int PerSecond { get; set; }

    /// <summary>The units that a caller can use at once.</summary>
    public int Burst { get; set; }

    /// <summary>The units that a caller can use in a day (UTC), in all processes together.</summary>
    public long PerDay { get; set; }

    /// <summary>The policies as the header RateLimit-Policy has them.</summary>
    public string Policies =>
        field ??= string.Create(
            CultureInfo.InvariantCulture,
            $"\"burst\";q={Burst};w={SecondsFor(Burst)};qu=\"units\", \"day\";q={PerDay};w=86400;qu=\"units\""
        );

    /// <summary>The number of seconds in which a caller regains units.</summary>
    public long SecondsFor(long units) => (units + PerSecond - 1) / PerSecond;

    /// <summary>True when the values are in their bounds.</summary>
    public bool IsValid =>
        PerSecond is > 0 and <= MaxBurst && Burst >= PerSecond && Burst <= MaxBurst && PerDay >= Burst;
}
