using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>
/// Corrections of memberships, with all that a write does (rules, archive, change log, fsync), by one caller and by many,
/// against a product that commits each write alone.
/// </summary>
internal sealed class Writes : Part
{
    private const int Many = 64;

    public override string Name => "writes";

    public override string Summary =>
        "durable writes by 64 clients, against one transaction at a time and against one client";

    public override async Task MeasureAsync(Workbench bench)
    {
        var grouped = await bench.Data.CopyAsync(DataSize.Smallest);
        var apart = await bench.Data.CopyAsync(DataSize.Smallest);
        await using var product = await Product.StartAsync(grouped.File);
        await using var single = await Product.StartAsync(apart.File, (Product.WritesPerCommit, "1"));
        using var many = await Callers.ConnectAsync(product, Many);
        using var manyApart = await Callers.ConnectAsync(single, Many);
        using var one = await Callers.ConnectAsync(product, 1);
        var (toGrouped, toApart) = (Corrections.Of(grouped), Corrections.Of(apart));
        var (warm, count) = bench.Quick ? (500, 500) : (3000, 6000);

        var (times, waits) = (new double[bench.Rounds], new double[bench.Rounds]);
        await bench.WarmAsync(
            "writing",
            async () => Cost(await WriteAsync(many, toGrouped, warm)),
            async () => Cost(await WriteAsync(manyApart, toApart, warm))
        );
        for (var round = 0; round < bench.Rounds; round++)
        {
            bench.Tell($"round {round + 1} of {bench.Rounds}");
            var together = await WriteAsync(many, toGrouped, count);
            var alone = await WriteAsync(manyApart, toApart, count);
            var calm = await WriteAsync(one, toGrouped, count / 5);
            times[round] = together.Rate / alone.Rate;
            waits[round] = together.Quantile(0.99) / calm.Quantile(0.5);
        }

        bench.Add(new Row("durable write throughput, 64 clients", "one transaction at a time", times) { AtLeast = 5 });
        bench.Add(new Row("p99 write latency, 64 clients", "p50 of one client", waits) { AtMost = 20 });
    }

    private static double Cost(Burst burst) => burst.Cpu.TotalMicroseconds / burst.Waited.Length;

    private static Task<Burst> WriteAsync(Callers callers, Corrections corrections, int count)
    {
        var writes = corrections.Next(count);
        return callers.SendAsync(count, number => writes[number], 200);
    }
}
