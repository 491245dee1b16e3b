using Registry.Bench.Soak;

namespace Registry.Api.Tests.Faults;

/// <summary>What a long run is judged by: does a value climb, or only move?</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JudgingASlope
{
    private static readonly Random Chance = new(4711);

    [Test]
    public void A_leak_is_found_under_noise()
    {
        var memory = Run(second => 200 + (second * 0.1) + Noise(20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(memory.Climbs);
            Assert.That(memory.Growth, Is.EqualTo(0.1 * 450).Within(10));
        }
    }

    [Test]
    public void A_sawtooth_of_collections_is_level()
    {
        Assert.That(Run(second => 150 + (second % 40)).Climbs, Is.False);
    }

    [Test]
    public void What_fills_during_the_warm_up_is_no_leak()
    {
        Assert.That(Run(second => 100 + Math.Min(second, 140)).Climbs, Is.False);
    }

    [Test]
    public void A_single_peak_decides_nothing()
    {
        Assert.That(Run(second => second is > 500 and < 520 ? 5000 : 100).Climbs, Is.False);
    }

    [Test]
    public void What_falls_does_not_climb()
    {
        Assert.That(Run(second => 500 - (second * 0.5)).Growth, Is.Negative);
    }

    [Test]
    public void A_run_too_short_to_judge_is_level()
    {
        var memory = new Watched("memory", "MiB", 32, 0);
        memory.Samples.Add(new(1, 100));

        Assert.That(memory.Climbs, Is.False);
    }

    /// <summary>Ten minutes, a sample every three seconds; 32 more is too much.</summary>
    private static Watched Run(Func<double, double> value)
    {
        var memory = new Watched("memory", "MiB", 32, 0);
        for (var second = 0; second <= 600; second += 3)
        {
            memory.Samples.Add(new(second, value(second)));
        }

        return memory;
    }

    private static double Noise(double most) => (Chance.NextDouble() - 0.5) * 2 * most;
}
