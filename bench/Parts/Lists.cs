using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>Fifty memberships of a forum: as they were, and right after one of them was written.</summary>
internal sealed class Lists : PairPart
{
    private const string Raw = "raw ADO.NET";

    public override string Name => "lists";

    public override string Summary => "a filtered list of 50, cache hit and right after a change";

    protected override async Task MeasureAsync(Workbench bench, Pair pair)
    {
        var (ours, theirs) = (pair.Ours, pair.Theirs);
        byte[][] questions = [.. Codes().Select(forum => Request.Get(AddressOf(forum)))];
        byte[][] asRaw = [.. Codes().Select(forum => Request.Get(Yardstick.List(forum)))];
        await Bodies.SameAsync(ours, questions[0], theirs, asRaw[0]);

        var burst = bench.Quick ? 600 : 4000;
        bench.Add(
            new Row(
                "a list of 50, cache hit",
                Raw,
                await bench.CompareAsync("a list", new(ours, questions, burst), new(theirs, asRaw, burst))
            )
            {
                AtMost = 0.3,
            }
        );
        await AfterChangesAsync(
            bench,
            pair.Corrections,
            new(ours, questions, questions.Length),
            new(theirs, asRaw, asRaw.Length)
        );
    }

    /// <summary>The address of fifty memberships of a forum.</summary>
    public static string AddressOf(string forum) => $"/v1/memberships?forum={forum}&limit=50";

    /// <summary>The codes of the large forums.</summary>
    public static IEnumerable<string> Codes() =>
        Enumerable.Range(0, SmallRegistry.LargeForums).Select(SmallRegistry.CodeOfLarge);

    /// <summary>One membership of each forum is written, then each list read once by both; the writing is not counted.</summary>
    private static async Task AfterChangesAsync(Workbench bench, Corrections corrections, Side ours, Side theirs)
    {
        var times = bench.Quick ? 5 : 10;
        var ratios = new double[bench.Rounds];
        for (var round = 0; round < ratios.Length; round++)
        {
            bench.Tell($"a list right after a change, round {round + 1} of {ratios.Length}");
            var (one, other) = (0.0, 0.0);
            for (var time = 0; time < times; time++)
            {
                byte[][] writes =
                [
                    .. Enumerable
                        .Range(0, SmallRegistry.LargeForums)
                        .Select(forum => corrections.Of((forum * SmallRegistry.MembersOfLarge) + (time % 50))),
                ];
                await ours.Callers.SendAsync(writes.Length, number => writes[number], 200);
                var (first, second) = await Turns.OfAsync(time, ours, theirs);
                (one, other) = (one + first, other + second);
            }

            ratios[round] = one / other;
        }

        bench.Add(new Row("a list of 50 right after a change", Raw, ratios) { AtMost = 1.0 });
    }
}
