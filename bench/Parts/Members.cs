using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;

namespace Registry.Bench.Parts;

/// <summary>Who stood in a forum on a day: as is known today, and as it was known at an instant.</summary>
internal sealed class Members : Part
{
    public override string Name => "members";

    public override string Summary => "the members of a forum on a day, as known at an instant against as known now";

    public override async Task MeasureAsync(Workbench bench)
    {
        // A pair of its own: where other parts have written, records have versions by the dozen, which an instant before them
        // has to pass by.
        var pair = await bench.PairAsync();
        var knownAt = $"&knownAt={Uri.EscapeDataString(pair.File.Founded)}";
        var count = bench.Quick ? 160 : 1200;

        // Enough days that none is asked for twice, nor has been when the first round begins.
        var once = Questions(days: 1 + (2 * count * (bench.Rounds + 6) / SmallRegistry.LargeForums));
        await CompareAsync("cache miss", once, count);
        await CompareAsync("cache hit", Questions(days: 1), count);

        async Task CompareAsync(string how, string[] addresses, int burst) =>
            bench.Add(
                new Row(
                    $"the members of a forum on a day, with knownAt, {how}",
                    "without",
                    await bench.CompareAsync(
                        $"members, {how}",
                        new(pair.Ours, [.. addresses.Select(address => Request.Get(address + knownAt))], burst),
                        new(pair.Ours, [.. addresses.Select(address => Request.Get(address))], burst)
                    )
                )
                {
                    AtMost = 1.5,
                }
            );
    }

    /// <summary>The address of the members of a forum on a day.</summary>
    public static string AddressOf(string forum, int daysBefore = 0) =>
        $"/v1/forums/{forum}/members?on={new DateOnly(2012, 12, 20).AddDays(-daysBefore):yyyy-MM-dd}";

    private static string[] Questions(int days) =>
        [.. Enumerable.Range(0, days).SelectMany(day => Lists.Codes().Select(forum => AddressOf(forum, day)))];
}
