using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>A single record: as it was, unchanged for who has it, and right after it was written.</summary>
internal sealed class Items : PairPart
{
    private const int Asked = 1000;
    private const string Raw = "raw ADO.NET";

    public override string Name => "items";

    public override string Summary => "a record, cache hit, not modified (304), and right after a change";

    protected override async Task MeasureAsync(Workbench bench, Pair pair)
    {
        var (ours, theirs) = (pair.Ours, pair.Theirs);
        var addresses = Enumerable.Range(0, Asked).Select(number => Corrections.AddressOf(number)).ToArray();
        byte[][] questions = [.. addresses.Select(address => Request.Get(address))];
        byte[][] asRaw =
        [
            .. Enumerable
                .Range(0, Asked)
                .Select(number => Request.Get(Yardstick.Item(SmallRegistry.IdOfLarge(number)))),
        ];
        await Bodies.SameAsync(ours, questions[0], theirs, asRaw[0]);

        var burst = bench.Quick ? 4000 : 20_000;
        var raw = new Side(theirs, asRaw, burst);
        bench.Add(
            new Row("a record, cache hit", Raw, await bench.CompareAsync("a record", new(ours, questions, burst), raw))
            {
                AtMost = 1.0,
            }
        );

        var plain = new Side(theirs, [Request.Get(Yardstick.Plain)], burst);
        bench.Add(
            new Row("a record by raw ADO.NET", "plain text", await bench.CompareAsync("the yardstick", raw, plain))
        );

        var conditional = await TaggedAsync(pair.Product, addresses);
        bench.Add(
            new Row(
                "not modified (304)",
                "plain text",
                await bench.CompareAsync("not modified", new(ours, conditional, burst) { Status = 304 }, plain)
            )
            {
                AtMost = 1.75,
            }
        );

        await AfterChangesAsync(bench, pair.Corrections, new(ours, questions, Asked), new(theirs, asRaw, Asked));
    }

    /// <summary>Each record is written once, then read once by both; the writing is not counted.</summary>
    private static async Task AfterChangesAsync(Workbench bench, Corrections corrections, Side ours, Side theirs)
    {
        const string What = "a record right after a change";
        await bench.WarmAsync(What, async () => (await RoundAsync(0)).One);
        var ratios = new double[bench.Rounds];
        for (var round = 0; round < ratios.Length; round++)
        {
            bench.Tell($"{What}, round {round + 1} of {ratios.Length}");
            var (one, other) = await RoundAsync(round);
            ratios[round] = one / other;
        }

        bench.Add(new Row(What, Raw, ratios) { AtMost = 1.4 });

        async Task<(double One, double Other)> RoundAsync(int round)
        {
            byte[][] writes = [.. Enumerable.Range(0, Asked).Select(corrections.Of)];
            await ours.Callers.SendAsync(Asked, number => writes[number], 200);
            return await Turns.OfAsync(round, ours, theirs);
        }
    }

    /// <summary>The questions of callers who have the records already.</summary>
    private static async Task<byte[][]> TaggedAsync(Server product, string[] addresses)
    {
        using var client = product.Client();
        var questions = new byte[addresses.Length][];
        for (var at = 0; at < addresses.Length; at++)
        {
            using var answer = await client.GetAsync(addresses[at]);
            questions[at] = Request.Get(addresses[at], ("If-None-Match", answer.Headers.ETag!.ToString()));
        }

        return questions;
    }
}
