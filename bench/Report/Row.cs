using System.Globalization;

namespace Registry.Bench.Report;

/// <summary>What a measured value is.</summary>
internal enum Unit
{
    /// <summary>A ratio of two that were measured in turn.</summary>
    Times,

    /// <summary>Memory.</summary>
    MiB,

    /// <summary>Time; the document says of it only whether it is within the goal.</summary>
    Milliseconds,
}

/// <summary>A line of the table: one question, its goal and what was measured in each round.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Against">What it is compared with.</param>
/// <param name="Samples">What each round gave.</param>
internal sealed record Row(string Work, string Against, IReadOnlyList<double> Samples)
{
    /// <summary>What the median must not exceed; null where no goal is set.</summary>
    public double? AtMost { get; init; }

    /// <summary>What the median must reach; null where no goal is set.</summary>
    public double? AtLeast { get; init; }

    /// <summary>True where the run fails when the goal is not met.</summary>
    public bool Fails { get; init; }

    /// <summary>What the values are.</summary>
    public Unit Unit { get; init; }

    /// <summary>The median of the rounds.</summary>
    public double Median
    {
        get
        {
            double[] ordered = [.. Samples.Order()];
            return ordered.Length % 2 == 1
                ? ordered[ordered.Length / 2]
                : (ordered[(ordered.Length / 2) - 1] + ordered[ordered.Length / 2]) / 2;
        }
    }

    /// <summary>The goal in words; empty where none is set.</summary>
    public string Goal =>
        AtMost is { } most ? $"at most {Written(most)}"
        : AtLeast is { } least ? $"at least {Written(least)}"
        : "";

    /// <summary>Whether the goal is met; empty where none is set.</summary>
    public string Verdict =>
        AtMost is null && AtLeast is null ? ""
        : (AtMost is { } most && Median > most) || (AtLeast is { } least && Median < least) ? "not met"
        : "met";

    /// <summary>The median.</summary>
    public string Middle => Written(Median);

    /// <summary>The least and the most.</summary>
    public string Range => Samples.Count == 1 ? "" : $"{Written(Samples.Min())} to {Written(Samples.Max())}";

    private string Written(double value)
    {
        var unit = Unit switch
        {
            Unit.Times => "",
            Unit.MiB => " MiB",
            Unit.Milliseconds => " ms",
            _ => throw new InvalidOperationException($"{Unit}"),
        };
        var digits = Unit == Unit.Times && value < 10 ? "0.00" : "0.#";
        return value.ToString(digits, CultureInfo.InvariantCulture) + unit;
    }
}
