using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Registry.Api.Tests.Access;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>A registry at https://registry.example/data, behind a known proxy that takes the prefix from the path.</summary>
public sealed class ServingBehindAProxy(Engine engine) : AccessTest(engine)
{
    private static readonly (string Name, string Value)[] Forwarded =
    [
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "registry.example"),
        ("X-Forwarded-Prefix", "/data"),
    ];

    protected override (string Name, string Value)[] Settings =>
        [("Proxy:Known", "127.0.0.1, 10.0.0.0/8"), ("AllowedHosts", "registry.example;127.0.0.1")];

    [Test]
    public async Task Every_address_leads_back_through_the_proxy()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CSTO"));
        await App.EstablishStateAsync("KAZ");

        using var created = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/forums",
            RegistryApp.ForumOf("SCO"),
            Forwarded
        );
        using var page = await AskAsync("/v1/forums?limit=1");
        var next = (string)JsonNode.Parse(await page.Content.ReadAsStringAsync())!["next"]!;
        var feed = XDocument.Parse(await TextAsync("/v1/changes?format=atom"));
        var manifest = JsonNode.Parse(await TextAsync("/v1/reconcile"))!;
        var index = JsonNode.Parse(await TextAsync("/v1"))!;
        var problem = JsonNode.Parse(await TextAsync("/v1/forums/NONE"))!;
        using var moved = await AskAsync("/");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location!.ToString(), Is.EqualTo("/data/v1/forums/SCO"));
            Assert.That(next, Does.StartWith("/data/v1/forums?"));
            Assert.That(page.Headers.GetValues("Link").Single(), Does.StartWith("</data/v1/forums?"));
            Assert.That(
                feed.Descendants().Attributes("href").Select(href => href.Value),
                Is.All.StartsWith("https://registry.example/data/v1/")
            );
            Assert.That((string?)manifest["identifierSpace"], Is.EqualTo("https://registry.example/data/v1/"));
            Assert.That((string?)index["documentation"], Is.EqualTo("/data/swagger"));
            Assert.That((string?)index["collections"]![0]!["path"], Does.StartWith("/data/v1/"));
            Assert.That((string?)problem["type"], Is.EqualTo("/data/problems/not-found"));
            Assert.That(await TextAsync("/problems"), Does.Contain("href=\"/data/problems/not-found\""));
            Assert.That(moved.Headers.Location!.ToString(), Is.EqualTo("/data/swagger"));
            Assert.That(await TextAsync("/openapi/v1.json"), Does.Contain("\"url\": \"/data\""));
            Assert.That(await TextAsync("/openapi/v1.yaml"), Does.Contain("- url: /data\n"));
        }
    }

    [Test]
    public async Task Calendars_and_linked_data_have_the_address_of_the_proxy()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        await App.PostAsync(
            "/v1/meetings",
            new
            {
                id = "cica-1",
                forum = "CICA",
                kind = "summit",
                titles = RegistryApp.TextsOf("First"),
                starts = "2030-01-01",
                ends = "2030-01-02",
            }
        );

        Assert.That(
            await TextAsync("/v1/meetings?format=ical"),
            Does.Contain("URL:https://registry.example/data/v1/meetings/cica-1")
        );
        Assert.That(
            await TextAsync("/v1/forums/CICA?format=jsonld"),
            Does.Contain("https://registry.example/data/v1/forums/CICA")
        );
    }

    [Test]
    public async Task The_client_is_the_one_that_the_proxy_names()
    {
        await SendAsync(RegistryApp.AdminKey, "POST", "/v1/forums", RegistryApp.ForumOf("CICA"), Forwarded);
        await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/forums",
            RegistryApp.ForumOf("CSTO"),
            ("X-Forwarded-For", "203.0.113.66, 203.0.113.8, 10.1.2.3")
        );

        var addresses = (await AuditAsync("action=written", 2)).Select(entry => (string?)entry["address"]);

        // The part before an unknown address is what a stranger says.
        Assert.That(addresses, Is.EqualTo(new[] { "203.0.113.8", "203.0.113.7" }));
    }

    [TestCase("//other.example")]
    [TestCase("/a//other.example")]
    [TestCase("/<script>")]
    [TestCase("other.example")]
    public async Task A_prefix_that_leads_elsewhere_is_left_out(string prefix)
    {
        using var moved = await AskAsync("/", ("X-Forwarded-Prefix", prefix));

        Assert.That(
            moved.StatusCode == HttpStatusCode.BadRequest || moved.Headers.Location!.ToString() == "/swagger",
            Is.True
        );
    }

    [Test]
    public async Task Another_host_than_the_allowed_ones_is_refused()
    {
        using var direct = await AskAsync("/v1/forums", ("Host", "evil.example"));
        using var forwarded = await AskAsync("/v1/changes?format=atom", ("X-Forwarded-Host", "evil.example"));

        Assert.That(direct.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await forwarded.Content.ReadAsStringAsync(), Does.Not.Contain("evil.example"));
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await AskAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> AskAsync(string path) => AskAsync(path, Forwarded);

    private async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = App.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }
}

