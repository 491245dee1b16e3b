using System.IO.MemoryMappedFiles;

namespace Registry.Bench.Servers;

/// <summary>
/// Reads how many bytes another .NET program has allocated. The program is started with a hook of ours that writes the
/// number into a file in memory every few milliseconds; it is not the same program any more whose CPU time is measured.
/// </summary>
internal sealed class AllocationMeter : IDisposable
{
    private const string FileSetting = "REGISTRY_BENCH_ALLOCATIONS";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string _file;
    private readonly MemoryMappedFile _mapped;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">A file that is not there yet.</param>
    public AllocationMeter(string file)
    {
        _file = file;
        _mapped = MemoryMappedFile.CreateFromFile(file, FileMode.CreateNew, mapName: null, sizeof(long));
        _view = _mapped.CreateViewAccessor();
    }

    /// <summary>What the program that is measured has to have in its environment.</summary>
    public (string Name, string Value)[] Settings =>
        [("DOTNET_STARTUP_HOOKS", typeof(AllocationMeter).Assembly.Location), (FileSetting, _file)];

    /// <summary>The bytes allocated from the start of the program until just now.</summary>
    public async Task<long> ReadAsync()
    {
        await Task.Delay(5 * Pause);
        return _view.ReadInt64(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _mapped.Dispose();
    }

    /// <summary>Begins to write, within the program that is measured.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(FileSetting) is { } file)
        {
            new Thread(() => Write(file)) { IsBackground = true, Name = "Allocations" }.Start();
        }
    }

    private static void Write(string file)
    {
        using var mapped = MemoryMappedFile.CreateFromFile(file, FileMode.Open, mapName: null, sizeof(long));
        using var view = mapped.CreateViewAccessor();
        while (true)
        {
            view.Write(0, GC.GetTotalAllocatedBytes());
            Thread.Sleep(Pause);
        }
    }
}
