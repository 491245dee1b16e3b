#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false

// An import of 100,000 memberships, all or nothing: its rows a second beside those of plain ADO.NET that inserts the very
// rows which the import wrote, prepared and in one transaction; and the anonymous memory of the program while it runs.
// Only on Linux, which tells RssAnon.
// dotnet run bench/import.cs [memberships]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

const int MembersOfAForum = 1000;
const string Key = "bench-key-0123456789-0123456789-0123456789";
string[] written = ["Membership", "Standing", "Change", "ChangeSubject", "ImportRow"];
var memberships = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
var root = FindRoot(Environment.CurrentDirectory);
var folder = Directory.CreateTempSubdirectory("registry-import-").FullName;
var file = Path.Combine(folder, "registry.db");
Build(Path.Combine(root, "Api"));

string before;
using (var program = await ServeAsync())
{
    using var client = Client(program);
    await ImportAsync(program, client, Founders());
    await ImportAsync(program, client, [.. Founders().Take(10)]);
}

before = Copy("before.db");
var (took, idle, peak, again, peakAgain) = (0.0, 0L, 0L, 0.0, 0L);
using (var program = await ServeAsync())
{
    using var client = Client(program);
    await ImportAsync(program, client, [.. Founders().Take(10)]);
    await Task.Delay(1000);
    idle = program.Anonymous();
    (took, peak) = await ImportAsync(program, client, Memberships());
    (again, peakAgain) = await ImportAsync(program, client, Memberships());
}

var plain = InsertPlainly(before);
Console.WriteLine(
    $"{memberships} memberships in {took:0.0} s ({memberships / took:0} a second), unchanged in {again:0.0} s; "
        + $"the same rows by ADO.NET in {plain:0.0} s: {took / plain:0.0} times as long"
);
Console.WriteLine(
    $"RssAnon {idle >> 10} MiB before, {(peak - idle) >> 10} MiB more at most, unchanged {(peakAgain - idle) >> 10} MiB more"
);
Directory.Delete(folder, recursive: true);

string Copy(string name)
{
    using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
    connection.Open();
    using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
    checkpoint.ExecuteNonQuery();
    var copy = Path.Combine(folder, name);
    File.Copy(file, copy);
    return copy;
}

static string CodeOf(int state) =>
    new([(char)('A' + (state / 676 % 26)), (char)('A' + (state / 26 % 26)), (char)('A' + (state % 26))]);

IEnumerable<string> Founders() =>
    Enumerable
        .Range(0, MembersOfAForum)
        .Select(state =>
            $$$"""{"collection":"states","record":{"code":"{{{CodeOf(state)}}}","names":[{"kind":"short","language":"en","text":"State {{{state}}}"}]}}"""
        )
        .Concat(
            Enumerable
                .Range(0, (memberships + MembersOfAForum - 1) / MembersOfAForum)
                .Select(forum =>
                    $$$"""{"collection":"forums","record":{"code":"BENCH-{{{forum}}}","names":[{"kind":"official","language":"en","text":"Forum {{{forum}}}"}]}}"""
                )
        );

IEnumerable<string> Memberships() =>
    Enumerable
        .Range(0, memberships)
        .Select(number =>
            $$$"""{"collection":"memberships","record":{"forum":"BENCH-{{{number / MembersOfAForum}}}","member":{"kind":"state","code":"{{{CodeOf(number % MembersOfAForum)}}}"},"standings":[{"standing":"observer","from":"1992","until":"1999-05-31","sources":[{"citation":"A list","confidence":"medium"}]},{"standing":"member","from":"1999-06"}]}}"""
        );

async Task<(double Seconds, long Peak)> ImportAsync(Server program, HttpClient client, IEnumerable<string> lines)
{
    var path = Path.Combine(folder, $"{Guid.NewGuid():N}.ndjson");
    await File.WriteAllLinesAsync(path, lines);
    var most = 0L;
    using var done = new CancellationTokenSource();
    var watching = Task.Run(async () =>
    {
        while (!done.IsCancellationRequested)
        {
            most = Math.Max(most, program.Anonymous());
            await Task.Delay(10);
        }
    });
    await using var body = File.OpenRead(path);
    using var content = new StreamContent(body);
    content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    using var answer = await client.PostAsync("/v1/imports", content);
    answer.EnsureSuccessStatusCode();
    JsonNode import;
    do
    {
        await Task.Delay(50);
        import = JsonNode.Parse(await client.GetStringAsync(answer.Headers.Location))!;
    } while ((string?)import["status"] is "waiting" or "running");

    await done.CancelAsync();
    await watching;
    return (string?)import["status"] == "done"
        ? (((DateTimeOffset)import["ended"]! - (DateTimeOffset)import["started"]!).TotalSeconds, most)
        : throw new InvalidOperationException(import.ToJsonString());
}

// What the import wrote is read first, so that only the inserting is timed.
double InsertPlainly(string copy)
{
    var rows = new Dictionary<string, (string[] Columns, List<object[]> Values)>();
    using (var source = new SqliteConnection($"Data Source={file};Pooling=False"))
    {
        source.Open();
        foreach (var table in written)
        {
            using var select = new SqliteCommand($"SELECT * FROM {table}", source);
            using var reader = select.ExecuteReader();
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            var values = new List<object[]>();
            while (reader.Read())
            {
                var row = new object[columns.Length];
                reader.GetValues(row);
                values.Add(row);
            }

            rows[table] = (columns, values);
        }
    }

    using var target = new SqliteConnection($"Data Source={copy};Pooling=False");
    target.Open();
    foreach (
        var pragma in new[] { "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = OFF" }
    )
    {
        using var command = new SqliteCommand(pragma, target);
        command.ExecuteNonQuery();
    }

    // The rows of the founders are there already; they are put in their places once more.
    var started = Stopwatch.GetTimestamp();
    using (var transaction = target.BeginTransaction())
    {
        foreach (var table in written)
        {
            var (columns, values) = rows[table];
            using var insert = new SqliteCommand(
                $"INSERT OR REPLACE INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"@{column}"))})",
                target,
                transaction
            );
            var parameters = columns.Select(column => insert.Parameters.Add($"@{column}", SqliteType.Text)).ToArray();
            foreach (var row in values)
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    parameters[column].SqliteType = row[column] is long ? SqliteType.Integer : SqliteType.Text;
                    parameters[column].Value = row[column];
                }

                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    return Stopwatch.GetElapsedTime(started).TotalSeconds;
}

static HttpClient Client(Server program)
{
    var client = new HttpClient { BaseAddress = program.Address };
    client.DefaultRequestHeaders.Add("X-Api-Key", Key);
    return client;
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
    start.Environment["Catalogue__Load"] = "false";
    start.Environment["Access__AdminKey"] = Key;
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
    using var process = Process.Start("dotnet", ["build", project, "-c", "Release", "-v", "q", "-nodeReuse:false"]);
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
