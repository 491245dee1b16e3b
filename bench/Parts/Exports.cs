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

    public override string Summary => "an export of 10,000 and of 1,000,000 memberships, and of the whole registry";

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

        // The least is over in so short a time that whatever the runtime does beside it would be measured: it is exported
        // often, to be compiled well, and each round is of several. The most does that in one go.
        var (times, rounds) = size == DataSize.Smallest ? (10, bench.Rounds) : (1, 5);
        bench.Tell($"{what}, warming up");
        await WarmAsync(bench, what, size, product, yardstick);
        var (ratios, memory, first) = (new double[rounds], new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            bench.Tell($"{what}, round {round + 1} of {rounds}");
            var (spent, raw) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var time = 0; time < times; time++)
            {
                Download ours;
                if ((round + time) % 2 == 0)
                {
                    ours = await ReadAsync(product, Memberships, size);
                    raw += (await ReadAsync(yardstick, Yardstick.Export, size)).Cpu;
                }
                else
                {
                    raw += (await ReadAsync(yardstick, Yardstick.Export, size)).Cpu;
                    ours = await ReadAsync(product, Memberships, size);
                }

                spent += ours.Cpu;
                memory[round] = Math.Max(memory[round], ours.MoreMemory);
                first[round] = Math.Max(first[round], ours.FirstByte);
            }

            ratios[round] = spent / raw;
        }

        bench.Add(new Row(what, "raw ADO.NET", ratios) { AtMost = 0.8 });
        bench.Add(new Row($"{what}: memory growth", "before", memory) { Unit = Unit.MiB, AtMost = MostMemory });
        bench.Add(
            new Row($"{what}: time to first byte", "", first) { Unit = Unit.Milliseconds, AtMost = LongestToFirstByte }
        );
    }

    private static async Task WarmAsync(Workbench bench, string what, DataSize size, Server product, Server yardstick)
    {
        if (size != DataSize.Smallest)
        {
            _ = await ReadAsync(product, Memberships, size);
            _ = await ReadAsync(yardstick, Yardstick.Export, size);
            return;
        }

        await bench.WarmAsync(what, () => TenAsync(product, Memberships), () => TenAsync(yardstick, Yardstick.Export));

        async Task<double> TenAsync(Server server, string path)
        {
            var spent = TimeSpan.Zero;
            for (var time = 0; time < 10; time++)
            {
                spent += (await ReadAsync(server, path, size)).Cpu;
            }

            return spent.TotalMicroseconds;
        }
    }

    private static async Task<Download> ReadAsync(Server server, string path, DataSize size)
    {
        var download = await Download.ReadAsync(server, path);
        return download.Lines == size.Memberships
            ? download
            : throw new InvalidOperationException($"{server.Address}{path} had {download.Lines} lines.");
    }

    /// <summary>Exports the whole registry: first and second, and to a client that reads 4 MB/s.</summary>
    private static async Task MeasureWholeAsync(Workbench bench)
    {
        var registry = await bench.Data.CopyAsync(bench.Quick ? DataSize.Smallest : bench.Sizes[^1].AtMost(10));
        await using var product = await Product.StartAsync(registry.File);
        var callers = new (string Who, int BytesASecond)[]
        {
            ("first after the start", int.MaxValue),
            ("second", int.MaxValue),
            ("client reads 4 MB/s", SlowBytesASecond),
        };
        foreach (
            var (who, bytesASecond) in callers.Where(caller => !bench.Quick || caller.BytesASecond > SlowBytesASecond)
        )
        {
            bench.Tell($"an export of all records, {who}");
            await Task.Delay(1000);
            var download = await Download.ReadAsync(product, Whole, bytesASecond);
            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"an export of all {download.Lines - 1:N0} records, {who}"
            );
            bench.Add(
                new Row($"{what}: memory growth", "before", [download.MoreMemory])
                {
                    Unit = Unit.MiB,
                    AtMost = MostMemory,
                }
            );
            bench.Add(
                new Row($"{what}: time to first byte", "", [download.FirstByte])
                {
                    Unit = Unit.Milliseconds,
                    AtMost = LongestToFirstByte,
                }
            );
        }
    }
}
