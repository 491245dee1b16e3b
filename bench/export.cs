#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false

// The anonymous memory of the program while it gives an export of 100,000 memberships, beside what it had before:
// to a caller that takes all it can get, and to one that takes 4 MB a second. Only on Linux, which tells RssAnon.
// dotnet run bench/export.cs [memberships]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

const int MembersOfAForum = 1000;
var memberships = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
var root = FindRoot(Environment.CurrentDirectory);
var folder = Directory.CreateTempSubdirectory("registry-export-").FullName;
var file = Path.Combine(folder, "registry.db");
Build(Path.Combine(root, "Api"));

// The program makes the database and its catalogue; one membership of that, and its forum and its state, are copied.
using (await ServeAsync()) { }
await MultiplyAsync();

using (var program = await ServeAsync())
{
    using var client = new HttpClient { BaseAddress = program.Address };
    for (var warm = 0; warm < 200; warm++)
    {
        await client.GetStringAsync("/v1/forums?limit=50");
    }

    foreach (var bytesASecond in new[] { int.MaxValue, int.MaxValue, 4_000_000 })
    {
        await Task.Delay(1000);
        var before = program.Anonymous();
        var peak = before;
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, program.Anonymous());
                await Task.Delay(10);
            }
        });
        var started = Stopwatch.GetTimestamp();
        var (lines, bytes, first) = await ReadAsync(client, bytesASecond);
        var took = Stopwatch.GetElapsedTime(started);
        await done.CancelAsync();
        await watching;
        Console.WriteLine(
            $"{lines} records, {bytes >> 20} MiB in {took.TotalSeconds:0.0} s, first byte after {first:0} ms: "
                + $"RssAnon {before >> 10} MiB before, {peak >> 10} MiB at most, {(peak - before) >> 10} MiB more"
        );
    }
}

Directory.Delete(folder, recursive: true);

async Task<(int Lines, long Bytes, double First)> ReadAsync(HttpClient client, int bytesASecond)
{
    var started = Stopwatch.GetTimestamp();
    using var answer = await client.GetAsync("/v1/export", HttpCompletionOption.ResponseHeadersRead);
    await using var body = await answer.Content.ReadAsStreamAsync();
    var buffer = new byte[64 * 1024];
    var (lines, bytes, first) = (0, 0L, 0.0);
    int read;
    while ((read = await body.ReadAsync(buffer)) > 0)
    {
        first = first > 0 ? first : Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        bytes += read;
        lines += buffer.AsSpan(0, read).Count((byte)'\n');
        var ahead = (double)bytes / bytesASecond - Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (ahead > 0.01)
        {
            await Task.Delay(TimeSpan.FromSeconds(ahead));
        }
    }

    return (lines - 1, bytes, first);
}

async Task MultiplyAsync()
{
    await using var connection = new SqliteConnection($"Data Source={file}");
    await connection.OpenAsync();
    var forums = (memberships + MembersOfAForum - 1) / MembersOfAForum;
    foreach (
        var statement in new[]
        {
            $"""
                    CREATE TEMP TABLE S AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {MembersOfAForum
                    - 1})
                SELECT printf('%03d', i) AS Code FROM n
                """,
            $"""
                CREATE TEMP TABLE F AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {forums
                    - 1})
                SELECT 'BENCH-' || i AS Code FROM n
                """,
            Copy("State", "'KAZ'", "Code", "S s", "s.Code", ("KAZ", "s.Code")),
            Copy("Forum", "'CICA'", "Code", "F f", "f.Code", ("CICA", "f.Code")),
            Copy(
                "Membership",
                "'cica.kwt'",
                "Id",
                "F f JOIN S s",
                "lower(f.Code) || '.' || lower(s.Code)",
                ("cica.kwt", "lower(f.Code) || '.' || lower(s.Code)"),
                ("CICA", "f.Code"),
                ("KWT", "s.Code")
            ),
        }
    )
    {
        await using var command = new SqliteCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    string Copy(string table, string from, string key, string rows, string id, params (string Old, string New)[] words)
    {
        using var command = new SqliteCommand($"SELECT name FROM pragma_table_info('{table}')", connection);
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        var values = columns.Select(column =>
            column == key ? id
            : column is "Version" or "RecordedFrom" || words.Length == 0 ? $"m.{column}"
            : words.Aggregate($"m.{column}", (value, word) => $"replace({value}, '{word.Old}', {word.New})")
        );
        return $"INSERT INTO {table} ({string.Join(", ", columns)}) "
            + $"SELECT {string.Join(", ", values)} FROM {table} m JOIN {rows} WHERE m.{key} = {from}";
    }
}

async Task<Server> ServeAsync()
{
    var address = new Uri($"http://127.0.0.1:{FreePort()}");
    var start = new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Path.Combine(root, "Api/bin/Release/net10.0/Registry.Api.dll"), "--urls", address.ToString() },
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
    };
    start.Environment["ConnectionStrings__Sqlite"] = $"Data Source={file}";
    var process = Process.Start(start)!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    using var client = new HttpClient { BaseAddress = address };
    while (true)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            answer.EnsureSuccessStatusCode();
            return new Server(process, address);
        }
        catch (HttpRequestException) when (!process.HasExited)
        {
            await Task.Delay(20);
        }
    }
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

static string FindRoot(string folder) =>
    File.Exists(Path.Combine(folder, "Registry.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

static void Build(string project)
{
    using var process = Process.Start("dotnet", ["build", project, "-c", "Release", "-v", "q"]);
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException("It does not build.");
    }
}

internal sealed record Server(Process Process, Uri Address) : IDisposable
{
    /// <summary>Anonymous memory in KiB: what the process itself has asked for, without the file that it maps.</summary>
    public long Anonymous() =>
        File.ReadLines($"/proc/{Process.Id}/status")
            .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(line["RssAnon:".Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture)
            )
            .Single();

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }
}
