using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>How long readers wait while others write.</summary>
internal sealed class Mixed : PairPart
{
    private const int Readers = 2;
    private const int Asked = 1000;
    private const int Patient = 4;
    private const int WritesASecond = 200;
    private const int Eager = 8;

    // More than are sent before the readers are done.
    private const int Endless = 200_000;

    public override string Name => "mixed";

    public override string Summary => "p99 read latency at 200 writes/s, and with 8 writers at full rate";

    protected override async Task MeasureAsync(Workbench bench, Pair pair)
    {
        using var patient = await Callers.ConnectAsync(pair.Product, Patient);
        using var eager = await Callers.ConnectAsync(pair.Product, Eager);
        byte[][] questions =
        [
            .. Enumerable.Range(0, Asked).Select(number => Request.Get(Corrections.AddressOf(number))),
        ];
        byte[][] plain = [Request.Get(Yardstick.Plain)];

        // Readers who ask as fast as they can fill the cores, and full cores are what they then wait for. What they wait for
        // a plain text of another program, which has nothing to do with the writes, is the machine's share.
        var rest = TimeSpan.FromMilliseconds(2);
        await WaitAsync("read latency", pair.Product, questions, rest, bench.Quick ? 700 : 5000, 1.5);
        if (bench.Quick)
        {
            return;
        }

        await WaitAsync("latency of plain text from another program", pair.Beside, plain, rest, 5000);
        await WaitAsync("read latency without think time", pair.Product, questions, TimeSpan.Zero, 16_000, 1.5);

        async Task WaitAsync(
            string read,
            Server server,
            byte[][] asked,
            TimeSpan readEvery,
            int count,
            double? atMost = null
        )
        {
            using var asking = await Callers.ConnectAsync(server, Readers);
            await bench.WarmAsync(read, new Side(asking, asked, bench.Quick ? 4000 : 16_000));
            var (paced, hurried) = (new double[bench.Rounds], new double[bench.Rounds]);
            for (var round = 0; round < bench.Rounds; round++)
            {
                bench.Tell($"{read}, round {round + 1} of {bench.Rounds}");
                var calm = await ReadAsync();
                paced[round] =
                    await ReadWhileAsync(patient, TimeSpan.FromSeconds((double)Patient / WritesASecond)) / calm;
                hurried[round] = await ReadWhileAsync(eager, TimeSpan.Zero) / calm;
            }

            const string Calm = "without writes";
            bench.Add(new Row($"p99 {read}, {WritesASecond} writes/s", Calm, paced) { AtMost = atMost });
            bench.Add(new Row($"p99 {read}, {Eager} writers", Calm, hurried));

            async Task<double> ReadAsync() =>
                (await asking.SendAsync(count, number => asked[number % asked.Length], 200, readEvery)).Quantile(0.99);

            async Task<double> ReadWhileAsync(Callers writers, TimeSpan pace)
            {
                using var ending = new CancellationTokenSource();
                var writing = writers.SendAsync(Endless, _ => pair.Corrections.Following(), 200, pace, ending.Token);
                await Task.Delay(200, CancellationToken.None);
                var waited = await ReadAsync();
                await ending.CancelAsync();
                await writing;
                return waited;
            }
        }
    }
}
