namespace Registry.Domain.Subscriptions;

/// <summary>The status of a subscription.</summary>
public enum SubscriptionStatus
{
    /// <summary>Each change that fits the filter is sent.</summary>
    Active,

    /// <summary>Somebody, or the receiver by its answer 410, asked to send nothing for now.</summary>
    Paused,

    /// <summary>The receiver took nothing for a day, so the registry stopped trying.</summary>
    Parked,
}
