using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Registry.Api.Startup;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Startup;

/// <summary>What the program makes of its arguments, and what it says where it cannot do what they ask.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class UsingTheCommandLine
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("registry-arguments-").FullName;

    [OneTimeTearDown]
    public static void Clean_up() => Directory.Delete(Folder, recursive: true);

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("help")]
    [TestCase("serve", "--help")]
    public async Task Help_is_given_and_nothing_is_served(params string[] arguments)
    {
        var (code, told) = await RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That(told, Does.Contain("serve").And.Contain("Exit codes:").And.Not.Contain("Now listening"));
        }
    }

    [Test]
    public async Task Help_teaches_commands_settings_and_options()
    {
        var (_, program) = await RunAsync("--help");
        var (_, import) = await RunAsync("help", "import");

        using (Assert.EnterMultipleScope())
        {
            foreach (var word in Settings.All.Select(setting => setting.Name).Concat(["import", "export", "openapi"]))
            {
                Assert.That(program, Does.Contain(word));
            }

            foreach (var option in new[] { "FILE", "--collection", "--dry-run", "--partial" })
            {
                Assert.That(import, Does.Contain(option));
            }
        }
    }

    [Test]
    public async Task The_version_is_that_of_the_program()
    {
        var (code, told) = await RunAsync("--version");

        Assert.That(code, Is.Zero);
        Assert.That(told, Does.Match(@"^\d+\.\d+\.\d+"));
    }

    [TestCase("improt", "improt")]
    [TestCase("--hlep", "--hlep")]
    [TestCase("--port", "--port", "8080")]
    [TestCase("now", "serve", "now")]
    [TestCase("--Catalogue:Lod", "--Catalogue:Lod=false")]
    [TestCase("--urls", "--urls")]
    [TestCase("--urls", "--urls", "--Catalogue:Load=false")]
    [TestCase("FILE", "import")]
    [TestCase("nothing", "import", "a.csv", "--collection", "nothing")]
    [TestCase("--collection", "import", "a.ndjson", "--collection", "states")]
    [TestCase("@words", "@words")]
    public async Task A_word_that_cannot_be_meant_is_told_in_a_sentence(string word, params string[] arguments)
    {
        var (code, told) = await RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(told, Does.Contain(word).And.Not.Contain("\n"));
        }
    }

    [Test]
    public async Task Every_setting_that_cannot_be_meant_is_told_before_anything_is_done()
    {
        var file = Path.Combine(Folder, "untouched.db");
        (string Name, string Value)[] wrong =
        [
            ("Access:AdminKey", "short"),
            ("Changes:HeartbeatSeconds", "0"),
            ("Webhooks:Timeout", "soon"),
            ("Imports:MaxBytes", "0"),
            ("Cache:Megabytes", "much"),
            ("Catalogue:Load", "maybe"),
            ("Database:WritesPerCommit", "none"),
            ("Logging:LogLevel:Default", "loud"),
        ];

        var (code, told) = await RunAsync([
            $"--ConnectionStrings:Sqlite=Data Source={file}",
            .. wrong.Select(setting => $"--{setting.Name}={setting.Value}"),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(told.Split('\n'), Has.Length.EqualTo(wrong.Length), told);
            foreach (var (name, _) in wrong)
            {
                Assert.That(told, Does.Contain(name));
            }

            Assert.That(file, Does.Not.Exist);
        }
    }

    [TestCase("--ConnectionStrings:Sqlite=nonsense")]
    [TestCase("--ConnectionStrings:Sqlite=Data Source=:memory:")]
    [TestCase("--ConnectionStrings:Sqlite=Mode=ReadOnly")]
    [TestCase("--ConnectionStrings:SqlServer=Sever=here")]
    [TestCase("--contentRoot=/no/such/folder")]
    public async Task A_setting_that_names_nothing_is_told_in_a_sentence(string setting)
    {
        var (code, told) = await RunAsync(setting);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(told, Is.Not.Empty.And.Not.Contain("\n"));
        }
    }

    [TestCase("--ConnectionStrings:Sqlite", "Data Source={folder}")]
    [TestCase("--ConnectionStrings:Sqlite", "Data Source={text}/registry.db")]
    [TestCase(
        "--ConnectionStrings:SqlServer",
        "Server=127.0.0.1,1;User Id=sa;Password=x;Encrypt=False;Connect Timeout=1;Connect Retry Count=0"
    )]
    [TestCase("--urls", "nonsense")]
    [TestCase("--urls", "http://127.0.0.1:99999")]
    [TestCase("--urls", "https://127.0.0.1:0")]
    [TestCase("--urls", "http://192.0.2.1:1")]
    public async Task What_is_out_of_reach_ends_the_start_with_its_reason(string setting, string value)
    {
        var text = Path.Combine(Folder, "text");
        await File.WriteAllTextAsync(text, "A text.");
        value = value
            .Replace("{folder}", Folder, StringComparison.Ordinal)
            .Replace("{text}", text, StringComparison.Ordinal);

        var (code, told) = await RunAsync([.. NewDatabase(), setting, value, "--Database:StartupSeconds=0"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(told, Does.Contain("The registry cannot start: "));
            Assert.That(told, Does.Not.Contain("   at "), "A stack is no sentence.");
        }
    }

    [Test]
    public async Task A_port_in_use_ends_the_start_with_its_reason()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var (code, told) = await RunAsync([.. NewDatabase(), "--urls", $"http://127.0.0.1:{port}"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(told, Does.Contain($"127.0.0.1:{port}: address already in use").And.Not.Contain("   at "));
        }
    }

    [Test]
    public async Task A_command_says_in_a_sentence_what_is_out_of_reach()
    {
        string[] database = NewDatabase();
        var (export, toldOfExport) = await RunAsync([
            "export",
            Path.Combine(Folder, "no-such-folder", "copy.ndjson"),
            .. database,
        ]);
        var (import, toldOfImport) = await RunAsync([
            "import",
            typeof(Program).Assembly.Location,
            "--ConnectionStrings:Sqlite",
            $"Data Source={Folder}",
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { export, import }, Is.All.EqualTo(3));
            Assert.That(toldOfExport, Does.Contain("no-such-folder").And.Not.Contain("\n"));
            Assert.That(toldOfImport, Does.Contain("is a folder").And.Not.Contain("\n"));
        }
    }

    [Test]
    public async Task A_setting_may_stand_before_and_behind_the_file_and_in_both_forms()
    {
        var file = Path.Combine(Folder, "settings.db");
        var copy = Path.Combine(Folder, "copy.ndjson");

        var (apart, toldApart) = await RunAsync("export", "--ConnectionStrings:Sqlite", $"Data Source={file}", copy);
        var (joined, toldJoined) = await RunAsync("export", copy, $"--ConnectionStrings:Sqlite=Data Source={file}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(apart, Is.Zero, toldApart);
            Assert.That(joined, Is.Zero, toldJoined);
            Assert.That(file, Does.Exist);
            Assert.That(File.ReadLines(copy).Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void README_lists_settings_that_the_program_knows()
    {
        var listed = SettingRow()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .Select(match => match.Groups["name"].Value.Replace("--", "", StringComparison.Ordinal))
            .ToArray();

        Assert.That(listed, Has.Length.GreaterThan(5).And.SubsetOf(Settings.All.Select(setting => setting.Name)));
    }

    private static string[] NewDatabase() =>
        [
            "--Catalogue:Load=false",
            $"--ConnectionStrings:Sqlite=Data Source={Path.Combine(Folder, $"{Guid.NewGuid():N}.db")}",
        ];

    private static async Task<(int Code, string Told)> RunAsync(params string[] arguments)
    {
        await using var process = RegistryProcess.Run(arguments);
        return (await process.ExitCodeAsync(), process.Output.Trim());
    }

    [GeneratedRegex(@"^\| `(?<name>(\w+(:\w+)+|AllowedHosts|--urls))`", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
