#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Start to first answered request, the catalogue already loaded, as a ratio to an empty ASP.NET Core program.
// Both are built in Release and started in turn, so that whatever else the machine does slows both.
// dotnet run bench/startup.cs [rounds]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

var rounds = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 15;
var root = FindRoot(Environment.CurrentDirectory);
var folder = Directory.CreateTempSubdirectory("registry-startup-").FullName;
Build("build", Path.Combine(root, "Api"), "-c", "Release", "-v", "q");
Build(
    "publish",
    Path.Combine(root, "bench", "empty.cs"),
    "-c",
    "Release",
    "-v",
    "q",
    "-o",
    Path.Combine(folder, "empty")
);

var registry = Path.Combine(root, "Api/bin/Release/net10.0/Registry.Api.dll");
var empty = Path.Combine(folder, "empty", "Registry.empty.cs.dll");

await MeasureAsync(registry, "/v1/forums/CICA");
var ratios = new List<double>();
for (var round = 0; round < rounds; round++)
{
    var yardstick = await MeasureAsync(empty, "/");
    var ours = await MeasureAsync(registry, "/v1/forums/CICA");
    ratios.Add(ours / yardstick);
    Console.WriteLine($"round {round + 1}: {ours / yardstick:0.00}");
}

ratios.Sort();
Console.WriteLine($"median {ratios[ratios.Count / 2]:0.00}, from {ratios[0]:0.00} to {ratios[^1]:0.00}");
Directory.Delete(folder, recursive: true);

async Task<double> MeasureAsync(string program, string path)
{
    var address = $"http://127.0.0.1:{FreePort()}";
    var start = new ProcessStartInfo("dotnet")
    {
        ArgumentList = { program, "--urls", address },
        WorkingDirectory = folder,
    };
    start.RedirectStandardOutput = true;
    var started = Stopwatch.GetTimestamp();
    using var process = Process.Start(start)!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    using var client = new HttpClient { BaseAddress = new Uri(address) };
    while (true)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            break;
        }
        catch (HttpRequestException) when (!process.HasExited)
        {
            await Task.Delay(2);
        }
    }

    var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    process.Kill();
    await process.WaitForExitAsync();
    return elapsed;
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

static string FindRoot(string folder) =>
    File.Exists(Path.Combine(folder, "Registry.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

static void Build(params string[] arguments)
{
    using var process = Process.Start("dotnet", arguments);
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException("It does not build.");
    }
}
