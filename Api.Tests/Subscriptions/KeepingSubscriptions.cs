using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Subscriptions;

public sealed class KeepingSubscriptions(Engine engine) : WebhookTest(engine)
{
    private const string OwnSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Test]
    public async Task A_subscription_comes_back_as_it_was_sent_but_for_its_secret()
    {
        var filter = """
            {"collections":["outcomes"],"forum":"CICA","state":"KAZ","operations":["created"],"verbs":["adopted"]}
            """.Trim();
        var answer = await App.PostAsync(
            "/v1/subscriptions",
            new
            {
                id = "portal",
                url = Receiver.Url,
                filter = JsonNode.Parse(filter),
                secret = OwnSecret,
            }
        );

        var created = await answer.CreatedAsync();
        var read = await App.GetAsync("/v1/subscriptions/portal");
        var record = await read.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/v1/subscriptions/portal"));
            Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(read.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That(read.Headers.CacheControl?.NoStore, Is.True);
            Assert.That((string?)created["secret"], Is.EqualTo(OwnSecret));
            Assert.That(record.AsObject(), Has.No.ContainKey("secret"));
            Assert.That((string?)record["url"], Is.EqualTo(Receiver.Url));
            Assert.That(record["filter"]!.ToJsonString(), Is.EqualTo(filter));
            Assert.That((string?)record["status"], Is.EqualTo("active"));
            Assert.That((string?)record["createdBy"], Is.EqualTo("admin"));
            Assert.That((long?)record["position"], Is.Zero);
        }
    }

    [Test]
    public async Task A_secret_is_made_where_none_is_given_and_the_id_from_the_host()
    {
        var first = await (await App.PostAsync("/v1/subscriptions", new { url = Receiver.Url })).CreatedAsync();
        var second = await (await App.PostAsync("/v1/subscriptions", new { url = Receiver.Url })).CreatedAsync();

        Assert.That((string?)first["id"], Is.EqualTo("127-0-0-1"));
        Assert.That((string?)second["id"], Is.EqualTo("127-0-0-1-2"));
        Assert.That((string?)first["secret"], Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
        Assert.That((string?)second["secret"], Is.Not.EqualTo((string?)first["secret"]));
    }

    [Test]
    public async Task The_secret_is_shown_once()
    {
        var secret = (string)(await SubscribeAsync())["secret"]!;
        await App.EstablishStateAsync("KAZ");
        await CaughtUpAsync();
        var patched = await App.PatchAsync("/v1/subscriptions/portal", new { paused = true });

        var seen = string.Concat(
            await patched.Content.ReadAsStringAsync(),
            (await SubscriptionAsync()).ToJsonString(),
            (await App.ReadAsync("/v1/subscriptions")).ToJsonString(),
            (await App.ReadAsync("/v1/subscriptions/portal/deliveries")).ToJsonString(),
            string.Concat(await App.QueryAsync<string?>("SELECT Record FROM Change")),
            string.Concat(await App.QueryAsync<string>("SELECT Collection FROM Change"))
        );

        Assert.That(seen, Does.Not.Contain("whsec_").And.Not.Contain(secret["whsec_".Length..]));
        Assert.That(seen, Does.Not.Contain("subscriptions\",\"id"));
    }

    [TestCase("GET", "/v1/subscriptions")]
    [TestCase("HEAD", "/v1/subscriptions")]
    [TestCase("POST", "/v1/subscriptions")]
    [TestCase("GET", "/v1/subscriptions/portal")]
    [TestCase("HEAD", "/v1/subscriptions/portal")]
    [TestCase("PATCH", "/v1/subscriptions/portal")]
    [TestCase("DELETE", "/v1/subscriptions/portal")]
    [TestCase("GET", "/v1/subscriptions/portal/deliveries")]
    [TestCase("POST", "/v1/subscriptions/portal/test")]
    [TestCase("POST", "/v1/subscriptions/portal/secret")]
    [TestCase("GET", "/v1/subscriptions/nobody")]
    public async Task Without_the_key_nobody_sees_or_does_anything(string method, string path)
    {
        await SubscribeAsync();
        using var stranger = App.WithoutKey();
        foreach (var key in new[] { null, "wrong" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (key is not null)
            {
                request.Headers.Add("X-Api-Key", key);
            }

            using var answer = await stranger.SendAsync(request);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            if (method != "HEAD")
            {
                await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
            }
        }

        Assert.That(Receiver.All, Is.Empty);
    }

    [TestCase("portal.example/hook")]
    [TestCase("ftp://portal.example/hook")]
    [TestCase("https://user@portal.example/hook")]
    [TestCase("https://user:password@portal.example/hook")]
    [TestCase("https://portal.example/hook#part")]
    [TestCase("https:///hook")]
    [TestCase("http://portal.example/hook")]
    [TestCase("https://localhost/hook")]
    [TestCase("https://localhost:8443/hook")]
    [TestCase("https://127.0.0.2/hook")]
    [TestCase("https://2130706434/hook")]
    [TestCase("https://0x7f000002/hook")]
    [TestCase("https://0177.0.0.2/hook")]
    [TestCase("https://10.1.2.3/hook")]
    [TestCase("https://172.16.0.1/hook")]
    [TestCase("https://192.168.1.1/hook")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://100.64.0.1/hook")]
    [TestCase("https://0.0.0.0/hook")]
    [TestCase("https://[::1]/hook")]
    [TestCase("https://[::]/hook")]
    [TestCase("https://[::ffff:127.0.0.1]/hook")]
    [TestCase("https://[::ffff:a00:1]/hook")]
    [TestCase("https://[fd00::1]/hook")]
    [TestCase("https://[fe80::1]/hook")]
    [TestCase("https://[64:ff9b::7f00:1]/hook")]
    [TestCase("https://203.0.113.7/hook")]
    [TestCase("https://224.0.0.1/hook")]
    public async Task An_address_that_nothing_may_be_sent_to_is_refused(string url)
    {
        await SubscribeAsync();

        var created = await App.PostAsync("/v1/subscriptions", new { url });
        var corrected = await App.PatchAsync("/v1/subscriptions/portal", new { url });

        Assert.That(await created.FieldsAtFaultAsync(), Is.EqualTo(["url"]));
        Assert.That(await corrected.FieldsAtFaultAsync(), Is.EqualTo(["url"]));
        Assert.That((string?)(await SubscriptionAsync())["url"], Is.EqualTo(Receiver.Url));
    }

    [Test]
    public async Task A_host_that_comes_to_mean_this_machine_is_refused_when_it_is_sent_to()
    {
        await SubscribeAsync();
        await App.QueryAsync<int>($"UPDATE Subscription SET Url = 'https://localhost:{Receiver.Port}/hook'");

        var test = await (await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test")).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)test["delivered"], Is.False);
            Assert.That((string?)test["error"], Is.EqualTo("The host has no public address."));
            Assert.That(Receiver.All, Is.Empty);
        }
    }

    [Test]
    public async Task A_host_that_is_trusted_no_more_is_not_sent_to_in_the_clear()
    {
        await SubscribeAsync();
        await App.QueryAsync<int>($"UPDATE Subscription SET Url = 'http://localhost:{Receiver.Port}/hook'");

        var test = await (await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test")).OkAsync();

        Assert.That((string?)test["error"], Does.Contain("https://"));
        Assert.That(Receiver.All, Is.Empty);
    }

    [TestCase("""{ "collections": [] }""", "filter.collections")]
    [TestCase("""{ "collections": ["forums", "wishes"] }""", "filter.collections[1]")]
    [TestCase("""{ "forum": "cica" }""", "filter.forum")]
    [TestCase("""{ "state": "KZ" }""", "filter.state")]
    [TestCase("""{ "operations": ["read"] }""", "filter.operations[0]")]
    [TestCase("""{ "verbs": ["sang"] }""", "filter.verbs[0]")]
    [TestCase("""{ "collections": ["forums"], "verbs": ["adopted"] }""", "filter.verbs")]
    [TestCase("""{ "colour": "red" }""", "filter.colour")]
    public async Task A_filter_that_means_nothing_is_refused(string filter, string field)
    {
        var answer = await App.PostAsync(
            "/v1/subscriptions",
            new { url = Receiver.Url, filter = JsonNode.Parse(filter) }
        );

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo([field]));
    }

    [TestCase("short")]
    [TestCase("whsec_c2hvcnQ=")]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public async Task A_secret_of_another_shape_is_refused(string secret)
    {
        await SubscribeAsync();

        var created = await App.PostAsync("/v1/subscriptions", new { url = Receiver.Url, secret });
        var rotated = await App.PostAsync("/v1/subscriptions/portal/secret", new { secret });

        Assert.That(await created.FieldsAtFaultAsync(), Is.EqualTo(["secret"]));
        Assert.That(await rotated.FieldsAtFaultAsync(), Is.EqualTo(["secret"]));
    }

    [Test]
    public async Task What_only_a_new_subscription_says_cannot_be_corrected()
    {
        await SubscribeAsync();

        var secret = await App.PatchAsync("/v1/subscriptions/portal", new { secret = OwnSecret });
        var after = await App.PatchAsync("/v1/subscriptions/portal", new { after = 0 });

        Assert.That(await secret.FieldsAtFaultAsync(), Is.EqualTo(["secret"]));
        Assert.That(await after.FieldsAtFaultAsync(), Is.EqualTo(["after"]));
    }

    [Test]
    public async Task A_change_names_the_version_it_means()
    {
        await SubscribeAsync();
        const string Address = "/v1/subscriptions/portal";

        var unsaid = await App.PatchAsync(Address, new { paused = true }, ifMatch: null);
        var right = await App.PatchAsync(Address, new { paused = true }, ifMatch: "\"1\"");
        var stale = await App.DeleteAsync(Address, ifMatch: "\"1\"");
        var deleted = await App.DeleteAsync(Address, ifMatch: "\"2\"");

        await unsaid.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        Assert.That((int?)(await right.OkAsync())["version"], Is.EqualTo(2));
        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Progress_is_no_new_version()
    {
        await SubscribeAsync();
        await App.EstablishStateAsync("KAZ");
        await CaughtUpAsync();

        var patched = await App.PatchAsync("/v1/subscriptions/portal", new { paused = true }, ifMatch: "\"1\"");

        await patched.OkAsync();
    }

    [Test]
    public async Task An_id_is_given_once()
    {
        await SubscribeAsync();
        var again = await App.PostAsync("/v1/subscriptions", new { id = "portal", url = Receiver.Url });
        await App.DeleteAsync("/v1/subscriptions/portal");
        var later = await App.PostAsync("/v1/subscriptions", new { id = "portal", url = Receiver.Url });

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
        await later.ProblemAsync(HttpStatusCode.Conflict, "id-retired");
        Assert.That((await App.ReadAsync("/v1/subscriptions"))["items"]!.AsArray(), Is.Empty);
        Assert.That(await App.QueryAsync<string>("SELECT SecretProtected FROM Subscription"), Is.EqualTo([""]));
    }

    [TestCase("/v1/subscriptions/nobody")]
    [TestCase("/v1/subscriptions/nobody/deliveries")]
    public async Task Nobody_is_not_found(string path) =>
        await (await App.GetAsync(path)).ProblemAsync(HttpStatusCode.NotFound, "not-found");

    [TestCase("/v1/subscriptions?knownAt=2026-01-01T00:00:00Z", "knownAt")]
    [TestCase("/v1/subscriptions/portal/deliveries?knownAt=2026-01-01T00:00:00Z", "knownAt")]
    [TestCase("/v1/subscriptions?status=deleted", "status")]
    public async Task What_is_not_kept_cannot_be_asked(string path, string field)
    {
        await SubscribeAsync();

        Assert.That(await (await App.GetAsync(path)).FieldsAtFaultAsync(), Is.EqualTo([field]));
    }
}
