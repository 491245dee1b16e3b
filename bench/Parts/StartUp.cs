using System.Diagnostics;
using System.Globalization;
using Registry.Bench.Data;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>From the start of the process to the first answer, beside an empty ASP.NET Core program.</summary>
internal sealed class StartUp : Part
{
    public override string Name => "startup";

    public override string Summary => "start to first response, against an empty ASP.NET Core program";

    public override async Task MeasureAsync(Workbench bench)
    {
        bench.Tell("building the empty program");
        var empty = await EmptyProgram.BuildAsync(bench.Data.Kept);
        foreach (var size in bench.Sizes.Where(size => size.Factor != 10))
        {
            var registry = await bench.Data.CopyAsync(size);
            var ratios = new double[bench.Rounds];
            for (var round = -1; round < ratios.Length; round++)
            {
                bench.Tell($"round {Math.Max(0, round) + 1} of {ratios.Length}");
                var least = await StartAsync(empty, "/");
                var ours = await StartAsync(
                    Product.Assembly,
                    Corrections.AddressOf(0),
                    Product.SettingsOf(registry.File)
                );
                if (round >= 0)
                {
                    ratios[round] = ours / least;
                }
            }

            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"start to first response, {size.Memberships:N0} memberships"
            );
            bench.Add(new Row(what, "an empty ASP.NET Core program", ratios) { AtMost = 2 });
        }
    }

    private static async Task<TimeSpan> StartAsync(
        string program,
        string ready,
        params (string Name, string Value)[] settings
    )
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await Server.StartAsync(
            program,
            address => ["--urls", address.ToString()],
            ready,
            settings
        );
        return Stopwatch.GetElapsedTime(started);
    }
}
