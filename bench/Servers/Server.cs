using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Registry.Bench.Servers;

/// <summary>A program that serves on this machine in a process of its own, and what the kernel tells of it.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly HashSet<Server> Running = [];

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Server(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>The number of its process.</summary>
    public int Id => _process.Id;

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>What the caller of the product writes with; sent by every client made here.</summary>
    public string? Key { get; init; }

    /// <summary>The CPU time of the process so far, user and system, to the nanosecond.</summary>
    /// <remarks>The clock of the process; <c>/proc/PID/stat</c> tells the same in hundredths of a second.</remarks>
    public TimeSpan Cpu
    {
        get
        {
            // CLOCK_CPU of another process, as clock_getcpuclockid(3) makes it.
            var clock = (~_process.Id << 3) | 2;
            return ClockGetTime(clock, out var time) == 0
                ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
                : throw new InvalidOperationException($"Process {_process.Id} has ended:\n{_said}");
        }
    }

    /// <summary>
    /// Anonymous memory in KiB: what the process itself has asked for, without the pages of the file that it maps.
    /// </summary>
    public long AnonymousMemory =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(
                    line["RssAnon:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
                    CultureInfo.InvariantCulture
                )
            )
            .Single();

    /// <summary>Starts a program and waits until it answers.</summary>
    /// <param name="program">The assembly.</param>
    /// <param name="arguments">What it is called with, from its address.</param>
    /// <param name="ready">What answers 200 once it serves.</param>
    /// <param name="settings">What is added to its environment.</param>
    /// <exception cref="InvalidOperationException">It ended before it answered.</exception>
    public static async Task<Server> StartAsync(
        string program,
        Func<Uri, string[]> arguments,
        string ready,
        params (string Name, string Value)[] settings
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments(address).Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new Server(Process.Start(start)!, address)
        {
            Key = settings.FirstOrDefault(setting => setting.Name == Product.KeySetting).Value,
        };
        lock (Running)
        {
            Running.Add(server);
        }

        server.Listen();
        await server.WaitAsync(ready);
        return server;
    }

    /// <summary>Ends whatever was started and still runs.</summary>
    public static void EndAll()
    {
        lock (Running)
        {
            foreach (var server in Running)
            {
                server.End();
            }

            Running.Clear();
        }
    }

    /// <summary>For what is not measured.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(10) };
        if (Key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        }

        return client;
    }

    /// <summary>Lets it end in its own time, as a service manager does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, signal: 15);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                End();
            }
        }

        lock (Running)
        {
            Running.Remove(this);
        }

        _process.Dispose();
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void End()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void Listen()
    {
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
            {
                // Enough to tell why it ended.
                _ = _said.Length < 10_000 ? _said.AppendLine(line.Data) : _said;
            }
        }
    }

    private async Task WaitAsync(string ready)
    {
        using var client = Client();
        for (var started = Stopwatch.StartNew(); started.Elapsed < Patience; await Task.Delay(2))
        {
            try
            {
                using var answer = await client.GetAsync(ready);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // It does not listen yet.
            }
            catch (HttpRequestException)
            {
                break;
            }
        }

        throw new InvalidOperationException($"It does not serve:\n{_said}");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    /// <summary>struct timespec of a 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
