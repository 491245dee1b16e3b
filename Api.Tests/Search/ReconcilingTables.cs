using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>What OpenRefine asks of a reconciliation service (Reconciliation Service API 0.2).</summary>
public sealed class ReconcilingTables(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Some_records()
    {
        await App.EstablishStateAsync("KAZ", Named("Kazakhstan", kind: "short"), Named("Republic of Kazakhstan"));
        await App.EstablishForumAsync("CICA", Named("Conference of Kazakhstan"));
        await App.EstablishBodyAsync("CICA", "staff");
    }

    [Test]
    public async Task The_manifest_says_what_the_service_is_and_where()
    {
        var manifest = await App.ReadAsync("/v1/reconcile");

        var here = App.Http.BaseAddress!.ToString().TrimEnd('/');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest["versions"]!.ToJsonString(), Is.EqualTo("""["0.2"]"""));
            Assert.That((string?)manifest["identifierSpace"], Is.EqualTo($"{here}/v1/"));
            Assert.That((string?)manifest["schemaSpace"], Is.EqualTo($"{here}/v1/"));
            Assert.That((string?)manifest["view"]!["url"], Does.StartWith(here).And.Contain("{{id}}"));
            Assert.That((string?)manifest["suggest"]!["entity"]!["service_url"], Is.EqualTo(here));
            Assert.That(
                manifest["defaultTypes"]!.AsArray().Select(type => (string?)type!["id"]),
                Does.Contain("states").And.Contain("sources")
            );
        }
    }

    [Test]
    public async Task A_batch_is_answered_under_its_keys_whether_posted_or_in_the_address()
    {
        const string Batch = """
            {"q1":{"query":"Kazakstan","type":"states","limit":3},
             "q0":{"query":"Kazakhstan","type":["forums","states"],"type_strict":"any"},
             "none":{"query":"Atlantis"},"blank":{"query":""},"nameless":{"properties":[{"pid":"on","v":2015}]}}
            """;

        var posted = await (await PostAsync(Batch)).OkAsync();
        var got = await App.ReadAsync($"/v1/reconcile?queries={Uri.EscapeDataString(Batch.ReplaceLineEndings(""))}");

        Assert.That(got.ToJsonString(), Is.EqualTo(posted.ToJsonString()));
        var first = posted["q1"]!["result"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)first["id"], Is.EqualTo("states/KAZ"));
            Assert.That((string?)first["name"], Is.EqualTo("Kazakhstan"));
            Assert.That(first["type"]!.ToJsonString(), Is.EqualTo("""[{"id":"states","name":"state"}]"""));
            Assert.That((double)first["score"]!, Is.InRange(80, 100));
            Assert.That((bool)first["match"]!, Is.True);
            Assert.That(
                posted["q0"]!["result"]!.AsArray().Select(candidate => (string?)candidate!["id"]),
                Is.EqualTo(new[] { "states/KAZ", "forums/CICA" })
            );
            foreach (var empty in new[] { "none", "blank", "nameless" })
            {
                Assert.That(posted[empty]!["result"]!.AsArray(), Is.Empty, empty);
            }
        }
    }

    [TestCase("\"KAZ\"")]
    [TestCase("\"Kazakhstan\"")]
    [TestCase("""{"id":"states/KAZ","name":"x"}""")]
    [TestCase("""["KAZ","SWZ"]""")]
    public async Task Properties_refine_a_query(string country)
    {
        await App.EstablishStateAsync("SWZ", Named("Eswatini"));
        foreach (var state in new[] { "KAZ", "SWZ" })
        {
            await App.EstablishPostAsync($"{state.ToLowerInvariant()}.fm", of: state);
            await App.PatchAsync(
                $"/v1/posts/{state.ToLowerInvariant()}.fm",
                new { titles = RegistryApp.TextsOf("Foreign Minister") }
            );
        }

        var answer = await (
            await PostAsync(
                $$$"""{"q":{"query":"Foreign Minister","properties":[{"pid":"country","v":{{{country}}}},{"pid":"on","v":"2020"}]}}"""
            )
        ).OkAsync();

        var candidates = answer["q"]!["result"]!.AsArray();
        Assert.That(
            candidates.Select(candidate => (string?)candidate!["id"]),
            Is.EqualTo(new[] { "posts/kaz.fm", "posts/swz.fm" })
        );
        Assert.That((bool)candidates[0]!["match"]!, Is.True);
    }

    [Test]
    public async Task A_country_that_is_none_is_said_to_be_unknown()
    {
        var answer = await (
            await PostAsync("""{"q":{"query":"Kazakhstan","properties":[{"pid":"country","v":"Atlantis"}]}}""")
        ).OkAsync();

        Assert.That((string?)answer["q"]!["result"]![0]!["description"], Does.Contain("country not known"));
    }

    [Test]
    public async Task Records_are_suggested_while_somebody_types()
    {
        var all = await App.ReadAsync("/v1/reconcile/suggest?prefix=kaz");
        var later = await App.ReadAsync("/v1/reconcile/suggest?prefix=kaz&cursor=1");
        var states = await App.ReadAsync("/v1/reconcile/suggest?prefix=kaz&type=states");
        var sign = await App.ReadAsync("/v1/reconcile/suggest?prefix=(");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IdsOf(all), Is.EqualTo(new[] { "states/KAZ", "forums/CICA" }));
            Assert.That(IdsOf(later), Is.EqualTo(new[] { "forums/CICA" }));
            Assert.That(
                states["result"]!.AsArray().Single()!["notable"]!.ToJsonString(),
                Is.EqualTo("""[{"id":"states","name":"state"}]""")
            );
            Assert.That(IdsOf(sign), Is.Empty);
        }
    }

    [TestCase("states/KAZ", "/v1/states/KAZ")]
    [TestCase("bodies/CICA/staff", "/v1/forums/CICA/bodies/staff")]
    public async Task An_id_leads_to_its_record(string id, string path)
    {
        var answer = await App.GetAsync($"/v1/reconcile/view?id={Uri.EscapeDataString(id)}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo(path), "The client follows.");
    }

    [TestCase("")]
    [TestCase("?id=")]
    [TestCase("?id=states")]
    [TestCase("?id=claims/x")]
    [TestCase("?id=states/%0d%0aSet-Cookie")]
    public async Task What_is_no_id_leads_nowhere(string query) =>
        await (await App.GetAsync($"/v1/reconcile/view{query}")).ProblemAsync(HttpStatusCode.NotFound, "not-found");

    [TestCase("nonsense", "queries")]
    [TestCase("[]", "queries")]
    [TestCase("""{"q":7}""", "queries.q")]
    [TestCase("""{"q":{}}""", "queries.q.query")]
    [TestCase("""{"q":{"query":7}}""", "queries.q.query")]
    [TestCase("""{"q":{"query":"a"},"q":{"query":"b"}}""", "queries.q")]
    [TestCase("""{"q":{"query":"a","type":"claims"}}""", "queries.q.type")]
    [TestCase("""{"q":{"query":"a","type":[7]}}""", "queries.q.type")]
    [TestCase(
        """{"q":{"query":"a","limit":0,"type_strict":"very","more":1}}""",
        "queries.q.limit",
        "queries.q.more",
        "queries.q.type_strict"
    )]
    [TestCase("""{"q":{"query":"a","properties":{}}}""", "queries.q.properties")]
    [TestCase("""{"q":{"query":"a","properties":[{"pid":"country"}]}}""", "queries.q.properties[0]")]
    [TestCase("""{"q":{"query":"a","properties":[{"pid":"colour","v":"red"}]}}""", "queries.q.properties[0].pid")]
    [TestCase("""{"q":{"query":"a","properties":[{"pid":"on","v":"then"}]}}""", "queries.q.properties[0].v")]
    [TestCase("""{"q":{"query":"a","properties":[{"pid":"kind","v":null}]}}""", "queries.q.properties[0].v")]
    [TestCase("\"\\ud800\"", "queries")]
    [TestCase("""{"q":{"query":"\ud800"}}""", "queries")]
    public async Task Every_field_at_fault_is_named(string batch, params string[] fields)
    {
        Assert.That(await (await PostAsync(batch)).FieldsAtFaultAsync(), Is.EqualTo(fields));
        Assert.That(
            await (await App.GetAsync($"/v1/reconcile?queries={Uri.EscapeDataString(batch)}")).FieldsAtFaultAsync(),
            Is.EqualTo(fields)
        );
    }

    [Test]
    public async Task A_batch_has_at_most_100_queries()
    {
        var queries = new JsonObject();
        for (var number = 0; number < 101; number++)
        {
            queries[$"q{number}"] = new JsonObject { ["query"] = "a" };
        }

        Assert.That(
            await (await PostAsync(queries.ToJsonString())).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "queries" })
        );
    }

    [Test]
    public async Task A_form_without_queries_or_with_more_and_any_other_body_is_refused()
    {
        var bare = await App.Http.PostAsync("/v1/reconcile", new FormUrlEncodedContent([]));
        var more = await App.Http.PostAsync(
            "/v1/reconcile",
            new FormUrlEncodedContent([new("queries", "{}"), new("extend", "{}")])
        );
        var twice = await App.Http.PostAsync(
            "/v1/reconcile",
            new FormUrlEncodedContent([new("queries", "{}"), new("queries", "{}")])
        );
        var json = await App.PostAsync("/v1/reconcile", new { queries = new { } });
        var large = await App.Http.PostAsync(
            "/v1/reconcile",
            new FormUrlEncodedContent([new("queries", new string('a', 2 * 1024 * 1024))])
        );

        Assert.That(await bare.FieldsAtFaultAsync(), Is.EqualTo(new[] { "queries" }));
        Assert.That(await more.FieldsAtFaultAsync(), Is.EqualTo(new[] { "extend" }));
        Assert.That(await twice.FieldsAtFaultAsync(), Is.EqualTo(new[] { "queries" }));
        await json.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.That(json.Headers.GetValues("Accept"), Is.EqualTo(new[] { "application/x-www-form-urlencoded" }));
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("", "prefix")]
    [TestCase("?prefix=a&type=claims", "type")]
    [TestCase("?prefix=a&cursor=51", "cursor")]
    [TestCase("?prefix=a&callback=f", "callback")]
    public async Task Every_parameter_of_suggestions_at_fault_is_named(string query, params string[] fields) =>
        Assert.That(
            await (await App.GetAsync($"/v1/reconcile/suggest{query}")).FieldsAtFaultAsync(),
            Is.EqualTo(fields)
        );

    private static IEnumerable<string?> IdsOf(JsonNode suggestions) =>
        suggestions["result"]!.AsArray().Select(entity => (string?)entity!["id"]);

    private Task<HttpResponseMessage> PostAsync(string queries) =>
        App.Http.PostAsync("/v1/reconcile", new FormUrlEncodedContent([new("queries", queries)]));
}
