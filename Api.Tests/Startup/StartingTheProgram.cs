using System.Net;
using System.Net.Http.Json;
using Dapper;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Tests.Startup;

[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StartingTheProgram(Engine engine)
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task An_untouched_database()
    {
        _database = await TestDatabases.TakeUntouchedAsync(engine);
    }

    [Test]
    public async Task Two_processes_can_start_at_once_on_one_database()
    {
        await using var one = RegistryProcess.Start(_database);
        await using var other = RegistryProcess.Start(_database);

        using var client = await one.ServingAsync();
        using var otherClient = await other.ServingAsync();
        var states = await client.GetStringAsync("/v1/states?count=true&limit=1");
        var otherStates = await otherClient.GetStringAsync("/v1/states?count=true&limit=1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(states, Is.EqualTo(otherStates).And.Contains("\"total\":"));
            Assert.That(new[] { one.Key, other.Key }.Count(key => key is not null), Is.EqualTo(1));
            Assert.That(
                new[] { one, other }.Count(process => process.Output.Contains("Loaded", StringComparison.Ordinal)),
                Is.EqualTo(1)
            );
        }
    }

    [Test]
    public async Task The_first_key_is_shown_once_and_may_write()
    {
        string key;
        await using (var first = RegistryProcess.Start(_database, ("Catalogue:Load", "false")))
        {
            using var client = await first.ServingAsync();
            key = first.Key!;
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
            using var written = await client.PostAsJsonAsync(
                "/v1/states",
                new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan") }
            );
            Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        await using var second = RegistryProcess.Start(_database, ("Catalogue:Load", "false"));
        using var again = await second.ServingAsync();
        again.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var deleted = await again.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, "/v1/states/KAZ") { Headers = { { "If-Match", "*" } } }
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Key, Is.Null);
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [Test]
    public async Task A_key_that_one_process_revokes_is_refused_by_the_other_at_once()
    {
        await using var one = RegistryProcess.Start(_database, ("Catalogue:Load", "false"));
        using var client = await one.ServingAsync();
        await using var other = RegistryProcess.Start(_database, ("Catalogue:Load", "false"));
        using var otherClient = await other.ServingAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", one.Key);
        using var created = await client.PostAsJsonAsync("/v1/keys", new { label = "Portal", role = "reader" });
        otherClient.DefaultRequestHeaders.Add("X-Api-Key", (string)(await created.CreatedAsync())["key"]!);
        using var before = await otherClient.GetAsync("/v1/me");
        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var revoked = await client.PostAsync("/v1/keys/portal/revoke", null);

        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var after = await otherClient.GetAsync("/v1/me");
        await after.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using (var first = RegistryProcess.Start(_database, ("Catalogue:Load", "false")))
        {
            using var client = await first.ServingAsync();
        }

        await using (var connection = _database.Connect())
        {
            await connection.ExecuteAsync(
                "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_future.sql', '2030-01-01')"
            );
        }

        await using var second = RegistryProcess.Start(_database, ("Catalogue:Load", "false"));

        var newest = Path.GetFileNameWithoutExtension(Migrator.ScriptsOf(new SqliteDialect())[^1].Name);
        Assert.That(await second.ExitCodeAsync(), Is.EqualTo(3));
        Assert.That(second.Output, Does.Contain("9999_future").And.Contain(newest).And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_short_admin_key_stops_the_program_before_it_touches_the_database()
    {
        await using var program = RegistryProcess.Start(
            _database,
            ("Access:AdminKey", "too-short"),
            ("Catalogue:Load", "false")
        );

        var exit = await program.ExitCodeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exit, Is.Not.Zero);
            Assert.That(program.Output, Does.Contain("Access:AdminKey").And.Not.Contain("too-short"));
        }
    }

    [Test]
    public async Task The_catalogue_is_loaded_into_an_empty_registry_alone()
    {
        await using (var first = RegistryProcess.Start(_database, ("Catalogue:Load", "false")))
        {
            using var client = await first.ServingAsync();
            client.DefaultRequestHeaders.Add("X-Api-Key", first.Key);
            await client.PostAsJsonAsync("/v1/states", new { code = "XAA", names = RegistryApp.NamesOf("Alone") });
        }

        await using var second = RegistryProcess.Start(_database);
        using var later = await second.ServingAsync();

        var page = await (await later.GetAsync("/v1/states")).OkAsync();
        Assert.That(page.Each(state => state["code"]), Is.EqualTo(new[] { "XAA" }));
    }
}
