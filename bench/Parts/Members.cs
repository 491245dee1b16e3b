using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>Who stood in a forum on a day: as is known today, and as it was known at an instant.</summary>
internal sealed class Members : Part
{
    private const int Connections = 8;

    public override string Name => "members";

    public override string Summary => "the members of a forum on a day, as known at an instant against as known now";

    public override async Task MeasureAsync(Workbench bench)
    {
        var registry = await bench.Data.CopyAsync(DataSize.Smallest);
        await using var product = await Product.StartAsync(registry.File);
        using var callers = await Callers.ConnectAsync(product, Connections);
        byte[][] now = [.. Lists.Codes().Select(forum => Request.Get(AddressOf(forum)))];
        byte[][] then =
        [
            .. Lists
                .Codes()
                .Select(forum => Request.Get($"{AddressOf(forum)}&knownAt={Uri.EscapeDataString(registry.Founded)}")),
        ];
        var burst = bench.Quick ? 400 : 1500;
        bench.Add(
            new Row(
                "the members of a forum on a day, with knownAt",
                "the same without",
                await bench.CompareAsync("members", new(callers, then, burst), new(callers, now, burst))
            )
            {
                AtMost = 1.5,
            }
        );
    }

    /// <summary>The address of the members of a forum on a day.</summary>
    public static string AddressOf(string forum) => $"/v1/forums/{forum}/members?on=2012-12-20";
}
