namespace Registry.Domain.Access;

/// <summary>The size of the quotas of a caller with a key or a token.</summary>
public enum QuotaTier
{
    /// <summary>The quotas of a partner, such as a portal.</summary>
    Standard,

    /// <summary>The quotas of a caller that reads much of the registry often.</summary>
    High,

    /// <summary>No quotas.</summary>
    Unlimited,
}
