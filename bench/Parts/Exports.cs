using System.Globalization;
using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>All memberships as lines of JSON, and the registry whole: the time of it, and the memory.</summary>
internal sealed class Exports : Part
{
    private const string Memberships = "/v1/memberships?format=ndjson";
    private const string Whole = "/v1/export";
    private const int SlowBytesASecond = 4_000_000;
    private const double MostMemory = 32;
    private const double LongestToFirstByte = 100;

    public override string Name => "export";

    public override string Summary => "an export of 10,000 and of 1,000,000 memberships, and of the registry whole";

    public override async Task MeasureAsync(Workbench bench)
    {
        foreach (var size in bench.Sizes.Where(size => size.Factor != 10))
        {
            await MeasureAsync(bench, size);
        }

        await MeasureWholeAsync(bench);
    }

    private static async Task MeasureAsync(Workbench bench, DataSize size)
    {
        var registry = await bench.Data.CopyAsync(size);
        await using var product = await Product.StartAsync(registry.File);
        await using var yardstick = await Yardstick.StartAsync(registry.File);
        var what = string.Create(CultureInfo.InvariantCulture, $"an export of {size.Memberships:N0} memberships");

        // The least is exported as often as it takes to be compiled well; the most does that in one go.
        var (warm, rounds) = size == DataSize.Smallest ? (20, bench.Rounds) : (1, 5);
        var (ratios, memory, first) = (new double[rounds], new double[rounds], new double[rounds]);
        for (var round = -warm; round < rounds; round++)
        {
            bench.Tell(round < 0 ? $"{what}, warming up" : $"{what}, round {round + 1} of {rounds}");
            Download raw,
                ours;
            if (round % 2 == 0)
            {
                ours = await Download.ReadAsync(product, Memberships);
                raw = await Download.ReadAsync(yardstick, Yardstick.Export);
            }
            else
            {
                raw = await Download.ReadAsync(yardstick, Yardstick.Export);
                ours = await Download.ReadAsync(product, Memberships);
            }

            if (ours.Lines != size.Memberships || raw.Lines != size.Memberships)
            {
                throw new InvalidOperationException($"{what} had {ours.Lines} and {raw.Lines} lines.");
            }

            if (round >= 0)
            {
                (ratios[round], memory[round], first[round]) = (ours.Cpu / raw.Cpu, ours.MoreMemory, ours.FirstByte);
            }
        }

        bench.Add(new Row(what, "raw ADO.NET", ratios) { AtMost = 0.8 });
        bench.Add(new Row($"{what}: more memory", "before", memory) { Unit = Unit.MiB, AtMost = MostMemory });
        bench.Add(new Row($"{what}: first byte", "", first) { Unit = Unit.Milliseconds, AtMost = LongestToFirstByte });
    }

    /// <summary>The registry whole: first and again, and to a caller who takes 4 MB a second.</summary>
    private static async Task MeasureWholeAsync(Workbench bench)
    {
        var registry = await bench.Data.CopyAsync(bench.Quick ? DataSize.Smallest : bench.Sizes[^1].AtMost(10));
        await using var product = await Product.StartAsync(registry.File);
        var callers = new (string Who, int BytesASecond)[]
        {
            ("the first after the start", int.MaxValue),
            ("the next", int.MaxValue),
            ("to a caller who takes 4 MB a second", SlowBytesASecond),
        };
        foreach (
            var (who, bytesASecond) in callers.Where(caller => !bench.Quick || caller.BytesASecond > SlowBytesASecond)
        )
        {
            bench.Tell($"the registry whole, {who}");
            await Task.Delay(1000);
            var download = await Download.ReadAsync(product, Whole, bytesASecond);
            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"the registry whole, {download.Lines - 1:N0} records, {who}"
            );
            bench.Add(
                new Row($"{what}: more memory", "before", [download.MoreMemory])
                {
                    Unit = Unit.MiB,
                    AtMost = MostMemory,
                }
            );
            bench.Add(
                new Row($"{what}: first byte", "", [download.FirstByte])
                {
                    Unit = Unit.Milliseconds,
                    AtMost = LongestToFirstByte,
                }
            );
        }
    }
}
