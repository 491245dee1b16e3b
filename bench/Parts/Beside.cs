using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>How long a plain GET waits while other callers ask for the dearest that there is.</summary>
internal sealed class Beside : Part
{
    private const int Readers = 2;
    private const int Greedy = 4;
    private const int Asked = 1500;

    // More than are sent before the readers are done.
    private const int Endless = 200_000;

    /// <summary>The time between two requests of a reader: full cores are not what it is to wait for.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(2);

    private static readonly (string What, byte[] Request)[] Loads =
    [
        ("exports", Request.Get("/v1/export")),
        ("whole lists as CSV", Request.Get("/v1/memberships?format=csv")),
        ("calendars", Request.Get("/v1/meetings?format=ical")),
        (
            "lists with deletions, sorted",
            Request.Get(
                "/v1/memberships?limit=200&sort=forum,-member&count=true&changedSince=2020-01-01T00:00:00Z&deleted=true"
            )
        ),
    ];

    public override string Name => "beside";

    public override string Summary => "p99 of a plain GET beside the dearest requests";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        var file = await bench.Data.CopyBroadAsync();
        await using var product = await Product.StartAsync(file, ("Cache__Megabytes", "0"));
        using var readers = await Callers.ConnectAsync(product, Readers);
        var plain = Request.Get("/v1/states/AAA");
        await readers.SendAsync(5_000, _ => plain, 200);
        foreach (var (what, request) in Loads)
        {
            var samples = new double[bench.Rounds];
            for (var round = 0; round < bench.Rounds; round++)
            {
                bench.Tell($"beside {what}, round {round + 1} of {bench.Rounds}");
                var quiet = await P99Async();
                using var greedy = await Callers.ConnectAsync(product, Greedy);
                using var ending = new CancellationTokenSource();
                var load = greedy.SendAsync(Endless, _ => request, 200, default, ending.Token);
                await Task.Delay(500, CancellationToken.None);
                samples[round] = await P99Async() / quiet;
                await ending.CancelAsync();
                await load;
            }

            bench.Add(new Row($"p99 of a record beside {Greedy} callers for {what}", "quiet", samples) { AtMost = 5 });
        }

        async Task<double> P99Async() => (await readers.SendAsync(Asked, _ => plain, 200, Rest)).Quantile(0.99);
    }
}
