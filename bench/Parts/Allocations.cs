using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>What a request allocates.</summary>
internal sealed class Allocations : Part
{
    private const int Connections = 8;
    private const int Bursts = 3;

    public override string Name => "allocations";

    public override string Summary => "what a record and a list allocate, against raw ADO.NET";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        var registry = await bench.Data.CopyAsync(DataSize.Smallest);
        using var ours = new AllocationMeter(bench.Data.NewFile("allocations"));
        using var theirs = new AllocationMeter(bench.Data.NewFile("allocations"));
        await using var product = await Product.StartAsync(registry.File, ours.Settings);
        await using var yardstick = await Yardstick.StartAsync(registry.File, theirs.Settings);
        using var ofOurs = await Callers.ConnectAsync(product, Connections);
        using var ofTheirs = await Callers.ConnectAsync(yardstick, Connections);

        await CompareAsync(
            "a record, cache hit",
            20_000,
            [Request.Get(Corrections.AddressOf(0))],
            [Request.Get(Yardstick.Item(SmallRegistry.IdOfLarge(0)))]
        );
        var forum = SmallRegistry.CodeOfLarge(0);
        await CompareAsync(
            "a list of 50, cache hit",
            4000,
            [Request.Get(Lists.AddressOf(forum))],
            [Request.Get(Yardstick.List(forum))]
        );
        await CompareAsync(
            "a list of 50, cache miss",
            1000,
            [.. Enumerable.Range(0, 1000 * (Bursts + bench.Rounds)).Select(OtherList)],
            [Request.Get(Yardstick.List(forum))]
        );

        async Task CompareAsync(string what, int count, byte[][] asked, byte[][] raw)
        {
            var (one, other) = (new Side(ofOurs, asked, count), new Side(ofTheirs, raw, count));
            bench.Tell($"{what}, warming up");
            for (var burst = 0; burst < Bursts; burst++)
            {
                _ = await one.BurstAsync();
                _ = await other.BurstAsync();
            }

            var ratios = new double[bench.Rounds];
            for (var round = 0; round < ratios.Length; round++)
            {
                bench.Tell($"{what}, round {round + 1} of {ratios.Length}");
                ratios[round] = await AllocatedAsync(ours, one) / await AllocatedAsync(theirs, other);
            }

            bench.Add(new Row($"{what}: allocated bytes", "raw ADO.NET", ratios));
        }

        // The same fifty, asked for in words that nobody has used before, so that no kept answer is found.
        byte[] OtherList(int number) =>
            Request.Get(Lists.AddressOf(forum), ("Accept", $"application/json, text/x-{number}"));
    }

    private static async Task<double> AllocatedAsync(AllocationMeter meter, Side side)
    {
        var before = await meter.ReadAsync();
        _ = await side.BurstAsync();
        return await meter.ReadAsync() - before;
    }
}
