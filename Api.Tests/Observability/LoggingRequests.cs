using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Observability;

/// <summary>The log of the real program, as a collector of logs reads it.</summary>
public sealed class LoggingRequests
{
    private const string Category = "Registry.Api.Observability.AccessLog";

    [Test]
    public async Task Each_request_is_a_line_of_json()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        await using var program = RegistryProcess.Start(
            database,
            ("Catalogue:Load", "false"),
            ("Log:Requests", "true"),
            ("Log:Format", "json"),
            ("Audit:Addresses", "network")
        );
        using var client = await ServingAsync(program);

        client.DefaultRequestHeaders.Add("X-Reason", "SecretReason");
        using var written = await client.PostAsJsonAsync(
            "/v1/states",
            new { code = "KAZ", names = RegistryApp.NamesOf("SecretName") }
        );
        var body = await written.Content.ReadAsByteArrayAsync();
        using var unknown = await client.GetAsync("/v1/forums/NO%0APE?lang=SecretQuery");
        await program.SaysAsync("NO%0APE");

        var lines = program
            .Output.Split('\n')
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonNode.Parse(line)!);
        var requests = lines
            .Where(line => (string?)line["Category"] == Category)
            .Select(line => line["State"]!)
            .ToArray();
        var post = requests.Single(request => (string?)request["Method"] == "POST");
        var get = requests.Single(request =>
            ((string?)request["Path"])!.StartsWith("/v1/forums", StringComparison.Ordinal)
        );
        var problem = JsonNode.Parse(await unknown.Content.ReadAsStringAsync())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)post["Path"], Is.EqualTo("/v1/states"));
            Assert.That((string?)post["Route"], Is.EqualTo("/v1/states"));
            Assert.That((int)post["Status"]!, Is.EqualTo(201));
            Assert.That((int)post["Bytes"]!, Is.EqualTo(body.Length));
            Assert.That((double)post["Milliseconds"]!, Is.Positive);
            Assert.That((string?)post["Key"], Is.EqualTo("admin"));
            Assert.That((string?)post["Address"], Is.EqualTo("127.0.0.0/24"));
            Assert.That((string?)get["Path"], Is.EqualTo("/v1/forums/NO%0APE"));
            Assert.That((string?)get["Route"], Is.EqualTo("/v1/forums/{code}"));
            Assert.That((string?)get["Key"], Is.EqualTo("-"), "An open read does not ask who calls.");
            Assert.That((string?)get["RequestId"], Is.EqualTo((string?)problem["traceId"]));
            Assert.That(program.Output, Does.Not.Contain("Secret").And.Not.Contain(program.Key!));
        }
    }

    [Test]
    public async Task In_text_each_request_is_a_line_with_its_time()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        await using var program = RegistryProcess.Start(
            database,
            ("Catalogue:Load", "false"),
            ("Log:Requests", "true"),
            ("Audit:Addresses", "none")
        );
        using var client = await ServingAsync(program);
        using var answer = await client.GetAsync("/v1/states?limit=1");
        await program.SaysAsync("GET /v1/states 200");

        var line = program.Output.Split('\n').Single(line => line.Contains("GET /v1/states 200"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                DateTimeOffset.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, out _),
                Is.True,
                line
            );
            Assert.That(line, Does.Contain("route /v1/states, key -, address -, request 00-").And.Not.Contain("limit"));
        }
    }

    [Test]
    public async Task No_request_is_logged_by_default()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        await using var program = RegistryProcess.Start(database, ("Catalogue:Load", "false"));
        using var client = await ServingAsync(program);
        using var answer = await client.GetAsync("/v1/states?limit=1");
        await program.TerminateAsync();
        await program.ExitCodeAsync();

        Assert.That(program.Output, Does.Contain("Application is shutting down").And.Not.Contain("/v1/states"));
    }

    private static async Task<HttpClient> ServingAsync(RegistryProcess program)
    {
        var client = await program.ServingAsync();
        await program.SaysAsync("Application started");
        client.DefaultRequestHeaders.Add("X-Api-Key", program.Key);
        return client;
    }
}
