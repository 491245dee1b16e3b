namespace Registry.Bench.Data;

/// <summary>How much data there is, in multiples of 10,000 memberships.</summary>
/// <remarks>
/// A state stands in a forum once, so more memberships need more forums: the larger registries have the forums of the
/// smallest and copies of the large ones among them, each with 100 members, beside the same 200 states.
/// </remarks>
/// <param name="Factor">1, 10 or 100.</param>
internal sealed record DataSize(int Factor)
{
    /// <summary>10,000 memberships of 200 states in 300 forums, and 20,000 meetings with outcomes.</summary>
    public static DataSize Smallest { get; } = new(1);

    /// <summary>The sizes there are, smallest first.</summary>
    public static IReadOnlyList<DataSize> All { get; } = [Smallest, new(10), new(100)];

    /// <summary>How many memberships there are.</summary>
    public int Memberships => Factor * 10_000;

    /// <summary>How many forums are copies of others.</summary>
    public int Copies => (Factor - 1) * 10_000 / SmallRegistry.MembersOfLarge;

    /// <summary>How many of the copies have their meetings copied, too: there are 200,000 at most.</summary>
    public int CopiesWithMeetings => Math.Min(Copies, 180_000 / SmallRegistry.MeetingsOfLarge);

    /// <summary>This size, or the largest that is no larger than the factor.</summary>
    public DataSize AtMost(int factor) => Factor <= factor ? this : new DataSize(factor);

    /// <summary>Reads 1, 10 or 100.</summary>
    /// <exception cref="ArgumentException">It is another number, or none.</exception>
    public static DataSize Parse(string text) =>
        All.FirstOrDefault(size => $"{size.Factor}" == text.Trim())
        ?? throw new ArgumentException($"Sizes are 1, 10 and 100, not {text}.");
}
