namespace Registry.Bench.Soak;

/// <summary>
/// Whether a measured value climbs. The slope is the median of the slopes between all pairs of samples (Theil 1950, Sen
/// 1968), so that neither a collection of garbage nor one slow answer decides; what counts is how much that slope adds from
/// the first to the last sample.
/// </summary>
internal static class Slope
{
    /// <summary>How much of the run is not judged: until then caches fill and code is compiled.</summary>
    private const double WarmUp = 0.25;

    /// <summary>The samples that are judged, in the order of their time.</summary>
    public static IReadOnlyList<Sample> Judged(IReadOnlyList<Sample> samples) =>
        [.. samples.Skip((int)(samples.Count * WarmUp))];

    /// <summary>The growth of the value over the judged part of the run; negative where it falls.</summary>
    public static double GrowthOf(IReadOnlyList<Sample> samples)
    {
        var judged = Judged(samples);
        return judged.Count < 2 ? 0 : PerSecond(judged) * (judged[^1].Second - judged[0].Second);
    }

    /// <summary>The median of the judged values.</summary>
    public static double MiddleOf(IReadOnlyList<Sample> samples) =>
        Median([.. Judged(samples).Select(sample => sample.Value)]);

    /// <summary>The median of the slopes between all pairs.</summary>
    private static double PerSecond(IReadOnlyList<Sample> samples)
    {
        var slopes = new List<double>(samples.Count * samples.Count / 2);
        for (var one = 0; one < samples.Count; one++)
        {
            for (var other = one + 1; other < samples.Count; other++)
            {
                var time = samples[other].Second - samples[one].Second;
                if (time > 0)
                {
                    slopes.Add((samples[other].Value - samples[one].Value) / time);
                }
            }
        }

        return Median(slopes);
    }

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}

/// <summary>A value at a time.</summary>
/// <param name="Second">Seconds since the run began.</param>
/// <param name="Value">What was measured.</param>
internal readonly record struct Sample(double Second, double Value);

/// <summary>A value that is watched over the run.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="MostGrowth">How much it may grow over the judged part of a run.</param>
/// <param name="MostShare">How much it may grow as a share of its median, where that is more.</param>
internal sealed record Watched(string Name, string Unit, double MostGrowth, double MostShare)
{
    /// <summary>The samples, in the order of their time.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>How much it grew.</summary>
    public double Growth => Slope.GrowthOf(Samples);

    /// <summary>How much it may grow.</summary>
    public double Bound => Math.Max(MostGrowth, MostShare * Slope.MiddleOf(Samples));

    /// <summary>True where it grew more than it may.</summary>
    public bool Climbs => Growth > Bound;
}