/// <summary>A registry without a known proxy.</summary>
public sealed class ServingDirectly(Engine engine) : AccessTest(engine)
{
    [Test]
    public async Task What_a_stranger_says_of_forwarding_counts_for_nothing()
    {
        (string, string)[] forged =
        [
            ("X-Forwarded-For", "203.0.113.7"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Prefix", "/evil"),
            ("Forwarded", "for=203.0.113.7;host=evil.example;proto=https"),
        ];
        using var created = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/forums",
            RegistryApp.ForumOf("CICA"),
            forged
        );
        using var feed = await SendAsync(RegistryApp.AdminKey, "GET", "/v1/changes?format=atom", null, forged);

        Assert.That(created.Headers.Location!.ToString(), Is.EqualTo("/v1/forums/CICA"));
        Assert.That(await feed.Content.ReadAsStringAsync(), Does.Not.Contain("evil"));
        Assert.That((string?)(await AuditAsync("action=written"))[0]["address"], Is.EqualTo("127.0.0.1"));
    }

    [TestCase("evil.example")]
    [TestCase("192.0.2.1:81")]
    public async Task An_absolute_address_never_has_a_host_that_nobody_checked(string host)
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        foreach (
            var path in new[]
            {
                "/v1/changes?format=atom",
                "/v1/reconcile",
                "/v1/forums/CICA?format=jsonld",
                "/v1/meetings?format=ical",
            }
        )
        {
            using var answer = await SendAsync(RegistryApp.AdminKey, "GET", path, null, ("Host", host));
            var text = await answer.Content.ReadAsStringAsync();

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(text, Does.Not.Contain(host), path);
        }
    }

    [Test]
    public async Task The_machine_itself_may_be_called_localhost()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        using var answer = await SendAsync(
            RegistryApp.AdminKey,
            "GET",
            "/v1/forums/CICA?format=jsonld",
            null,
            ("Host", "localhost:8080")
        );

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("http://localhost:8080/v1/forums/CICA"));
    }
}

/// <summary>A registry whose proxy keeps the prefix in the path.</summary>
public sealed class ServingUnderAPrefix(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("PathBase", "/registry/")];

    [Test]
    public async Task Paths_begin_with_the_prefix_and_so_do_addresses()
    {
        using var created = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/registry/v1/forums",
            RegistryApp.ForumOf("CICA")
        );
        var located = created.Headers.Location!.ToString();

        Assert.That(located, Is.EqualTo("/registry/v1/forums/CICA"));
        await App.ReadAsync(located);
        Assert.That(
            await App.Http.GetStringAsync("/registry/openapi/v1.yaml"),
            Does.Contain("- url: /registry\n").And.Contain("  /v1/forums:\n")
        );
    }

    [Test]
    public async Task What_is_cached_for_one_prefix_is_not_served_for_another()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CSTO"));
        for (var round = 0; round < 2; round++)
        {
            Assert.That((string?)(await App.ReadAsync("/v1/forums?limit=1"))["next"], Does.StartWith("/v1/"));
            Assert.That(
                (string?)(await App.ReadAsync("/registry/v1/forums?limit=1"))["next"],
                Does.StartWith("/registry/v1/")
            );
        }
    }
}
