using System.Globalization;
using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>The same question to registries of all sizes: what it costs must not grow with them.</summary>
internal sealed class Scale : Part
{
    private const int Connections = 4;
    private const int Instants = 40;

    // What is answered from bytes that were kept costs little, so that it takes many to see it.
    private const int Kept = 8000;
    private const string DeltaAddress = "/v1/memberships?limit=50&sort=recordedAt&changedSince=";

    public override string Name => "scale";

    public override string Summary => "the same question at 10 and 100 times the data";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        if (bench.Sizes.Count < 2)
        {
            bench.Note("How the cost grows with the data was not measured: that takes two sizes.");
            return;
        }

        var registries = new List<(RegistryFile File, Server Server, Callers Callers)>();
        try
        {
            // All are there before anybody connects: to build one can take longer than a connection stays open unused.
            var files = new List<RegistryFile>();
            foreach (var size in bench.Sizes)
            {
                files.Add(await bench.Data.CopyAsync(size));
            }

            foreach (var file in files)
            {
                var server = await Product.StartAsync(file.File);
                registries.Add((file, server, await Callers.ConnectAsync(server, Connections)));
            }

            foreach (var (what, _, questions) in Questions())
            {
                await MeasureAsync(
                    bench,
                    what,
                    registries.ConvertAll(each => (each.File.Size, new Side(each.Callers, questions(each.File), Kept)))
                );
            }

            // What was answered once is kept until something changes.
            var corrections = registries.ConvertAll(each => Corrections.Of(each.File));
            foreach (var (what, count, questions) in Questions().Skip(1))
            {
                await MeasureAsync(
                    bench,
                    $"{what}, first read after a change",
                    [
                        .. registries.Select(
                            (each, place) =>
                                (
                                    each.File.Size,
                                    new Side(each.Callers, questions(each.File), count)
                                    {
                                        Change = corrections[place].Following,
                                    }
                                )
                        ),
                    ]
                );
            }
        }
        finally
        {
            foreach (var (_, server, callers) in registries)
            {
                callers.Dispose();
                await server.DisposeAsync();
            }
        }
    }

    private static IEnumerable<(string What, int Computed, Func<RegistryFile, byte[][]> Questions)> Questions() =>
        [
            (
                "a record",
                1000,
                _ => [.. Enumerable.Range(0, 1000).Select(number => Request.Get(Corrections.AddressOf(number)))]
            ),
            ("a list of 50", 400, _ => [.. Lists.Codes().Select(forum => Request.Get(Lists.AddressOf(forum)))]),
            (
                "the members of a forum",
                200,
                _ => [.. Lists.Codes().Select(forum => Request.Get(Members.AddressOf(forum)))]
            ),
            ("a search", 120, _ => [.. Lists.Codes().Select(forum => Request.Get($"/v1/search?q={forum}%20trade"))]),
            (
                "changes since an instant",
                240,
                file => [.. file.Since(Instants).Select(instant => Request.Get(DeltaAddress + instant))]
            ),
        ];

    private static async Task MeasureAsync(Workbench bench, string what, List<(DataSize Size, Side Side)> sides)
    {
        var growth = await bench.GrowthAsync(what, sides.ConvertAll(each => each.Side));
        for (var place = 1; place < sides.Count; place++)
        {
            bench.Add(
                new Row(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{what}, of {sides[place].Size.Memberships:N0} memberships"
                    ),
                    string.Create(CultureInfo.InvariantCulture, $"of {sides[0].Size.Memberships:N0}"),
                    growth[place]
                )
                {
                    AtMost = 1.3,
                }
            );
        }
    }
}
