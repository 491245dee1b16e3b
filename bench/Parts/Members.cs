using Registry.Bench.Load;
using Registry.Bench.Report;

namespace Registry.Bench.Parts;

/// <summary>Who stood in a forum on a day: as is known today, and as it was known at an instant.</summary>
internal sealed class Members : PairPart
{
    public override string Name => "members";

    public override string Summary => "the members of a forum on a day, as known at an instant against as known now";

    protected override async Task MeasureAsync(Workbench bench, Pair pair)
    {
        byte[][] now = [.. Lists.Codes().Select(forum => Request.Get(AddressOf(forum)))];
        byte[][] then =
        [
            .. Lists
                .Codes()
                .Select(forum => Request.Get($"{AddressOf(forum)}&knownAt={Uri.EscapeDataString(pair.File.Founded)}")),
        ];
        var burst = bench.Quick ? 160 : 1500;
        bench.Add(
            new Row(
                "the members of a forum on a day, with knownAt",
                "the same without",
                await bench.CompareAsync("members", new(pair.Ours, then, burst), new(pair.Ours, now, burst))
            )
            {
                AtMost = 1.5,
            }
        );
    }

    /// <summary>The address of the members of a forum on a day.</summary>
    public static string AddressOf(string forum) => $"/v1/forums/{forum}/members?on=2012-12-20";
}
