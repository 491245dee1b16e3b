using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Startup;

/// <summary>The files that the program makes beside an SQLite database.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class KeepingSecretsInFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("registry-secrets-").FullName;

    private string Database => Path.Combine(_folder, "registry.db");

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    public async Task Nobody_but_the_owner_reads_them()
    {
        await using var program = Start();
        using var client = await program.ServingAsync();

        Assert.That(program.KeyFile, Is.EqualTo($"{Database}.admin-key"));
        Assert.That(program.Output, Does.Not.Contain(program.Key));
        foreach (var file in new[] { "", "-wal", "-shm", ".key", ".admin-key" })
        {
            Assert.That(File.GetUnixFileMode(Database + file), Is.EqualTo(OwnerOnly), file);
        }
    }

    [Test]
    public async Task No_secret_lies_in_the_database_or_in_what_the_program_says()
    {
        var secrets = new List<string>();
        await using (var program = Start(("Webhooks:AllowedHosts", "127.0.0.1"), ("Logging:LogLevel:Default", "Trace")))
        {
            using var client = await program.ServingAsync();
            secrets.Add(program.Key!);
            client.DefaultRequestHeaders.Add("X-Api-Key", program.Key);
            client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
            using var key = await client.PostAsJsonAsync("/v1/keys", new { label = "Portal", role = "reader" });
            secrets.Add((string)(await key.CreatedAsync())["key"]!);
            client.DefaultRequestHeaders.Remove("Idempotency-Key");
            client.DefaultRequestHeaders.Add("Idempotency-Key", "once-more");
            using var subscription = await client.PostAsJsonAsync(
                "/v1/subscriptions",
                new { id = "portal", url = "http://127.0.0.1:9/" }
            );
            secrets.Add((string)(await subscription.CreatedAsync())["secret"]!);
            using var wrong = await client.GetAsync($"/v1/forums?nonsense={Uri.EscapeDataString(secrets[0])}");
            await program.TerminateAsync();
            await program.ExitCodeAsync();

            foreach (var secret in secrets)
            {
                Assert.That(program.Output, Does.Not.Contain(secret));
            }
        }

        foreach (
            var file in Directory.GetFiles(_folder).Where(file => !file.EndsWith("-key", StringComparison.Ordinal))
        )
        {
            var content = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            foreach (var secret in secrets)
            {
                Assert.That(content, Does.Not.Contain(secret), Path.GetFileName(file));
            }
        }
    }

    [Test]
    public async Task A_replaced_key_still_opens_what_the_former_one_closed_while_it_is_configured()
    {
        var (former, present) = (NewKey(), NewKey());
        string adminKey;
        await using (var program = Start(("Secrets:Key", former)))
        {
            using var client = await program.ServingAsync();
            adminKey = program.Key!;
            using var first = await CreateAsync(client, adminKey);
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        await using (var program = Start(("Secrets:Key", present), ("Secrets:FormerKeys", former)))
        {
            using var client = await program.ServingAsync();
            using var again = await CreateAsync(client, adminKey);
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        await using (var program = Start(("Secrets:Key", present)))
        {
            using var client = await program.ServingAsync();
            using var lost = await CreateAsync(client, adminKey);
            await lost.ProblemAsync(HttpStatusCode.Conflict, "response-unreadable");
        }
    }

    [Test]
    public async Task A_key_that_is_none_stops_the_program_with_the_name_of_the_setting()
    {
        await using var program = Start(("Secrets:FormerKeys", "c2hvcnQ="));

        Assert.That(await program.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That(program.Output, Does.Contain("Secrets:FormerKeys"));
        Assert.That(program.Output, Does.Not.Contain("c2hvcnQ="));
        Assert.That(File.Exists(Database), Is.False);
    }

    private RegistryProcess Start(params (string Name, string Value)[] settings) =>
        RegistryProcess.Run(
            ["--urls", "http://127.0.0.1:0"],
            [("ConnectionStrings:Sqlite", $"Data Source={Database}"), ("Catalogue:Load", "false"), .. settings]
        );

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static async Task<HttpResponseMessage> CreateAsync(HttpClient client, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys")
        {
            Content = JsonContent.Create(new { label = "Portal", role = "reader" }),
        };
        request.Headers.Add("X-Api-Key", key);
        request.Headers.Add("Idempotency-Key", "once");
        return await client.SendAsync(request);
    }
}

/// <summary>The command <c>keys</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class KeysOnTheCommandLine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("registry-keys-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_key_is_created_listed_rotated_and_revoked()
    {
        var (exit, created) = await RunAsync(
            "keys",
            "create",
            "Secretariat",
            "--forum",
            "CICA",
            "--tier",
            "high",
            "--days",
            "30"
        );
        Assert.That(exit, Is.Zero, created);
        Assert.That(created, Does.Contain("The key has the id secretariat.").And.Match("reg_[A-Za-z0-9]{49}"));

        var (_, listed) = await RunAsync("keys", "list");
        Assert.That(listed, Does.Match("secretariat +editor +active +Secretariat \\(CICA\\), quotas high, expires"));
        Assert.That(listed, Does.Not.Contain("reg_"));

        var (_, rotated) = await RunAsync("keys", "rotate", "secretariat", "--overlap-hours", "0");
        Assert.That(rotated, Does.Match("reg_[A-Za-z0-9]{49}"));

        var (_, revoked) = await RunAsync("keys", "revoke", "secretariat");
        Assert.That(revoked, Does.Not.Contain("reg_"));
        Assert.That((await RunAsync("keys", "list")).Output, Does.Match("secretariat +editor +revoked"));
    }

    [TestCase(2, "create", "X", "--role", "owner")]
    [TestCase(2, "create", "X", "--role", "admin", "--forum", "CICA")]
    [TestCase(2, "create", "X", "--forum", "?")]
    [TestCase(2, "create", "X", "--collection", "planets")]
    [TestCase(2, "create", "X", "--days", "0")]
    [TestCase(2, "create", "X", "--tier", "endless")]
    [TestCase(2, "create")]
    [TestCase(2, "rotate", "x", "--overlap-hours", "-1")]
    [TestCase(3, "revoke", "nobody")]
    public async Task What_cannot_be_meant_is_said_so(int expected, params string[] arguments)
    {
        var (exit, output) = await RunAsync(["keys", .. arguments]);

        Assert.That(exit, Is.EqualTo(expected), output);
        Assert.That(output, Is.Not.Empty.And.Not.Contains("   at "));
    }

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        await using var program = RegistryProcess.Run(
            arguments,
            ("ConnectionStrings:Sqlite", $"Data Source={Path.Combine(_folder, "registry.db")}")
        );
        return (await program.ExitCodeAsync(), program.Output);
    }
}
