using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>How changes are sent to subscribers.</summary>
public sealed record DeliverySettings
{
    /// <summary>False where other processes do the sending.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The hosts that may be sent to whatever their addresses are, and without TLS.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>How long a receiver has to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>When to try again, and for how long.</summary>
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

    /// <summary>32 bytes under which secrets are kept encrypted; they are kept as they are when absent.</summary>
    public byte[]? SecretKey { get; init; }

    /// <summary>
    /// How long a process may be silent before another one takes a subscription over: longer than any attempt lasts.
    /// </summary>
    internal TimeSpan Lease => Timeout * 3;

    /// <summary>True for hosts that are trusted by name.</summary>
    internal bool Allows(string host) => AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
