namespace Registry.Domain.Subscriptions;

/// <summary>The status of a subscription.</summary>
public enum SubscriptionStatus
{
    /// <summary>Each change that matches the filter is sent.</summary>
    Active,

    /// <summary>Delivery is suspended on request, or because the receiver responded with 410.</summary>
    Paused,

    /// <summary>The receiver accepted nothing for a day, so the registry stopped sending.</summary>
    Parked,
}
