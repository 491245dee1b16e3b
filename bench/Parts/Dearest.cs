using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>
/// The dearest requests that anybody may send, to a registry of about 100,000 records: the CPU time of each, without cached
/// responses. A request that is not for a whole list must not exceed the limit, or the run fails.
/// </summary>
internal sealed class Dearest : Part
{
    /// <summary>The CPU time of one request, in milliseconds.</summary>
    private const double Limit = 250;

    /// <summary>A request that took longer than this is not repeated as often.</summary>
    private const double Long = 1000;

    private const int Times = 5;

    public override string Name => "dearest";

    public override string Summary => "the dearest requests on 100,000 records; fails where one costs too much";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        var file = await bench.Data.CopyBroadAsync();
        await using var product = await Product.StartAsync(
            file,
            ("Cache__Megabytes", "0"),
            ("Limits__ReadSeconds", "60")
        );
        using var callers = await Callers.ConnectAsync(product, 1);
        foreach (var question in DearestQuestions.All)
        {
            bench.Tell(question.What);
            var request = question.Body is { } body
                ? Request.Post(question.Address, body, question.MediaType)
                : Request.Get(question.Address);
            var warm = await AskAsync(callers, request);
            var samples = new double[warm > Long ? 1 : Times];
            for (var time = 0; time < samples.Length; time++)
            {
                samples[time] = await AskAsync(callers, request);
            }

            bench.Add(
                // The least of several: what other programs on the machine add to it is not its cost.
                new Row(question.What, "", [samples.Min()])
                {
                    Unit = Unit.Milliseconds,
                    AtMost = question.IsWhole ? null : Limit,
                    Fails = !question.IsWhole,
                }
            );
        }
    }

    private static async Task<double> AskAsync(Callers callers, byte[] request) =>
        (await callers.SendAsync(1, _ => request, 200)).Cpu.TotalMilliseconds;
}
