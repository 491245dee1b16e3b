using Registry.Domain;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// The parameters of a statement that finds records outside a life (<see cref="Period.CanLieWithin"/>, in SQL).
/// </summary>
internal sealed record LifeParameters(string Code, DateOnly Start, DateOnly End, DateOnly Ever, DateOnly Never)
{
    public static LifeParameters Of(string code, Period life) =>
        new(code, life.EarliestStart, life.LatestEnd, DateOnly.MinValue, DateOnly.MaxValue);

    /// <exception cref="RuleBrokenException">A record lies outside the life.</exception>
    public static void Refuse(IReadOnlyList<string> outside, string code, Period life)
    {
        if (outside.Count > 0)
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The life {life} of {code} would leave records outside it: {string.Join(", ", outside.Take(5))}."
            );
        }
    }
}
