using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Api.Tests.Support;

/// <summary>The program as a process of its own, started as a user starts it.</summary>
internal sealed partial class RegistryProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RegistryProcess(Process process) => _process = process;

    public string Output => string.Join('\n', _lines);

    /// <summary>The file with the first key that the process has named, if any.</summary>
    public string? KeyFile =>
        KeyPattern().Match(Output) is { Success: true } match ? match.Groups["file"].Value.Trim() : null;

    /// <summary>The first key, if the process has made one.</summary>
    public string? Key => KeyFile is { } file ? File.ReadLines(file).First() : null;

    public static RegistryProcess Start(TestDatabase database, params (string Name, string Value)[] settings) =>
        Run(database, ["--urls", "http://127.0.0.1:0"], settings);

    /// <summary>Starts the program with other arguments than those it serves with.</summary>
    public static RegistryProcess Run(
        TestDatabase database,
        string[] arguments,
        params (string Name, string Value)[] settings
    ) =>
        Run(
            arguments,
            [
                (database.Setting, database.ConnectionString),
                // A database on a server has no folder of its own.
                .. database.Engine == Engine.SqlServer
                    ? [("Access:FirstKeyFile", TestDatabases.NewPath())]
                    : Array.Empty<(string, string)>(),
                // A test asks more than a stranger may.
                ("Quotas:Enabled", "false"),
                ("Limits:HeavyRequestsPerClient", "1000"),
                .. settings,
            ]
        );

    /// <summary>Starts the program with no other settings than the given ones.</summary>
    public static RegistryProcess Run(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(Program).Assembly.Location },

            // What it costs to learn how the program is used is never earned back in a test.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var running = new RegistryProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        running._process.OutputDataReceived += (_, line) => running.Hear(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Hear(line.Data);
        running._process.Exited += (_, _) =>
            running._listening.TrySetException(new InvalidOperationException("It stopped."));
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>A client of the process, once it serves.</summary>
    public async Task<HttpClient> ServingAsync() => new() { BaseAddress = await _listening.Task.WaitAsync(Patience) };

    /// <summary>Waits until the process has said it: what it says is written, and read here, beside what it does.</summary>
    public Task SaysAsync(string text) =>
        Until.HoldsAsync(() => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)));

    /// <summary>Ends the process as a failure of the machine would: with no time to put anything in order.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Asks the process to stop, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>How many files and sockets the process has open (Linux).</summary>
    public int Handles() => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>The memory that is the process's own, in bytes (Linux).</summary>
    public long Memory() =>
        long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status")
                .First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        ) * 1024;

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (AddressPattern().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex("is in the file (?<file>.*)")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("Now listening on: (?<address>https?://[^ \"]+)")]
    private static partial Regex AddressPattern();
}
