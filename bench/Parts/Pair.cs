using Registry.Bench.Data;
using Registry.Bench.Load;
using Registry.Bench.Servers;

namespace Registry.Bench.Parts;

/// <summary>The product and the yardstick on the same file of the smallest size, each with its callers.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private const int Connections = 8;

    private Pair(RegistryFile file, Server product, Server yardstick, Callers ours, Callers theirs)
    {
        (File, Product, Beside, Ours, Theirs) = (file, product, yardstick, ours, theirs);
        Corrections = Corrections.Of(file);
    }

    /// <summary>The file.</summary>
    public RegistryFile File { get; }

    /// <summary>The product.</summary>
    public Server Product { get; }

    /// <summary>The yardstick.</summary>
    public Server Beside { get; }

    /// <summary>Those who ask the product.</summary>
    public Callers Ours { get; }

    /// <summary>Those who ask the yardstick.</summary>
    public Callers Theirs { get; }

    /// <summary>What is written into the file.</summary>
    public Corrections Corrections { get; }

    /// <summary>Starts both.</summary>
    public static async Task<Pair> StartAsync(DataFolder data)
    {
        var file = await data.CopyAsync(DataSize.Smallest);
        var product = await Servers.Product.StartAsync(file.File);
        var yardstick = await Yardstick.StartAsync(file.File);
        return new Pair(
            file,
            product,
            yardstick,
            await Callers.ConnectAsync(product, Connections),
            await Callers.ConnectAsync(yardstick, Connections)
        );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Ours.Dispose();
        Theirs.Dispose();
        await Product.DisposeAsync();
        await Beside.DisposeAsync();
    }
}

/// <summary>A part that measures on the pair which the parts of its kind share.</summary>
internal abstract class PairPart : Part
{
    public sealed override async Task MeasureAsync(Workbench bench) =>
        await MeasureAsync(bench, await bench.PairAsync());

    /// <summary>Measures and adds the rows.</summary>
    protected abstract Task MeasureAsync(Workbench bench, Pair pair);
}
