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
            foreach (var suggested in new[] { "entity", "property", "type" })
            {
                Assert.That((string?)manifest["suggest"]![suggested]!["service_url"], Is.EqualTo(here));
            }

            Assert.That((string?)manifest["preview"]!["url"], Does.StartWith(here).And.Contain("{{id}}"));
            Assert.That(
                (string?)manifest["extend"]!["propose_properties"]!["service_path"],
                Is.EqualTo("/v1/reconcile/properties")
            );
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

    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("\"\\ud800\"")]
    [TestCase(
        """{"q":{"query":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}}}"""
    )]
    public async Task What_is_no_batch_is_refused(string batch)
    {
        Assert.That(await (await PostAsync(batch)).FieldsAtFaultAsync(), Is.EqualTo(new[] { "queries" }));
        Assert.That(
            await (await App.GetAsync($"/v1/reconcile?queries={Uri.EscapeDataString(batch)}")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "queries" })
        );
    }

    [TestCase("7", "object")]
    [TestCase("null", "object")]
    [TestCase("{}", "query: It is required")]
    [TestCase("""{"query":null}""", "query: It is required")]
    [TestCase("""{"query":7}""", "query: It is a text")]
    [TestCase("""{"query":"\ud800"}""", "invalid Unicode")]
    [TestCase("""{"query":"a","type":"claims"}""", "type: It is one or more of states")]
    [TestCase("""{"query":"a","type":[7]}""", "type: It is one or more of states")]
    [TestCase("""{"query":"a","limit":0}""", "limit: ")]
    [TestCase("""{"query":"a","limit":"many"}""", "limit: ")]
    [TestCase("""{"query":"a","limit":1.5}""", "limit: ")]
    [TestCase("""{"query":"a","properties":{}}""", "properties: It is a list")]
    [TestCase("""{"query":"a","properties":[{"pid":"country"}]}""", "properties: Each")]
    [TestCase("""{"query":"a","properties":[7]}""", "properties: Each")]
    public async Task A_bad_query_has_an_error_of_its_own_and_the_others_are_answered(string query, string error)
    {
        var answer = await (
            await PostAsync($$$"""{"before":{"query":"Kazakhstan"},"bad":{{{query}}},"after":{"query":"Kazakhstan"}}""")
        ).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)answer["bad"]!["error"], Does.Contain(error));
            Assert.That(answer["bad"]!["result"]!.AsArray(), Is.Empty);
            foreach (var good in new[] { "before", "after" })
            {
                Assert.That((string?)answer[good]!["result"]![0]!["id"], Is.EqualTo("states/KAZ"));
                Assert.That(answer[good]!["error"], Is.Null);
            }
        }
    }

    [Test]
    public async Task A_key_that_is_given_twice_has_an_error_and_the_others_are_answered()
    {
        var answer = await (
            await PostAsync("""{"q":{"query":"a"},"q":{"query":"b"},"other":{"query":"Kazakhstan"}}""")
        ).OkAsync();

        Assert.That((string?)answer["q"]!["error"], Does.Contain("more than one"));
        Assert.That((string?)answer["other"]!["result"]![0]!["id"], Is.EqualTo("states/KAZ"));
    }

    [TestCase("""{"query":"Kazakhstan","type":null,"limit":null,"properties":null,"type_strict":null}""")]
    [TestCase("""{"query":"Kazakhstan","type":[],"properties":[]}""")]
    [TestCase("""{"query":"Kazakhstan","type":{"id":"states","name":"state"},"limit":5.0}""")]
    [TestCase("""{"query":"Kazakhstan","type_strict":"very","colour":{"red":[1]},"limit":1e300}""")]
    public async Task Nulls_are_as_absent_and_members_that_are_not_known_are_left_out_of_account(string query)
    {
        var plain = await (await PostAsync("""{"q":{"query":"Kazakhstan"}}""")).OkAsync();

        var answer = await (await PostAsync($$$"""{"q":{{{query}}}}""")).OkAsync();

        Assert.That((string?)answer["q"]!["result"]![0]!["id"], Is.EqualTo("states/KAZ"));
        Assert.That(answer["q"]!["result"]![0]!.ToJsonString(), Is.EqualTo(plain["q"]!["result"]![0]!.ToJsonString()));
    }

    [TestCase("""{"pid":"P17","v":"Mali"}""", "P17 left out of account")]
    [TestCase("""{"pid":"on","v":"then"}""", "on left out of account: no date")]
    [TestCase("""{"pid":"country","v":null}""", null)]
    [TestCase("""{"pid":"kind","v":[null,""]}""", null)]
    public async Task Properties_that_say_nothing_are_left_out_of_account_and_that_is_said(
        string property,
        string? note
    )
    {
        var answer = await (
            await PostAsync($$$"""{"q":{"query":"Kazakhstan","properties":[{{{property}}}]}}""")
        ).OkAsync();

        var first = answer["q"]!["result"]![0]!;
        Assert.That((string?)first["id"], Is.EqualTo("states/KAZ"));
        Assert.That((bool)first["match"]!, Is.True);
        Assert.That((string?)first["description"], note is null ? Does.Not.Contain("left out") : Does.Contain(note));
    }

    [Test]
    public async Task Values_of_records_are_fetched()
    {
        await App.PatchAsync(
            "/v1/forums/CICA",
            new
            {
                seat = new { city = "Astana", country = "KAZ" },
                founded = "1992-10",
                identifiers = new[] { new { scheme = "wikidata", value = "Q1" }, new { scheme = "uia", value = "7" } },
            }
        );

        const string Extend = """
            {"ids":["forums/CICA","forums/NONE","nonsense","bodies/CICA/staff"],
             "properties":[{"id":"seat.country"},{"id":"founded"},{"id":"identifiers.wikidata"},{"id":"version"},
              {"id":"identifiers","settings":{"limit":"1"}},{"id":"forum"},{"id":"names.en"},{"id":"names.fr"},{"id":"P17"}]}
            """;
        var posted = await (await ExtendAsync(Extend)).OkAsync();
        var got = await App.ReadAsync($"/v1/reconcile?extend={Uri.EscapeDataString(Extend.ReplaceLineEndings(""))}");

        Assert.That(got.ToJsonString(), Is.EqualTo(posted.ToJsonString()));
        var forum = posted["rows"]!["forums/CICA"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                forum["seat.country"]!.ToJsonString(),
                Is.EqualTo("""[{"id":"states/KAZ","name":"Kazakhstan"}]""")
            );
            Assert.That(forum["founded"]!.ToJsonString(), Is.EqualTo("""[{"str":"1992-10"}]"""));
            Assert.That(forum["identifiers.wikidata"]!.ToJsonString(), Is.EqualTo("""[{"str":"Q1"}]"""));
            Assert.That(forum["identifiers"]!.ToJsonString(), Is.EqualTo("""[{"str":"wikidata:Q1"}]"""));
            Assert.That(forum["version"]!.ToJsonString(), Is.EqualTo("""[{"int":2}]"""));
            Assert.That(forum["names.en"]!.ToJsonString(), Is.EqualTo("""[{"str":"Conference of Kazakhstan"}]"""));
            foreach (var empty in new[] { "forum", "names.fr", "P17" })
            {
                Assert.That(forum[empty]!.AsArray(), Is.Empty, empty);
            }

            foreach (var unknown in new[] { "forums/NONE", "nonsense" })
            {
                Assert.That(
                    posted["rows"]![unknown]!.AsObject().All(cell => cell.Value!.AsArray().Count == 0),
                    Is.True,
                    unknown
                );
            }

            Assert.That(
                posted["rows"]!["bodies/CICA/staff"]!["forum"]!.ToJsonString(),
                Does.StartWith("""[{"id":"forums/CICA",""")
            );
            Assert.That(
                posted["meta"]![0]!.ToJsonString(),
                Is.EqualTo("""{"id":"seat.country","name":"seat country","type":{"id":"states","name":"state"}}""")
            );
            Assert.That(posted["meta"]!.AsArray(), Has.Count.EqualTo(9));
        }
    }

    [TestCase("nonsense", "extend")]
    [TestCase("[]", "extend")]
    [TestCase("{}", "extend.ids", "extend.properties")]
    [TestCase("""{"ids":[7],"properties":[{}]}""", "extend.ids", "extend.properties")]
    [TestCase(
        """{"ids":["states/KAZ"],"properties":[{"id":"name","settings":{"limit":"all"}}]}""",
        "extend.properties"
    )]
    [TestCase("""{"ids":["\ud800"],"properties":[]}""", "extend")]
    public async Task What_is_no_data_extension_query_is_refused(string extend, params string[] fields) =>
        Assert.That(await (await ExtendAsync(extend)).FieldsAtFaultAsync(), Is.EqualTo(fields));

    [Test]
    public async Task A_data_extension_query_names_at_most_200_records()
    {
        var ids = new JsonArray([.. Enumerable.Range(0, 201).Select(number => (JsonNode)$"states/X{number}")]);

        var answer = await ExtendAsync(
            new JsonObject { ["ids"] = ids, ["properties"] = new JsonArray() }.ToJsonString()
        );

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "extend.ids" }));
    }

    [Test]
    public async Task Every_property_that_is_proposed_is_suggested_and_can_be_fetched()
    {
        var manifest = await App.ReadAsync("/v1/reconcile");
        foreach (var type in manifest["defaultTypes"]!.AsArray().Select(type => (string)type!["id"]!))
        {
            var proposed = await App.ReadAsync($"/v1/reconcile/properties?type={type}");
            string[] ids = [.. proposed["properties"]!.AsArray().Select(property => (string)property!["id"]!)];
            Assert.That(ids, Does.Contain("version").And.Unique, type);

            var suggested = await App.ReadAsync(
                $"/v1/reconcile/suggest/property?prefix={Uri.EscapeDataString(ids[0])}"
            );
            Assert.That(IdsOf(suggested), Does.Contain(ids[0]));
        }

        var states = await App.ReadAsync("/v1/reconcile/properties?type=states&limit=2");
        Assert.That(states["properties"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((int)states["limit"]!, Is.EqualTo(2));

        var all = await App.ReadAsync("/v1/reconcile/properties?type=states");
        var extend = new JsonObject
        {
            ["ids"] = new JsonArray("states/KAZ"),
            ["properties"] = new JsonArray([
                .. all["properties"]!
                    .AsArray()
                    .Select(property => new JsonObject { ["id"] = (string)property!["id"]! }),
            ]),
        };
        var row = (await (await ExtendAsync(extend.ToJsonString())).OkAsync())["rows"]!["states/KAZ"]!.AsObject();
        foreach (var (member, _) in await App.ReadAsync("/v1/states/KAZ") as JsonObject ?? [])
        {
            Assert.That(row[member]?.AsArray(), Is.Not.Null.And.Not.Empty, member);
        }
    }

    [Test]
    public async Task Properties_and_types_are_suggested_while_somebody_types()
    {
        var properties = await App.ReadAsync("/v1/reconcile/suggest/property?prefix=COUN");
        var types = await App.ReadAsync("/v1/reconcile/suggest/type?prefix=st");
        var later = await App.ReadAsync("/v1/reconcile/suggest/type?prefix=st&cursor=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IdsOf(properties).First(), Is.EqualTo("country"));
            Assert.That(IdsOf(properties), Does.Contain("seat.country"));
            Assert.That(IdsOf(types), Is.EqualTo(new[] { "states" }));
            Assert.That(IdsOf(later), Is.Empty);
        }
    }

    [Test]
    public async Task A_record_is_previewed_as_a_page_whose_text_is_no_markup()
    {
        await App.EstablishForumAsync("EVIL", Named("<script>alert(1)</script> & Sons"));

        var answer = await App.GetAsync("/v1/reconcile/preview?id=forums%2FEVIL");
        var page = await answer.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
            Assert.That(page, Does.Contain("&lt;script&gt;").And.Contain("href=\"/v1/forums/EVIL\""));
            Assert.That(page, Does.Not.Contain("<script>"));
        }

        await (await App.GetAsync("/v1/reconcile/preview?id=forums/NONE")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
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
            new FormUrlEncodedContent([new("queries", "{}"), new("more", "{}")])
        );
        var both = await App.Http.PostAsync(
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
        Assert.That(await more.FieldsAtFaultAsync(), Is.EqualTo(new[] { "more" }));
        Assert.That(await both.FieldsAtFaultAsync(), Is.EqualTo(new[] { "extend" }));
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

    private Task<HttpResponseMessage> ExtendAsync(string extend) =>
        App.Http.PostAsync("/v1/reconcile", new FormUrlEncodedContent([new("extend", extend)]));

    private Task<HttpResponseMessage> PostAsync(string queries) =>
        App.Http.PostAsync("/v1/reconcile", new FormUrlEncodedContent([new("queries", queries)]));
}
