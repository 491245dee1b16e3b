using System.Net;
using System.Text;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Encodings;

namespace Registry.Api.Tests.Importing;

/// <summary>The program as a command, and as a process that ends before its import does.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunningCommands(Engine engine)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("registry-commands-").FullName;

    private TestDatabase _database = null!;

    [SetUp]
    public async Task An_untouched_database()
    {
        _database = await TestDatabases.TakeUntouchedAsync(engine);
    }

    [TearDown]
    public void Clean_up() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_imported_is_exported()
    {
        var file = await WriteAsync("list.ndjson", Imports.Minister("jane-doe") + Imports.State("KAZ"));
        var copy = Path.Combine(_folder, "copy.ndjson");

        var (imported, told) = await RunAsync("import", file);
        var (exported, _) = await RunAsync("export", copy);
        var (shown, text) = await RunAsync("export");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { imported, exported, shown }, Is.All.Zero);
            Assert.That(told, Does.Contain("done: 2 created, 0 changed, 0 unchanged, 0 refused"));
            Assert.That(
                (await File.ReadAllLinesAsync(copy)).Select(line => line.Split('"')[3]),
                Is.EqualTo(new[] { "instant", "states", "ministers" })
            );
            Assert.That(text, Is.EqualTo((await File.ReadAllTextAsync(copy)).TrimEnd()));
        }
    }

    [Test]
    public async Task A_refusal_is_told_and_shows_in_the_exit_code()
    {
        var file = await WriteAsync("list.csv", "code,names,colour\r\nKAZ,[],blue\r\n");
        var rows = await WriteAsync("rows.ndjson", Imports.State("KAZ") + Imports.Line("states", new { code = "kz" }));

        var (whole, told) = await RunAsync("import", file, "--collection", "states");
        var (refused, toldOfRows) = await RunAsync("import", rows);
        var (partial, toldOfPart) = await RunAsync("import", rows, "--partial");
        var (dry, _) = await RunAsync("import", await WriteAsync("more.ndjson", Imports.State("UZB")), "--dry-run");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { whole, refused, partial, dry }, Is.EqualTo(new[] { 1, 1, 1, 0 }));
            Assert.That(told, Does.Contain("colour: There is no such column."));
            Assert.That(toldOfRows, Does.Contain("refused: 1 created").And.Contain("line 2, states kz:"));
            Assert.That(toldOfPart, Does.Contain("done: 1 created"));
        }
    }

    [Test]
    public async Task An_encoding_is_named_and_changes_are_told()
    {
        var cyrillic = TextEncodings.Find("windows-1251")!;
        var file = Path.Combine(_folder, "list.csv");
        await File.WriteAllBytesAsync(
            file,
            cyrillic.GetBytes("id,title,kind,published\r\nvedomosti,Газета,press,26.10.2026\r\n")
        );
        string[] import = ["import", file, "--collection", "sources"];

        var (unnamed, advice) = await RunAsync(import);
        var (named, _) = await RunAsync([.. import, "--encoding", "cp1251"]);
        await File.WriteAllBytesAsync(file, cyrillic.GetBytes("id;title\r\nvedomosti;Бюллетень\r\n"));
        var (dry, changes) = await RunAsync([.. import, "--encoding", "windows-1251", "--dry-run"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { unnamed, named, dry }, Is.EqualTo(new[] { 1, 0, 0 }));
            Assert.That(advice, Does.Contain("line 2, column 11").And.Contain("--encoding windows-1251"));
            Assert.That(
                changes,
                Does.Contain("""line 2, sources vedomosti: /title: "Газета" -> "Бюллетень" """.Trim())
            );
        }
    }

    [TestCase("import")]
    [TestCase("import", "list.ndjson", "--encoding", "klingon")]
    [TestCase("import", "no-such-file.ndjson")]
    [TestCase("import", "list.csv")]
    [TestCase("import", "list.ndjson", "--now")]
    public async Task What_is_not_meant_is_told(params string[] arguments)
    {
        var (code, told) = await RunAsync(arguments);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(told, Is.Not.Empty);
    }

    [Test]
    public async Task An_import_whose_process_ends_is_interrupted_and_leaves_nothing()
    {
        var file = string.Concat(Enumerable.Range(0, 20_000).Select(number => Imports.Minister($"m{number}")));
        await using (var broken = Start())
        {
            using var client = await ClientAsync(broken);
            using var sent = await client.PostAsync(
                "/v1/imports?id=broken-list",
                new StringContent(file, Encoding.UTF8, Imports.NdJson)
            );
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            while (
                !(await client.GetStringAsync("/v1/imports/broken-list")).Contains("running", StringComparison.Ordinal)
            )
            {
                await Task.Delay(5);
            }

            await broken.KillAsync();
        }

        if (engine == Engine.SqlServer)
        {
            Assert.Ignore("Of a process on another machine only the silence tells, which takes a minute.");
        }

        await using var next = Start();
        using var asking = await ClientAsync(next);
        var import = await asking.GetStringAsync("/v1/imports/broken-list");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(import, Does.Contain("\"status\":\"interrupted\""));
            Assert.That(import, Does.Contain("\"created\":0,").And.Contain("\"processed\":0,"), import);
            Assert.That(await asking.GetStringAsync("/v1/ministers"), Is.EqualTo("{\"items\":[]}"));
            Assert.That(Directory.GetDirectories(Path.GetDirectoryName(FileOf(_database))!, "*broken-list*"), Is.Empty);
        }
    }

    private static string FileOf(TestDatabase database) =>
        new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    private static async Task<HttpClient> ClientAsync(RegistryProcess process)
    {
        var client = await process.ServingAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        return client;
    }

    private RegistryProcess Start() =>
        RegistryProcess.Start(_database, ("Catalogue:Load", "false"), ("Access:AdminKey", RegistryApp.AdminKey));

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var process = RegistryProcess.Run(_database, arguments);
        return (await process.ExitCodeAsync(), process.Output);
    }
}
