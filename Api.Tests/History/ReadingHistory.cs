using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.History;

public sealed class ReadingHistory(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_state_with_three_versions()
    {
        await App.EstablishStateAsync("KAZ");
        await SendAsync(HttpMethod.Patch, """{ "subregion": "Central Asia" }""", "Found in M49");
        await SendAsync(
            HttpMethod.Patch,
            """{ "subregion": null, "identifiers": [{ "scheme": "wikidata", "value": "Q232" }] }"""
        );
    }

    [Test]
    public async Task Every_version_tells_who_wrote_it_when_and_why()
    {
        var history = await App.ReadAsync("/v1/states/KAZ/history");

        var items = history["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Select(item => (int?)item!["version"]), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(items.Select(item => (long?)item!["sequence"]), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(history.Each(item => item["etag"]), Is.EqualTo(new[] { "\"1\"", "\"2\"", "\"3\"" }));
            Assert.That(history.Each(item => item["actor"]), Is.All.EqualTo("admin"));
            Assert.That(history.Each(item => item["reason"]), Is.EqualTo(new[] { null, "Found in M49", null }));
            Assert.That(history.Each(item => item["operation"]), Is.EqualTo(new[] { "created", "updated", "updated" }));
            Assert.That(history.Each(item => item["recordedAt"]), Is.Ordered.And.Unique);
        }
    }

    [Test]
    public async Task What_changed_is_told_from_what_to_what()
    {
        var items = (await App.ReadAsync("/v1/states/KAZ/history"))["items"]!.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(items[0]!["changes"], Is.Null);
            Assert.That(
                items[1]!["changes"]!.ToJsonString(),
                Is.EqualTo("""[{"op":"add","path":"/subregion","to":"Central Asia"}]""")
            );
            Assert.That(
                items[2]!["changes"]!.AsArray().Select(change => $"{change!["op"]} {change["path"]} {change["from"]}"),
                Is.EqualTo(new[] { "remove /subregion Central Asia", "add /identifiers " })
            );
        }
    }

    [Test]
    public async Task The_newest_come_first_when_asked_and_pages_walk_them_all()
    {
        var walked = await App.WalkAsync("/v1/states/KAZ/history?sort=-version&limit=1", item => item["etag"]);

        Assert.That(walked, Is.EqualTo(new[] { "\"3\"", "\"2\"", "\"1\"" }));
    }

    [Test]
    public async Task A_version_is_given_with_its_own_etag()
    {
        var answer = await App.GetAsync("/v1/states/KAZ?version=2");
        var record = await answer.OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"2\""));
            Assert.That((string?)record["subregion"], Is.EqualTo("Central Asia"));
            Assert.That((int?)record["version"], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_version_that_never_was_is_not_found()
    {
        await (await App.GetAsync("/v1/states/KAZ?version=4")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.GetAsync("/v1/states/ZZZ/history")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            await (await App.GetAsync("/v1/states/KAZ?version=0")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "version" })
        );
    }

    [Test]
    public async Task A_deleted_record_keeps_its_history()
    {
        await App.DeleteAsync("/v1/states/KAZ");

        var history = await App.ReadAsync("/v1/states/KAZ/history");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)history["items"]![3]!["operation"], Is.EqualTo("deleted"));
            Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ?version=3"))["code"], Is.EqualTo("KAZ"));
        }

        await (await App.GetAsync("/v1/states/KAZ?version=4")).ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task History_too_is_told_as_it_was_known()
    {
        var items = (await App.ReadAsync("/v1/states/KAZ/history"))["items"]!.AsArray();
        var second = (string?)items[1]!["recordedAt"];

        var known = await App.ReadAsync($"/v1/states/KAZ/history?knownAt={second}");

        Assert.That(known["items"]!.AsArray(), Has.Count.EqualTo(2));
        await (await App.GetAsync($"/v1/states/KAZ?version=3&knownAt={second}")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Test]
    public async Task A_reason_has_at_most_500_characters()
    {
        var answer = await SendAsync(HttpMethod.Patch, "{}", new string('x', 501));

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "X-Reason" }));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string body, string? reason = null)
    {
        var request = new HttpRequestMessage(method, "/v1/states/KAZ")
        {
            Content = new StringContent(
                body,
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json")
            ),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (reason is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Reason", reason);
        }

        return App.Http.SendAsync(request);
    }
}
