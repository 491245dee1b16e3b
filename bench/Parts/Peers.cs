using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Report;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>A peer of our own making, as most would write it: minimal API and EF Core over the same file.</summary>
internal sealed class Peers : Part
{
    private const int Connections = 8;
    private const string Peer = "minimal API and EF Core (peer / product)";

    public override string Name => "peers";

    public override string Summary => "a record, a list and an export against EF Core";

    public override bool IsQuick => false;

    public override async Task MeasureAsync(Workbench bench)
    {
        var registry = await bench.Data.CopyAsync(DataSize.Smallest);
        await using var product = await Product.StartAsync(registry.File);
        await using var peer = await Yardstick.StartPeerAsync(registry.File);
        using var ours = await Callers.ConnectAsync(product, Connections);
        using var theirs = await Callers.ConnectAsync(peer, Connections);

        byte[][] records = [.. Enumerable.Range(0, 1000).Select(number => Request.Get(Corrections.AddressOf(number)))];
        byte[][] asPeer =
        [
            .. Enumerable.Range(0, 1000).Select(number => Request.Get(Yardstick.Item(SmallRegistry.IdOfLarge(number)))),
        ];
        await Bodies.SameAsync(ours, records[0], theirs, asPeer[0]);
        var items = await bench.CompareAsync("a record", new(theirs, asPeer, 8000), new(ours, records, 8000));
        bench.Add(new Row("a record", Peer, items) { AtLeast = 3 });

        byte[][] lists = [.. Lists.Codes().Select(forum => Request.Get(Lists.AddressOf(forum)))];
        byte[][] asPeerLists = [.. Lists.Codes().Select(forum => Request.Get(Yardstick.List(forum)))];
        await Bodies.SameAsync(ours, lists[0], theirs, asPeerLists[0]);
        var pages = await bench.CompareAsync("a list", new(theirs, asPeerLists, 2000), new(ours, lists, 2000));
        bench.Add(new Row("a list of 50", Peer, pages) { AtLeast = 2 });

        var exports = await bench.CompareAsync(
            "an export",
            new(theirs, [Request.Get(Yardstick.Export)], Connections),
            new(ours, [Request.Get("/v1/memberships?format=ndjson")], Connections)
        );
        bench.Add(new Row("an export of 10,000 memberships", Peer, exports) { AtLeast = 1.5 });
        bench.Note("PocketBase is no part of this: it is no .NET program, and is not fetched here.");
    }
}
