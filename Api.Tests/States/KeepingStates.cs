using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.States;

public sealed class KeepingStates(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task A_state_is_put_on_file()
    {
        var created = await App.PostAsync("/v1/states", Named("KAZ"));

        var state = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/states/KAZ"));
            Assert.That(created.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)state["name"], Is.EqualTo("State KAZ"));
            Assert.That((int?)state["version"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Everything_known_of_a_state_is_given_back()
    {
        const string Whole = """
            {
              "code": "KAZ",
              "names": [
                { "kind": "short", "language": "en", "text": "Kazakhstan" },
                { "kind": "official", "language": "kk", "text": "Қазақстан Республикасы", "from": "1991-12-10" }
              ],
              "existence": { "from": "1991-12-16" },
              "region": "asia",
              "subregion": "Central Asia",
              "alpha2": "KZ",
              "m49": "398",
              "identifiers": [{ "scheme": "wikidata", "value": "Q232", "preferred": true }],
              "sources": [{ "citation": "ISO 3166-1", "confidence": "high" }]
            }
            """;

        await (await App.PutAsync("/v1/states/KAZ", Whole)).CreatedAsync();

        var read = (await App.ReadAsync("/v1/states/kaz")).AsObject();
        foreach (var kept in new[] { "name", "version", "recordedAt" })
        {
            read.Remove(kept);
        }

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse(Whole)), Is.True, read.ToString());
    }

    [Test]
    public async Task A_code_is_given_once()
    {
        await App.EstablishStateAsync("KAZ");

        var again = await App.PostAsync("/v1/states", Named("KAZ"));

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
    }

    [Test]
    public async Task A_state_is_put_in_place_of_the_one_there()
    {
        await App.EstablishStateAsync("KAZ", from: "1991");

        var unseen = await App.PutAsync("/v1/states/KAZ", Named("KAZ"));
        var replaced = await App.PutAsync("/v1/states/KAZ", Named("KAZ"), ifMatch: "\"1\"");
        var stale = await App.PutAsync("/v1/states/KAZ", Named("KAZ"), ifMatch: "\"1\"");

        await unseen.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        Assert.That((await replaced.OkAsync())["existence"], Is.Null);
        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task A_correction_changes_what_it_names_and_nothing_else()
    {
        await App.EstablishStateAsync("KAZ", from: "1991");

        var corrected = await App.PatchAsync(
            "/v1/states/KAZ",
            new { alpha2 = "KZ", existence = new { from = "1991-12-16" } }
        );

        var state = await corrected.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)state["alpha2"], Is.EqualTo("KZ"));
            Assert.That((string?)state["existence"]!["from"], Is.EqualTo("1991-12-16"));
            Assert.That((string?)state["name"], Is.EqualTo("State KAZ"));
            Assert.That((int?)state["version"], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task What_the_registry_keeps_itself_is_not_taken_from_a_client()
    {
        var created = await App.PostAsync(
            "/v1/states",
            new
            {
                code = "KAZ",
                name = "Another name",
                names = RegistryApp.NamesOf("Kazakhstan", "short"),
                successors = new[] { "XXX" },
                version = 7,
            }
        );

        var state = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)state["name"], Is.EqualTo("Kazakhstan"));
            Assert.That(state["successors"], Is.Null);
            Assert.That((int?)state["version"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_state_keeps_its_code()
    {
        await App.EstablishStateAsync("KAZ");

        var replaced = await App.PutAsync("/v1/states/KAZ", Named("UZB"), ifMatch: "*");
        var corrected = await App.PatchAsync("/v1/states/KAZ", new { code = "UZB" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await replaced.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
            Assert.That(await corrected.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
        }
    }

    [Test]
    public async Task Every_field_at_fault_is_named_at_once()
    {
        var wrong = await App.PostAsync(
            "/v1/states",
            """
            {
              "code": "KZ",
              "names": [],
              "existence": { "from": "1991", "until": "1990" },
              "region": "atlantis",
              "alpha2": "kz",
              "m49": "39",
              "predecessors": ["SUN", "ussr"],
              "capital": "Astana"
            }
            """
        );

        Assert.That(
            await wrong.FieldsAtFaultAsync(),
            Is.EquivalentTo(
                new[] { "code", "names", "existence.until", "region", "alpha2", "m49", "predecessors[1]", "capital" }
            )
        );
    }

    [Test]
    public async Task A_lineage_is_told_from_both_ends()
    {
        await App.EstablishStateAsync("SUN", until: "1991-12-26");
        await SucceedAsync("UZB", "SUN");
        await SucceedAsync("KAZ", "SUN");

        await (await App.PatchAsync("/v1/states/SUN", new { alpha2 = "SU" })).OkAsync();

        Assert.That(await SuccessorsAsync("SUN"), Is.EqualTo(new[] { "KAZ", "UZB" }));
    }

    [Test]
    public async Task A_deleted_successor_leaves_its_predecessor()
    {
        await App.EstablishStateAsync("SUN");
        await SucceedAsync("UZB", "SUN");
        await SucceedAsync("KAZ", "SUN");

        await App.DeleteAsync("/v1/states/UZB");

        Assert.That(await SuccessorsAsync("SUN"), Is.EqualTo(new[] { "KAZ" }));
    }

    [TestCase("SUN", "KAZ", "lineage-circle")]
    [TestCase("SUN", "SUN", "lineage-circle")]
    [TestCase("KAZ", "XXX", "unknown-reference")]
    public async Task A_lineage_goes_back_in_time_to_states_on_file(string code, string predecessor, string rule)
    {
        await App.EstablishStateAsync("SUN");
        await SucceedAsync("KAZ", "SUN");

        var broken = await App.PatchAsync($"/v1/states/{code}", new { predecessors = new[] { predecessor } });

        await broken.ProblemAsync(HttpStatusCode.Conflict, rule);
    }

    [Test]
    public async Task A_deleted_state_is_gone()
    {
        await App.EstablishStateAsync("KAZ");

        var deleted = await App.DeleteAsync("/v1/states/KAZ", "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync("/v1/states/KAZ")).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.GetAsync("/v1/states/KAZ/memberships")).ProblemAsync(HttpStatusCode.Gone, "gone");
        Assert.That(await CodesAsync("?code=KAZ"), Is.Empty);
    }

    [Test]
    public async Task A_state_that_others_refer_to_is_not_deleted()
    {
        foreach (var code in new[] { "KAZ", "UZB", "TKM", "SUN" })
        {
            await App.EstablishStateAsync(code);
        }

        await App.EstablishForumAsync("PACT");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");
        await App.PatchAsync("/v1/forums/PACT", new { seat = new { city = "Tashkent", country = "UZB" } });
        await App.PostAsync(
            "/v1/forums/PACT/bodies",
            new
            {
                code = "centre",
                kind = "agency",
                names = RegistryApp.NamesOf("Centre"),
                seat = new { city = "Ashgabat", country = "TKM" },
            }
        );
        await SucceedAsync("KGZ", "SUN");

        foreach (var code in new[] { "KAZ", "UZB", "TKM", "SUN" })
        {
            var deleted = await App.DeleteAsync($"/v1/states/{code}");

            await deleted.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        }
    }

    [TestCase("""{ "existence": { "until": "1999" } }""")]
    [TestCase("""{ "existence": { "from": "2001" } }""")]
    public async Task An_existence_is_not_cut_so_that_memberships_stand_outside(string correction)
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        var cut = await App.PatchAsync("/v1/states/KAZ", correction);

        await cut.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("1991-12-15", "SUN")]
    [TestCase("1991-12-16", "KAZ", "SUN")]
    [TestCase("1991-12-31", "KAZ", "SUN")]
    [TestCase("1992-01-01", "KAZ")]
    public async Task A_state_is_listed_on_the_days_it_may_have_existed(string day, params string[] codes)
    {
        await App.EstablishStateAsync("SUN", from: "1922-12-30", until: "1991");
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");

        Assert.That(await CodesAsync($"?on={day}"), Is.EqualTo(codes));
    }

    [TestCase("KAZ")]
    [TestCase("kaz")]
    [TestCase("KZ")]
    [TestCase("kz")]
    [TestCase("398")]
    [TestCase("Q232")]
    [TestCase("q232")]
    [TestCase("02vzn6a80")]
    public async Task A_state_is_found_by_its_code_in_any_system(string code)
    {
        await KazakhstanAndAnotherAsync();

        Assert.That(await CodesAsync($"?code={code}"), Is.EqualTo(new[] { "KAZ" }));
    }

    [TestCase("wikidata:Q232", "KAZ")]
    [TestCase("m49:398", "KAZ")]
    [TestCase("iso3166-1-alpha-2:KZ", "KAZ")]
    [TestCase("iso3166-1-alpha-3:KAZ", "KAZ")]
    [TestCase("local:a:b", "UZB")]
    [TestCase("cow:Q232")]
    public async Task A_state_is_found_by_its_identifier_in_one_system(string identifier, params string[] codes)
    {
        await KazakhstanAndAnotherAsync();

        Assert.That(await CodesAsync($"?identifier={identifier}"), Is.EqualTo(codes));
    }

    [Test]
    public async Task States_are_asked_for_by_region()
    {
        await KazakhstanAndAnotherAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodesAsync("?region=asia"), Is.EqualTo(new[] { "KAZ" }));
            Assert.That(await CodesAsync("?region=oceania"), Is.Empty);
        }
    }

    [TestCase("code", "ALA", "ALB", "ZMB")]
    [TestCase("-code", "ZMB", "ALB", "ALA")]
    [TestCase("name", "ALA", "ALB", "ZMB")]
    [TestCase("-name", "ZMB", "ALB", "ALA")]
    [TestCase("existence", "ALA", "ALB", "ZMB")]
    [TestCase("-existence", "ZMB", "ALB", "ALA")]
    public async Task Every_state_is_met_once_along_the_pages(string sort, params string[] order)
    {
        await App.PostAsync("/v1/states", Named("ZMB", "Zambia", from: "1964-10-24"));
        await App.PostAsync("/v1/states", Named("ALB", "albania"));
        await App.PostAsync("/v1/states", Named("ALA", "Åland"));

        var met = await App.WalkAsync($"/v1/states?limit=1&sort={sort}", state => state["code"]);

        Assert.That(met, Is.EqualTo(order));
    }

    [Test]
    public async Task A_state_put_on_file_meanwhile_moves_no_other_to_another_page()
    {
        await App.EstablishStateAsync("BBB");
        await App.EstablishStateAsync("DDD");
        var first = await App.ReadAsync("/v1/states?limit=1");

        await App.EstablishStateAsync("AAA");
        await App.EstablishStateAsync("CCC");
        var rest = await App.WalkAsync((string)first["next"]!, state => state["code"]);

        Assert.That(first.Each(state => state["code"]), Is.EqualTo(new[] { "BBB" }));
        Assert.That(rest, Is.EqualTo(new[] { "CCC", "DDD" }));
    }

    [Test]
    public async Task A_page_has_as_many_states_as_asked()
    {
        await ThreeAsync();

        var two = await App.ReadAsync("/v1/states?limit=2&count=true");
        var three = await App.ReadAsync("/v1/states?limit=3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(two["items"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That((int?)two["total"], Is.EqualTo(3));
            Assert.That(three["items"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That(three["next"], Is.Null);
            Assert.That(three["total"], Is.Null);
        }
    }

    [Test]
    public async Task The_total_counts_what_the_filters_leave()
    {
        await KazakhstanAndAnotherAsync();

        var page = await App.ReadAsync("/v1/states?region=asia&count=true");

        Assert.That((int?)page["total"], Is.EqualTo(1));
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=ten", "limit")]
    [TestCase("limit=1&limit=2", "limit")]
    [TestCase("count=yes", "count")]
    [TestCase("sort=population", "sort")]
    [TestCase("sort=-", "sort")]
    [TestCase("sort=--code", "sort")]
    [TestCase("on=19", "on")]
    [TestCase("on=1991-13", "on")]
    [TestCase("region=atlantis", "region")]
    [TestCase("identifier=Q232", "identifier")]
    [TestCase("code=%20", "code")]
    [TestCase("colour=red", "colour")]
    public async Task A_question_that_cannot_be_understood_is_refused(string query, string atFault)
    {
        var wrong = await App.GetAsync($"/v1/states?{query}");

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { atFault }));
    }

    [TestCase("/v1/forums?limit=1")]
    [TestCase("/v1/states?limit=1&sort=name")]
    [TestCase("/v1/states?limit=1&sort=-code")]
    [TestCase("/v1/states?limit=1&region=asia")]
    public async Task A_cursor_is_good_for_its_own_list_only(string other)
    {
        await ThreeAsync();

        var refused = await App.GetAsync($"{other}&cursor={await CursorAsync()}");

        await refused.ProblemAsync(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [TestCase("x")]
    [TestCase("!!!")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_nobody_gave_is_refused(string cursor)
    {
        var refused = await App.GetAsync($"/v1/states?cursor={cursor}");

        await refused.ProblemAsync(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [Test]
    public async Task A_cursor_leaves_the_size_of_the_page_open()
    {
        await ThreeAsync();

        var rest = await App.ReadAsync($"/v1/states?limit=200&cursor={await CursorAsync()}");

        Assert.That(rest.Each(state => state["code"]), Is.EqualTo(new[] { "BBB", "CCC" }));
    }

    private static object Named(string code, string? name = null, string? from = null, params string[] predecessors) =>
        new
        {
            code,
            names = RegistryApp.NamesOf(name ?? $"State {code}", "short"),
            existence = from is null ? null : new { from },
            predecessors,
        };

    private async Task SucceedAsync(string code, string predecessor) =>
        await (await App.PostAsync("/v1/states", Named(code, predecessors: predecessor))).CreatedAsync();

    private async Task KazakhstanAndAnotherAsync()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await App.PatchAsync(
            "/v1/states/KAZ",
            new
            {
                alpha2 = "KZ",
                m49 = "398",
                region = "asia",
                identifiers = new[]
                {
                    new { scheme = "wikidata", value = "Q232" },
                    new { scheme = "ror", value = "02vzn6a80" },
                },
            }
        );
        await App.PatchAsync(
            "/v1/states/UZB",
            new { region = "europe", identifiers = new[] { new { scheme = "local", value = "a:b" } } }
        );
    }

    private async Task ThreeAsync()
    {
        foreach (var code in new[] { "AAA", "BBB", "CCC" })
        {
            await App.EstablishStateAsync(code);
        }
    }

    private async Task<string> CursorAsync()
    {
        var next = (string)(await App.ReadAsync("/v1/states?limit=1"))["next"]!;
        return next[(next.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..];
    }

    private async Task<IReadOnlyList<string?>> CodesAsync(string query) =>
        (await App.ReadAsync($"/v1/states{query}")).Each(state => state["code"]);

    private async Task<IReadOnlyList<string?>> SuccessorsAsync(string code) =>
        [
            .. ((await App.ReadAsync($"/v1/states/{code}"))["successors"]?.AsArray() ?? []).Select(successor =>
                (string?)successor
            ),
        ];
}
