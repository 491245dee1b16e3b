namespace Registry.Bench.Parts;

/// <summary>Who of two is asked first changes from round to round.</summary>
internal static class Turns
{
    /// <summary>Has each send a burst.</summary>
    /// <returns>The CPU time of a request, in microseconds.</returns>
    public static async Task<(double One, double Other)> OfAsync(int round, Side one, Side other)
    {
        if (round % 2 == 0)
        {
            var first = await one.BurstAsync();
            return (first, await other.BurstAsync());
        }

        var last = await other.BurstAsync();
        return (await one.BurstAsync(), last);
    }
}
