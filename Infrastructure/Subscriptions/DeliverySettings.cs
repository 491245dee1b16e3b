using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>Settings for the delivery of changes to subscribers.</summary>
public sealed record DeliverySettings
{
    /// <summary>False when other processes deliver the changes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The maximum number of subscriptions: each is asked about at every change.</summary>
    public int MaxSubscriptions { get; init; } = 1_000;

    /// <summary>The trusted hosts: any address and unencrypted HTTP are allowed for them.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>The timeout for the response of a receiver.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The retry intervals, and the time after which a subscription is parked.</summary>
    public RetryPlan Retries { get; init; } =
        new(
            [
                TimeSpan.FromSeconds(5),
                TimeSpan.FromSeconds(30),
                TimeSpan.FromMinutes(2),
                TimeSpan.FromMinutes(10),
                TimeSpan.FromMinutes(30),
                TimeSpan.FromHours(1),
                TimeSpan.FromHours(2),
                TimeSpan.FromHours(4),
                TimeSpan.FromHours(8),
            ],
            TimeSpan.FromDays(1)
        );

    /// <summary>The duration of a lease. It is longer than any attempt.</summary>
    internal TimeSpan Lease => Timeout * 3;

    /// <summary>True for trusted hosts.</summary>
    internal bool Allows(string host) => AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
