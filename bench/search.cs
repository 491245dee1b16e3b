#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false

// The CPU time of a search in registries of 1,000, 10,000 and 100,000 more names than the catalogue has, asked in turn in
// one run, as ratios to the smallest. Only on Linux, which tells the CPU time of a process in /proc.
// dotnet run bench/search.cs [rounds]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

const int AskedInARound = 200;
var rounds = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 9;
int[] sizes = [1_000, 10_000, 100_000];
string[] kinds = ["gazette", "register", "review", "treaty series", "yearbook", "bulletin"];
string[] syllables =
[
    "ba",
    "do",
    "ki",
    "lu",
    "me",
    "no",
    "pa",
    "ri",
    "sa",
    "to",
    "vu",
    "za",
    "gle",
    "stra",
    "pon",
    "tir",
];
var root = FindRoot(Environment.CurrentDirectory);
var folder = Directory.CreateTempSubdirectory("registry-search-").FullName;
Build(Path.Combine(root, "Api"));

// The program makes the database and its catalogue; then sources are put in, and the program indexes their titles.
var first = Path.Combine(folder, "registry.db");
using (await ServeAsync(first)) { }
var servers = new List<(int Size, Server Server, HttpClient Client)>();
foreach (var size in sizes)
{
    var file = Path.Combine(folder, $"registry-{size}.db");
    File.Copy(first, file);
    Fill(file, size);
    var started = Stopwatch.GetTimestamp();
    var server = await ServeAsync(file);
    Console.WriteLine($"{size} names: indexed and started in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    servers.Add((size, server, new HttpClient { BaseAddress = server.Address }));
}

// Each takes a number that all registries have a name for.
(string What, Func<int, string> Address)[] questions =
[
    ("a whole name", n => $"/v1/search?q={Escaped(TitleOf(n))}"),
    ("two words, one of them common", n => $"/v1/search?q={Escaped($"{PlaceOf(n)} of")}"),
    ("the beginning of a rare word", n => $"/v1/search?q={PlaceOf(n)[..^2]}"),
    ("a common word", n => $"/v1/search?q={Escaped(kinds[n % kinds.Length])}"),
    ("two letters", n => $"/v1/search?q={PlaceOf(n)[..2]}"),
    ("common words alone", n => $"/v1/search?q={Escaped($"of the {kinds[n % kinds.Length]}")}"),
    ("what nobody is called", n => $"/v1/search?q={PlaceOf(n)}x"),
    ("one collection", n => $"/v1/search?types=sources&q={PlaceOf(n)}"),
    ("as known at an instant", n => $"/v1/search?q={PlaceOf(n)}&knownAt=2026-01-01T00:00:00Z"),
];

foreach (var (what, address) in questions)
{
    foreach (var (_, _, client) in servers)
    {
        await AskAsync(client, address, AskedInARound);
    }

    var spent = servers.ConvertAll(_ => new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        for (var place = 0; place < servers.Count; place++)
        {
            var before = servers[place].Server.CpuTicks();
            await AskAsync(servers[place].Client, address, AskedInARound);
            spent[place].Add(servers[place].Server.CpuTicks() - before);
        }
    }

    Console.WriteLine(
        $"{what}: "
            + string.Join(
                ", ",
                servers.Select((server, place) => $"{server.Size}: {RatioOf(spent[place], spent[0])}").Skip(1)
            )
    );
}

foreach (var (_, server, client) in servers)
{
    client.Dispose();
    server.Dispose();
}

Directory.Delete(folder, recursive: true);

static string RatioOf(List<double> those, List<double> first)
{
    double[] ratios = [.. those.Zip(first, (one, other) => one / Math.Max(1, other)).Order()];
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{ratios[ratios.Length / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})"
    );
}

static async Task AskAsync(HttpClient client, Func<int, string> address, int times)
{
    for (var time = 0; time < times; time++)
    {
        using var answer = await client.GetAsync(address(time * 7 % 1000));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }
}

static string Escaped(string words) => Uri.EscapeDataString(words);

string TitleOf(int number) =>
    $"{kinds[number % kinds.Length]} of the {PlaceOf(number)} {(number % 3 == 0 ? "state" : "union")}";

// Words of three to six syllables, each for ten names or so.
string PlaceOf(int number)
{
    var word = "";
    for (var rest = number / 10 + 300; rest > 0; rest /= syllables.Length)
    {
        word += syllables[rest % syllables.Length];
    }

    return word;
}

void Fill(string file, int names)
{
    using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
    connection.Open();
    using var transaction = connection.BeginTransaction();
    using var copy = new SqliteCommand(
        """
        INSERT INTO Source SELECT @Id, @Title, @Title, Url, Language, Kind, Reliability, FromEarliest, FromLatest, UntilEarliest,
            UntilLatest, replace(replace(Record, 'cica-members', @Id), 'Member States', @Title), Version, '2020-01-01T00:00:00.000000Z'
        FROM Source WHERE Id = 'cica-members'
        """,
        connection,
        transaction
    );
    var id = copy.Parameters.Add("@Id", SqliteType.Text);
    var title = copy.Parameters.Add("@Title", SqliteType.Text);
    for (var number = 0; number < names; number++)
    {
        (id.Value, title.Value) = ($"bench-{number}", TitleOf(number));
        copy.ExecuteNonQuery();
    }

    using var forget = new SqliteCommand("UPDATE SearchFormat SET Format = 0", connection, transaction);
    forget.ExecuteNonQuery();
    transaction.Commit();
}

async Task<Server> ServeAsync(string file)
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
    /// <summary>The CPU time of the process so far, user and system, in ticks of the kernel.</summary>
    public long CpuTicks()
    {
        // The name of the program, in brackets, may have spaces: the 14th and 15th fields are counted from behind it.
        var fields = File.ReadAllText($"/proc/{Process.Id}/stat").Split(')')[^1].Split(' ');
        return long.Parse(fields[12], CultureInfo.InvariantCulture)
            + long.Parse(fields[13], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }
}
