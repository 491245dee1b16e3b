using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>What a caller, a cache or a script of another site may keep and ask again.</summary>
public sealed class KeepingAnswers(Engine engine) : SettledTest(engine)
{
    private const string Elsewhere = "https://elsewhere.example";
    private const string Portal = "https://portal.example";

    protected override (string Name, string Value)[] Settings => [("Cors:Origins", $"{Portal}, https://b.example")];

    [TestCase("/v1/states")]
    [TestCase("/v1/states?format=csv")]
    [TestCase("/v1/forums/PACT/members")]
    [TestCase("/v1/forums/PACT/reconciliation?on=2020-01-01")]
    [TestCase("/v1/states/KAZ/history")]
    public async Task A_list_is_held_until_anything_is_written(string path)
    {
        using var first = await App.GetAsync(path);
        using var held = await GetAsync(path, first);
        await App.EstablishStateAsync("NPL");
        using var changed = await GetAsync(path, first);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Headers.ETag!.IsWeak);
            Assert.That(held.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(held.Headers.ETag, Is.EqualTo(first.Headers.ETag));
            Assert.That(await held.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task A_list_in_another_form_is_another_answer()
    {
        using var first = await App.GetAsync("/v1/states");
        using var other = await GetAsync("/v1/states?format=ndjson", first);

        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_record_in_another_form_has_a_tag_that_changes_nothing()
    {
        using var linked = await App.GetAsync("/v1/forums/PACT?format=jsonld");
        using var held = await GetAsync("/v1/forums/PACT?format=jsonld", linked);
        using var change = await App.PatchAsync("/v1/forums/PACT", "{}", linked.Headers.ETag!.ToString());

        Assert.That(held.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        await change.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task Bad_parameters_are_refused_whatever_is_held()
    {
        using var first = await App.GetAsync("/v1/states");
        using var answer = await GetAsync("/v1/states?limit=0", first);

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["limit"]));
    }

    [Test]
    public async Task A_question_asked_by_post_has_no_tag()
    {
        var question = new { queries = new[] { new { name = "State KAZ" } } };

        using var answer = await App.PostAsync("/v1/match", question);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.ETag, Is.Null);
    }

    [Test]
    public async Task Scripts_of_any_site_may_read()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/v1/forums/PACT", Elsewhere);
        using var preflight = await SendAsync(HttpMethod.Options, "/v1/forums/PACT", Elsewhere, "GET", "if-none-match");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Header(answer, "Access-Control-Expose-Headers"), Does.Contain("ETag").And.Contain("Link"));
            Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Header(preflight, "Access-Control-Allow-Headers"), Is.EqualTo("if-none-match"));
        }
    }

    [TestCase("/v1/match")]
    [TestCase("/v1/reconcile")]
    public async Task Scripts_of_any_site_may_ask_by_post(string path)
    {
        using var preflight = await SendAsync(HttpMethod.Options, path, Elsewhere, "POST", "content-type");
        using var answer = await SendAsync(HttpMethod.Post, path, Elsewhere);
        using var reading = await SendAsync(HttpMethod.Options, "/v1/reconcile", Elsewhere, "GET", "x-api-key");
        using var other = await SendAsync(HttpMethod.Options, "/v1/states", Elsewhere, "POST", "content-type");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(preflight.IsSuccessStatusCode);
            Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Header(preflight, "Access-Control-Allow-Methods"), Does.Contain("POST"));
            Assert.That(Header(preflight, "Access-Control-Allow-Headers"), Is.EqualTo("content-type"));
            Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Header(reading, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
            Assert.That(Header(other, "Access-Control-Allow-Origin"), Is.Null);
        }
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    public async Task Scripts_of_the_sites_in_the_settings_may_write_and_no_others(string method)
    {
        using var known = await SendAsync(HttpMethod.Options, "/v1/forums/PACT", Portal, method, "x-api-key");
        using var unknown = await SendAsync(HttpMethod.Options, "/v1/forums/PACT", Elsewhere, method, "x-api-key");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(known, "Access-Control-Allow-Origin"), Is.EqualTo(Portal));
            Assert.That(Header(known, "Access-Control-Allow-Methods"), Does.Contain(method));
            Assert.That(Header(known, "Access-Control-Allow-Headers"), Is.EqualTo("x-api-key"));
            Assert.That(Header(unknown, "Access-Control-Allow-Origin"), Is.Null);
        }
    }

    [Test]
    public async Task No_cookie_goes_with_anything()
    {
        using var answer = await SendAsync(HttpMethod.Options, "/v1/forums/PACT", Portal, "PUT", "x-api-key");

        Assert.That(Header(answer, "Access-Control-Allow-Credentials"), Is.Null);
    }

    private Task<HttpResponseMessage> GetAsync(string path, HttpResponseMessage held)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(held.Headers.ETag!);
        return App.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string origin,
        string? asked = null,
        string? headers = null
    )
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (asked is not null)
        {
            request.Headers.Add("Access-Control-Request-Method", asked);
            request.Headers.Add("Access-Control-Request-Headers", headers);
        }

        return App.Http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
