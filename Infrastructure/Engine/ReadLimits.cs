namespace Registry.Infrastructure.Engine;

/// <summary>The maximum times of reads for requests.</summary>
/// <param name="Usual">The maximum time of a read.</param>
/// <param name="Costly">The maximum time of a read for a whole list, an export or a batch.</param>
public sealed record ReadLimits(TimeSpan Usual, TimeSpan Costly)
{
    /// <summary>The limits when none are set.</summary>
    public static readonly ReadLimits Default = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));

    private static readonly AsyncLocal<bool> IsCostly = new();

    /// <summary>Marks the calling asynchronous method, and what it calls from here on, as costly.</summary>
    public static void EnterCostly() => IsCostly.Value = true;

    /// <summary>The limit for the running request.</summary>
    internal TimeSpan Current => IsCostly.Value ? Costly : Usual;
}
