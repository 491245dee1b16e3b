using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class MergingRecords(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task The_same_person_twice()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT");
        await App.EstablishPostAsync("kaz.minister");
        await App.EstablishPostAsync("kaz.envoy");
        await (
            await App.PostAsync(
                "/v1/ministers",
                new
                {
                    id = "tileuberdi",
                    names = RegistryApp.TextsOf("Mukhtar Tileuberdi"),
                    identifiers = new[] { new { scheme = "wikidata", value = "Q1" } },
                }
            )
        ).CreatedAsync();
        await (
            await App.PostAsync(
                "/v1/ministers",
                new
                {
                    id = "tleuberdi",
                    names = new[]
                    {
                        new { language = "en", text = "Mukhtar Tileuberdi" },
                        new { language = "ru", text = "Мухтар Тлеуберди" },
                    },
                    born = "1968",
                    identifiers = new[]
                    {
                        new { scheme = "wikidata", value = "Q1" },
                        new { scheme = "viaf", value = "2" },
                    },
                }
            )
        ).CreatedAsync();
        await (await App.AppointAsync("tileuberdi", "kaz.minister", from: "2019", until: "2022")).CreatedAsync();
        await (await App.AppointAsync("tleuberdi", "kaz.envoy", from: "2010", id: "old-appointment")).CreatedAsync();
        await (
            await App.PostAsync(
                "/v1/meetings",
                new
                {
                    id = "pact-1",
                    titles = RegistryApp.TextsOf("First meeting"),
                    forum = "PACT",
                    kind = "ministerial",
                    status = "held",
                    starts = "2021-05-01",
                    chair = new { member = new { kind = "state", code = "KAZ" }, minister = "tleuberdi" },
                    participants = new[]
                    {
                        new
                        {
                            name = "M. Tleuberdi",
                            minister = "tleuberdi",
                            capacity = "delegate",
                            of = new { kind = "state", code = "KAZ" },
                        },
                    },
                }
            )
        ).CreatedAsync();
        await (
            await App.PostAsync(
                "/v1/meetings/pact-1/outcomes",
                new
                {
                    verb = "elected",
                    texts = RegistryApp.TextsOf("A chair was elected"),
                    mentions = new[] { new { kind = "minister", code = "tleuberdi" } },
                }
            )
        ).CreatedAsync();
    }

    [Test]
    public async Task Whatever_named_the_one_names_the_other()
    {
        await MergeAsync();

        var appointment = await App.ReadAsync("/v1/appointments/old-appointment");
        var meeting = await App.ReadAsync("/v1/meetings/pact-1");
        var outcomes = await App.ReadAsync("/v1/outcomes?mentions=tileuberdi");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)appointment["minister"], Is.EqualTo("tileuberdi"));
            Assert.That((string?)meeting["chair"]!["minister"], Is.EqualTo("tileuberdi"));
            Assert.That((string?)meeting["participants"]![0]!["minister"], Is.EqualTo("tileuberdi"));
            Assert.That((string?)meeting["participants"]![0]!["name"], Is.EqualTo("M. Tleuberdi"));
            Assert.That(outcomes["items"]!.AsArray(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_the_one_says_more_is_added_to_the_other()
    {
        var merged = await MergeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)merged["id"], Is.EqualTo("tileuberdi"));
            Assert.That((string?)merged["born"], Is.EqualTo("1968"));
            Assert.That(
                merged["names"]!.AsArray().Select(name => (string?)name!["text"]),
                Is.EqualTo(["Mukhtar Tileuberdi", "Мухтар Тлеуберди"])
            );
            Assert.That(
                merged["identifiers"]!.AsArray().Select(identifier => (string?)identifier!["scheme"]),
                Is.EqualTo(["wikidata", "viaf"])
            );
            Assert.That(
                (await App.ReadAsync("/v1/ministers/tileuberdi")).ToJsonString(),
                Is.EqualTo(merged.ToJsonString())
            );
        }
    }

    [TestCase("GET", "/v1/ministers/tleuberdi", "/v1/ministers/tileuberdi")]
    [TestCase("HEAD", "/v1/ministers/tleuberdi", "/v1/ministers/tileuberdi")]
    [TestCase("GET", "/v1/ministers/TLEUBERDI?format=jsonld", "/v1/ministers/tileuberdi?format=jsonld")]
    [TestCase("GET", "/v1/ministers/tleuberdi/appointments?limit=1", "/v1/ministers/tileuberdi/appointments?limit=1")]
    [TestCase("DELETE", "/v1/ministers/tleuberdi", "/v1/ministers/tileuberdi")]
    public async Task The_old_id_leads_on(string method, string path, string location)
    {
        await MergeAsync();

        using var answer = await AskAsync(path, method);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PermanentRedirect));
            Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo(location));
        }
    }

    [Test]
    public async Task The_old_id_leads_on_to_the_last_of_several()
    {
        await MergeAsync();
        await App.EstablishMinisterAsync("third");
        await (await App.PostAsync("/v1/ministers/tileuberdi/merge", new { into = "third" })).OkAsync();

        using var answer = await AskAsync("/v1/ministers/tleuberdi");

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/v1/ministers/third"));
    }

    [Test]
    public async Task What_was_known_before_is_known_still()
    {
        var before = await App.ReadAsync("/v1/ministers/tleuberdi");
        var instant = (string)before["recordedAt"]!;
        await MergeAsync();

        var then = await App.ReadAsync($"/v1/ministers/tleuberdi?knownAt={instant}");
        var history = await App.ReadAsync("/v1/ministers/tleuberdi/history");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(then.ToJsonString(), Is.EqualTo(before.ToJsonString()));
            Assert.That(history.Each(version => version["operation"]), Is.EqualTo(["created", "deleted"]));
        }
    }

    [Test]
    public async Task Two_who_hold_a_post_at_once_are_merged_when_that_is_settled()
    {
        await (await App.AppointAsync("tleuberdi", "kaz.minister", from: "2023", id: "second")).CreatedAsync();
        await (
            await App.PutAsync(
                "/v1/posts/kaz.minister",
                new
                {
                    kind = "other",
                    of = new { kind = "state", code = "KAZ" },
                    titles = RegistryApp.TextsOf("Minister"),
                    singleHolder = false,
                },
                ifMatch: "*"
            )
        ).OkAsync();
        await (await App.PatchAsync("/v1/appointments/second", new { from = "2020" })).OkAsync();

        using var refused = await App.PostAsync("/v1/ministers/tleuberdi/merge", new { into = "tileuberdi" });

        await refused.ProblemAsync(HttpStatusCode.Conflict, "already-appointed");
        Assert.That(
            (string?)(await App.ReadAsync("/v1/appointments/old-appointment"))["minister"],
            Is.EqualTo("tleuberdi"),
            "Nothing is half merged."
        );
        await App.DeleteAsync("/v1/appointments/second");
        await MergeAsync();
    }

    [Test]
    public async Task A_claim_on_a_single_value_goes_along_and_one_on_a_place_in_a_list_does_not()
    {
        await (
            await App.PostAsync(
                "/v1/sources",
                new
                {
                    id = "gazette",
                    title = "Gazette",
                    citation = "Gazette",
                    kind = "press",
                    reliability = "high",
                }
            )
        ).CreatedAsync();
        await ClaimAsync("birth", "/born", "1967");
        await ClaimAsync("name", "/names/1/text", "Мухтар Бескенович Тлеуберди");

        using (var refused = await App.PostAsync("/v1/ministers/tleuberdi/merge", new { into = "tileuberdi" }))
        {
            var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
            Assert.That((string?)problem["detail"], Does.Contain("'name'"));
        }

        await App.DeleteAsync("/v1/claims/name");
        await MergeAsync();

        var claim = await App.ReadAsync("/v1/claims/birth");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)claim["subject"]!["id"], Is.EqualTo("tileuberdi"));
            Assert.That((bool?)claim["rival"], Is.True);
        }
    }

    [TestCase("tleuberdi", HttpStatusCode.BadRequest, "invalid-request")]
    [TestCase("nobody", HttpStatusCode.Conflict, "unknown-reference")]
    public async Task What_it_is_merged_into_is_another_record(string into, HttpStatusCode status, string problem)
    {
        using var answer = await App.PostAsync("/v1/ministers/tleuberdi/merge", new { into });

        await answer.ProblemAsync(status, problem);
    }

    [Test]
    public async Task A_merger_meant_for_another_version_is_refused()
    {
        using var answer = await App.SendAsync(
            HttpMethod.Post,
            "/v1/ministers/tleuberdi/merge",
            new { into = "tileuberdi" },
            ifMatch: "\"7\""
        );

        await answer.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task Posts_are_merged_too()
    {
        await App.EstablishPostAsync("kaz.special-envoy");
        await (await App.PostAsync("/v1/posts/kaz.envoy/merge", new { into = "kaz.special-envoy" })).OkAsync();

        using var old = await AskAsync("/v1/posts/kaz.envoy");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(old.Headers.Location?.OriginalString, Is.EqualTo("/v1/posts/kaz.special-envoy"));
            Assert.That(
                (string?)(await App.ReadAsync("/v1/appointments/old-appointment"))["post"],
                Is.EqualTo("kaz.special-envoy")
            );
        }
    }

    /// <summary>Asks without following where the answer leads.</summary>
    private async Task<HttpResponseMessage> AskAsync(string path, string method = "GET")
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = App.Http.BaseAddress,
        };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Api-Key", RegistryApp.AdminKey);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return await client.SendAsync(request);
    }

    private async Task<JsonNode> MergeAsync() =>
        await (await App.PostAsync("/v1/ministers/tleuberdi/merge", new { into = "tileuberdi" })).OkAsync();

    private async Task ClaimAsync(string id, string field, string value) =>
        await (
            await App.PostAsync(
                "/v1/claims",
                new
                {
                    id,
                    subject = new { collection = "ministers", id = "tleuberdi" },
                    field,
                    value,
                    source = "gazette",
                    confidence = "low",
                }
            )
        ).CreatedAsync();
}
