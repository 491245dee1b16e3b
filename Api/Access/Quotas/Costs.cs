namespace Registry.Api.Access.Quotas;

/// <summary>The costs that requests have in common, in units. A unit is roughly the work of a response from the cache.</summary>
internal static class Costs
{
    /// <summary>The cost of every request, and the only one of a response from the cache, a 304 and a refusal.</summary>
    public const int Request = 1;

    /// <summary>The size of a streamed body for which a unit is charged, in bytes.</summary>
    private const int StreamedBytes = 5_000;

    /// <summary>The cost of a part of a streamed body.</summary>
    /// <param name="bytes">The size of the part.</param>
    public static int OfBody(long bytes) => (int)Math.Min(bytes / StreamedBytes, int.MaxValue);
}
