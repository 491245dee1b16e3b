using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;

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

    public override string Summary =>
        "how long readers wait while 200 writes a second run, and while 8 callers write all they can";

    protected override async Task MeasureAsync(Workbench bench, Pair pair)
    {
        using var readers = await Callers.ConnectAsync(pair.Product, Readers);
        using var patient = await Callers.ConnectAsync(pair.Product, Patient);
        using var eager = await Callers.ConnectAsync(pair.Product, Eager);
        byte[][] questions =
        [
            .. Enumerable.Range(0, Asked).Select(number => Request.Get(Corrections.AddressOf(number))),
        ];
        await bench.WarmAsync("reading", new Side(readers, questions, 16_000));

        // Readers who ask as fast as they can fill the cores, and full cores are what they then wait for.
        await WaitAsync("a read", TimeSpan.FromMilliseconds(2), bench.Quick ? 2000 : 5000);
        await WaitAsync("a read by readers who never rest", TimeSpan.Zero, bench.Quick ? 2000 : 16_000);

        async Task WaitAsync(string read, TimeSpan readEvery, int count)
        {
            var (paced, hurried) = (new double[bench.Rounds], new double[bench.Rounds]);
            for (var round = 0; round < bench.Rounds; round++)
            {
                bench.Tell($"{read}, round {round + 1} of {bench.Rounds}");
                var calm = await ReadAsync();
                paced[round] =
                    await ReadWhileAsync(patient, TimeSpan.FromSeconds((double)Patient / WritesASecond)) / calm;
                hurried[round] = await ReadWhileAsync(eager, TimeSpan.Zero) / calm;
            }

            const string Calm = "the same without";
            var work = $"the wait of {read}, 99 of 100, while";
            bench.Add(new Row($"{work} {WritesASecond} writes a second run", Calm, paced) { AtMost = 1.5 });
            bench.Add(new Row($"{work} {Eager} callers write", Calm, hurried));

            async Task<double> ReadAsync() =>
                (await readers.SendAsync(count, number => questions[number % Asked], 200, readEvery)).Quantile(0.99);

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
