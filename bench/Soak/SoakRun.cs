using System.Diagnostics;
using System.Globalization;
using Registry.Bench.Servers;

namespace Registry.Bench.Soak;

/// <summary>
/// Runs the product under everything that callers do for as long as asked, and fails where something climbs that should
/// not: memory, open files, threads, the log of the database, the time that answers take.
/// </summary>
internal static class SoakRun
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>How much memory the product uses for answers that it keeps, if nobody says otherwise.</summary>
    private const int KeptMegabytes = 64;

    /// <summary>Runs, prints the table, and writes it with its picture.</summary>
    /// <param name="minutes">How long, from 1.</param>
    /// <param name="picture">The SVG file to write; the table goes beside it, as .md.</param>
    /// <returns>The exit code: 0 where nothing climbs and every answer was right, otherwise 1.</returns>
    public static async Task<int> OfAsync(int minutes, string picture)
    {
        var folder = Directory.CreateTempSubdirectory("registry-soak-");
        try
        {
            var file = Path.Combine(folder.FullName, "registry.db");
            await using var server = await Product.StartAsync(file, ("Catalogue__Load", "true"));
            using var http = server.Client();
            var load = new MixedLoad(http);
            await load.FillAsync(KeptMegabytes);
            var watched = await WatchAsync(server, file, load, TimeSpan.FromMinutes(minutes));
            var title = string.Create(
                CultureInfo.InvariantCulture,
                $"{minutes} minutes, {load.Requests:N0} requests, grey: warm-up, dashed: the slope that is judged"
            );
            var table = Table(watched);
            Console.WriteLine(table);
            await File.WriteAllTextAsync(picture, Plot.Of(title, watched));
            await File.WriteAllTextAsync(Path.ChangeExtension(picture, ".md"), $"{title}\n\n{table}");
            foreach (var (what, count) in load.Wrong)
            {
                await Console.Error.WriteLineAsync($"{count} times {what}");
            }

            return load.Wrong.Count > 0 || watched.Any(value => value.Climbs) ? 1 : 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Watched>> WatchAsync(
        Server server,
        string file,
        MixedLoad load,
        TimeSpan duration
    )
    {
        // A share of the median lets what differs from machine to machine differ; what is small may grow by some.
        var memory = new Watched("memory (RssAnon)", "MiB", 32, 0.15);
        var handles = new Watched("open files and sockets", "count", 16, 0.1);
        var threads = new Watched("threads", "count", 8, 0.15);
        var log = new Watched("write-ahead log", "MiB", 16, 0.25);
        var reads = new Watched("reads, 99th percentile", "ms", 20, 0.75);
        var writes = new Watched("writes, 99th percentile", "ms", 20, 0.75);
        using var enough = new CancellationTokenSource();
        var running = load.RunAsync(enough.Token);
        var interval = TimeSpan.FromSeconds(Math.Max(2, duration.TotalSeconds / 200));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration; )
        {
            await Task.WhenAny(running, Task.Delay(interval));
            if (running.IsCompleted)
            {
                break;
            }

            var at = watch.Elapsed.TotalSeconds;
            var (slowestRead, slowestWrite) = load.Slowest();
            memory.Samples.Add(new(at, server.AnonymousMemory / 1024.0));
            handles.Samples.Add(new(at, Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length));
            threads.Samples.Add(new(at, Directory.GetDirectories($"/proc/{server.Id}/task").Length));
            log.Samples.Add(new(at, new FileInfo($"{file}-wal").Length / Mebibyte));
            reads.Samples.Add(new(at, slowestRead));
            writes.Samples.Add(new(at, slowestWrite));
        }

        await enough.CancelAsync();
        await running;
        return [memory, handles, threads, log, reads, writes];
    }

    private static string Table(IReadOnlyList<Watched> watched) =>
        string.Join(
            '\n',
            [
                "| | median | growth | bound | |",
                "|---|---:|---:|---:|---|",
                .. watched.Select(value =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {value.Name}, {value.Unit} | {Slope.MiddleOf(value.Samples):0.#} | {value.Growth:0.##} | {value.Bound:0.##} | {(value.Climbs ? "climbs" : "level")} |"
                    )
                ),
                "",
            ]
        );
}
