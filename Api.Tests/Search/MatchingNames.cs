using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>Names that somebody else has are matched with records, and it is said how sure that is.</summary>
public sealed class MatchingNames(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Some_records()
    {
        await App.EstablishStateAsync(
            "KAZ",
            Named("Kazakhstan", kind: "short"),
            Named("Republic of Kazakhstan"),
            Named("哈萨克斯坦", "zh", "short")
        );
        await App.EstablishStateAsync(
            "SWZ",
            Named("Eswatini", kind: "short", from: "2018-04-19"),
            Named("Swaziland", kind: "short", until: "2018-04-18")
        );
        await App.EstablishForumAsync("SCO", Named("Shanghai Cooperation Organisation"), Named("ШОС", "ru", "acronym"));
    }

    [TestCase("KAZAKHSTAN", "KAZ", 1.0, "same name")]
    [TestCase("Kazakhstan Republic of", "KAZ", 0.95, "same words in another order")]
    [TestCase("Kazakstan", "KAZ", 0.855, "one letter differs")]
    [TestCase("Qazakhstan", "KAZ", 0.855, "one letter differs")]
    [TestCase("哈萨克斯坦", "KAZ", 1.0, "same name")]
    [TestCase("KAZ", "KAZ", 0.95, "code")]
    [TestCase("ШОС", "SCO", 0.9, "acronym")]
    [TestCase("Ш.О.С.", "SCO", 0.9, "acronym")]
    [TestCase("Shanghai Cooperation Organization", "SCO", 0.97, "same words")]
    [TestCase("Swaziland", "SWZ", 0.95, "same name", "former name, until 2018")]
    public async Task The_record_is_found_with_a_score_and_the_reasons(
        string name,
        string id,
        double score,
        params string[] reasons
    )
    {
        var candidate = (await MatchAsync(new { name }))[0]!["candidates"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)candidate["id"], Is.EqualTo(id));
            Assert.That((double)candidate["score"]!, Is.EqualTo(score).Within(0.01));
            Assert.That((bool)candidate["match"]!, Is.True);
            Assert.That(candidate["reasons"]!.AsArray().Select(reason => (string?)reason), Is.EqualTo(reasons));
            await App.ReadAsync((string)candidate["path"]!);
        }
    }

    [TestCase("kaz")]
    [TestCase("K.A.Z.")]
    [TestCase("шос")]
    [TestCase("Kazakhstan and Swaziland")]
    [TestCase("New Kazakhstan")]
    [TestCase("Shanghai Cooperation")]
    [TestCase("S. Cooperation Organisation")]
    [TestCase("Swazilanp")]
    public async Task What_is_not_the_whole_name_as_it_is_written_is_not_sure(string name)
    {
        var candidates = (await MatchAsync(new { name }))[0]!["candidates"]!.AsArray();

        Assert.That(candidates.Select(candidate => (bool)candidate!["match"]!), Is.All.False);
    }

    [TestCase("Republic of Irelond", false)]
    [TestCase("Ireland", false)]
    [TestCase("Republic of Iceland", true)]
    public async Task A_word_of_another_name_is_no_misspelling(string name, bool sure)
    {
        await App.EstablishStateAsync("ISL", Named("Iceland", kind: "short"), Named("Republic of Iceland"));
        await App.EstablishForumAsync("IRA", Named("Friends of Ireland"));

        var first = (await MatchAsync(new { name }))[0]!["candidates"]![0]!;

        Assert.That((bool)first["match"]!, Is.EqualTo(sure));
    }

    [Test]
    public async Task A_misspelling_of_two_names_is_sure_of_neither()
    {
        await App.EstablishStateAsync("AAA", Named("Slovakia", kind: "short"));
        await App.EstablishStateAsync("BBB", Named("Slovenia", kind: "short"));
        await App.EstablishStateAsync("CCC", Named("Mauritania", kind: "short"));

        var results = await MatchAsync(
            new { name = "Slovania" },
            new { name = "Mauritannia" },
            new { name = "Slovenia" }
        );

        Assert.That(
            results.Select(result => (bool)result!["candidates"]![0]!["match"]!),
            Is.EqualTo(new[] { false, true, true })
        );
    }

    [TestCase("A.B.", "AB")]
    [TestCase("Đorđe Testović", "Djordje Testovic")]
    [TestCase("Мар'яна Їжак", "Марʼяна Їжак")]
    [TestCase("Мар'яна Їжак", "Маряна Їжак")]
    [TestCase("عبد الرحمن الاختبار", "عبدالرحمن الاختبار")]
    [TestCase("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi")]
    [TestCase("Jürgen Møller", "Juergen Moeller")]
    [TestCase("Strauß, Łukasz", "Strauss Lukasz")]
    [TestCase("朝鲜", "朝鲜")]
    public async Task A_name_is_matched_however_it_is_written(string name, string asked)
    {
        await (
            await App.PostAsync("/v1/ministers", new { id = "one", names = RegistryApp.TextsOf(name) })
        ).CreatedAsync();

        var first = (await MatchAsync(new { name = asked, types = new[] { "ministers" } }))[0]!["candidates"]![0]!;

        Assert.That((string?)first["id"], Is.EqualTo("one"));
        Assert.That((bool)first["match"]!, Is.True);
    }

    [Test]
    public async Task Two_names_in_one_are_sure_where_both_are_of_one_record()
    {
        var results = await MatchAsync(
            new { name = "Eswatini (Swaziland)" },
            new { name = "Swaziland/Eswatini" },
            new { name = "Eswatini (Kazakhstan)" }
        );

        Assert.That(
            results.Select(result => (bool)result!["candidates"]![0]!["match"]!),
            Is.EqualTo(new[] { true, true, false })
        );
        Assert.That(ReasonsOf(results[0]!["candidates"]![0]!), Does.Contain("also Swaziland"));
    }

    [Test]
    public async Task A_name_of_common_words_is_not_taken_for_a_rare_one()
    {
        await App.EstablishStateAsync("LBY", Named("United Kingdom of Libya"));
        await App.EstablishStateAsync("XYZ", Named("Kingdom of Zed"), Named("Zed", kind: "short"));

        var results = await MatchAsync(
            new { name = "United Kingdom" },
            new { name = "Kingdom" },
            new { name = "The Kingdom of" },
            new { name = "Zed Kingdom" }
        );

        Assert.That(
            results.Select(result => result!["candidates"]!.AsArray().Any(candidate => (bool)candidate!["match"]!)),
            Is.EqualTo(new[] { false, false, false, true })
        );
    }

    [TestCase("N/A")]
    [TestCase("none")]
    [TestCase("unknown")]
    [TestCase("нет")]
    [TestCase("无")]
    [TestCase("Atlantis")]
    [TestCase("...")]
    public async Task A_name_of_nothing_has_no_candidates(string name) =>
        Assert.That((await MatchAsync(new { name }))[0]!["candidates"]!.AsArray(), Is.Empty);

    [Test]
    public async Task Answers_come_in_the_order_of_the_queries_with_no_more_candidates_than_asked_for()
    {
        for (var number = 1; number <= 3; number++)
        {
            await App.EstablishForumAsync($"CL{number}", Named("Club of Friends"));
        }

        var results = await MatchAsync(
            new { name = "Club of Friends", limit = 2 },
            new { name = "Kazakhstan" },
            new { name = "Club of Friends", types = new[] { "states" } }
        );

        Assert.That(
            results.Select(result => (string?)result!["query"]),
            Is.EqualTo(new[] { "Club of Friends", "Kazakhstan", "Club of Friends" })
        );
        var clubs = results[0]!["candidates"]!.AsArray();
        Assert.That(clubs.Select(club => (string?)club!["id"]), Is.EqualTo(new[] { "CL1", "CL2" }));
        Assert.That(clubs.Select(club => (bool)club!["match"]!), Is.All.False, "They are all alike.");
        Assert.That(
            results[2]!["candidates"]!.AsArray().Select(state => (string?)state!["type"]),
            Is.All.EqualTo("states")
        );
    }

    [Test]
    public async Task What_was_not_so_called_or_not_there_on_the_day_counts_for_less()
    {
        await (
            await App.PostAsync(
                "/v1/forums",
                new
                {
                    code = "OLD",
                    names = new[] { Named("Balkan Pact") },
                    founded = "1934",
                    dissolved = "1938",
                }
            )
        ).CreatedAsync();

        var results = await MatchAsync(
            new { name = "Swaziland", on = "2015-06-01" },
            new { name = "Swaziland", on = "2020-06-01" },
            new { name = "Balkan Pact", on = "1936" },
            new { name = "Balkan Pact", on = "1950" }
        );

        var first = results.Select(result => result!["candidates"]![0]!).ToArray();
        Assert.That(
            first.Select(candidate => (double)candidate["score"]!),
            Is.EqualTo(new[] { 1, 0.9, 1, 0.7 }).Within(0.001)
        );
        Assert.That(ReasonsOf(first[1]), Does.Contain("not its name on 2020-06-01"));
        Assert.That(ReasonsOf(first[3]), Does.Contain("not there on 1950"));
        Assert.That((bool)first[3]["match"]!, Is.False);
    }

    [Test]
    public async Task The_country_tells_posts_and_ministers_of_one_name_apart()
    {
        foreach (var state in new[] { "KAZ", "SWZ" })
        {
            await (
                await App.PostAsync(
                    "/v1/posts",
                    new
                    {
                        id = $"{state.ToLowerInvariant()}.fm",
                        kind = "foreign-minister",
                        of = new { kind = "state", code = state },
                        titles = RegistryApp.TextsOf("Minister of Foreign Affairs"),
                    }
                )
            ).CreatedAsync();
            var person = $"smith-{state.ToLowerInvariant()}";
            await (
                await App.PostAsync("/v1/ministers", new { id = person, names = RegistryApp.TextsOf("John Smith") })
            ).CreatedAsync();
            await (await App.AppointAsync(person, $"{state.ToLowerInvariant()}.fm", "2020")).CreatedAsync();
        }

        var results = await MatchAsync(
            new { name = "Minister of Foreign Affairs", country = "SWZ" },
            new { name = "Minister of Foreign Affairs" },
            new { name = "Minister of Foreign Affairs of Kazakhstan" },
            new { name = "J. Smith", country = "SWZ" },
            new
            {
                name = "Minister of Foreign Affairs",
                kind = "defence-minister",
                country = "KAZ",
            }
        );

        var first = results.Select(result => result!["candidates"]![0]!).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)first[0]["id"], Is.EqualTo("swz.fm"));
            Assert.That((bool)first[0]["match"]!, Is.True);
            Assert.That(ReasonsOf(first[0]), Is.EqualTo(new[] { "same name", "of SWZ" }));
            Assert.That((bool)first[1]["match"]!, Is.False, "There are two.");
            Assert.That((string?)first[2]["id"], Is.EqualTo("kaz.fm"));
            Assert.That(ReasonsOf(first[2]), Does.Contain("name of the country"));
            Assert.That((string?)first[3]["id"], Is.EqualTo("smith-swz"));
            Assert.That(ReasonsOf(first[3]), Does.Contain("a word is only begun").And.Contain("of SWZ"));
            Assert.That(ReasonsOf(first[4]), Does.Contain("of another kind, foreign-minister"));
        }
    }

    [Test]
    public async Task Names_are_matched_as_they_were_known_at_an_instant()
    {
        var before = (string?)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"];
        await (await App.PatchAsync("/v1/states/KAZ", new { names = new[] { Named("Newland") } })).OkAsync();

        var then = await (
            await App.PostAsync($"/v1/match?knownAt={before}", new { queries = new[] { new { name = "Kazakhstan" } } })
        ).OkAsync();

        Assert.That((string?)then["results"]![0]!["candidates"]![0]!["id"], Is.EqualTo("KAZ"));
        Assert.That((await MatchAsync(new { name = "Kazakhstan" }))[0]!["candidates"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task It_is_a_read_and_needs_no_key()
    {
        using var nobody = App.WithoutKey();

        var answer = await nobody.PostAsync(
            "/v1/match",
            new StringContent(
                """{"queries":[{"name":"KAZ"}]}""",
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            )
        );

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{}""", "queries")]
    [TestCase("""{"queries":[]}""", "queries")]
    [TestCase("""{"queries":[{}]}""", "queries[0].name")]
    [TestCase("""{"queries":[{"name":" "}]}""", "queries[0].name")]
    [TestCase("""{"queries":[{"name":"a","types":["claims"]}]}""", "queries[0].types[0]")]
    [TestCase("""{"queries":[{"name":"a","types":[]}]}""", "queries[0].types")]
    [TestCase("""{"queries":[{"name":"a","country":"Kazakhstan"}]}""", "queries[0].country")]
    [TestCase("""{"queries":[{"name":"a","on":"2015-02-30"}]}""", "queries[0].on")]
    [TestCase("""{"queries":[{"name":"a","limit":0}]}""", "queries[0].limit")]
    [TestCase("""{"queries":[{"name":"a","limit":21}]}""", "queries[0].limit")]
    [TestCase("""{"queries":[{"name":"a","nation":"KAZ"}]}""", "queries[0].nation")]
    [TestCase("""{"queries":[{"name":"a"},{"name":7}],"more":1}""", "more", "queries[1].name")]
    public async Task Every_field_at_fault_is_named(string body, params string[] fields) =>
        Assert.That(await (await App.PostAsync("/v1/match", body)).FieldsAtFaultAsync(), Is.EqualTo(fields));

    [Test]
    public async Task There_are_at_most_100_queries()
    {
        Assert.That(await MatchAsync([.. Enumerable.Repeat(new { name = "Kazakstan" }, 100)]), Has.Count.EqualTo(100));

        var refused = await App.PostAsync(
            "/v1/match",
            new { queries = Enumerable.Repeat(new { name = "Kazakstan" }, 101) }
        );

        Assert.That(await refused.FieldsAtFaultAsync(), Is.EqualTo(new[] { "queries" }));
    }

    private static IEnumerable<string?> ReasonsOf(JsonNode candidate) =>
        candidate["reasons"]!.AsArray().Select(reason => (string?)reason);

    private async Task<JsonArray> MatchAsync(params object[] queries) =>
        (await (await App.PostAsync("/v1/match", new { queries })).OkAsync())["results"]!.AsArray();
}
