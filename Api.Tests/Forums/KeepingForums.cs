using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class KeepingForums(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task A_forum_is_put_on_file()
    {
        var created = await App.PostAsync("/v1/forums", Named("PACT"));

        var forum = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/forums/PACT"));
            Assert.That(created.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)forum["name"], Is.EqualTo("Forum PACT"));
            Assert.That((int?)forum["version"], Is.EqualTo(1));
            Assert.That((string?)forum["recordedAt"], Does.StartWith("2026-06-30T12:"));
        }
    }

    [TestCase("PACT")]
    [TestCase("pact")]
    public async Task A_forum_is_found_however_its_code_is_typed(string code)
    {
        var created = await (await App.PostAsync("/v1/forums", Named("PACT"))).CreatedAsync();

        var read = await App.ReadAsync($"/v1/forums/{code}");

        Assert.That(JsonNode.DeepEquals(read, created), Is.True, read.ToString());
    }

    [Test]
    public async Task Everything_known_of_a_forum_is_given_back()
    {
        await App.EstablishStateAsync("KAZ");
        const string Whole = """
            {
              "code": "PACT",
              "names": [
                { "kind": "official", "language": "en", "text": "Pact of Many", "from": "1999-10-05" },
                { "kind": "former", "language": "ru", "text": "Совещание", "until": "1999", "ended": true }
              ],
              "founded": "1992-10",
              "dissolved": "2020",
              "ended": true,
              "seat": { "city": "Astana", "country": "KAZ" },
              "stages": [{ "nature": "conference", "from": "1992-10", "instrument": "Declaration" }],
              "identifiers": [{ "scheme": "wikidata", "value": "Q7184", "preferred": true }],
              "sources": [{ "citation": "Almaty Act", "url": "https://example.org/act", "confidence": "high" }]
            }
            """;

        await (await App.PutAsync("/v1/forums/PACT", Whole)).CreatedAsync();

        var read = (await App.ReadAsync("/v1/forums/PACT")).AsObject();
        foreach (var kept in new[] { "name", "version", "recordedAt" })
        {
            read.Remove(kept);
        }

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse(Whole)), Is.True, read.ToString());
    }

    [Test]
    public async Task A_code_is_given_once()
    {
        await App.EstablishForumAsync("PACT");

        var again = await App.PostAsync("/v1/forums", Named("PACT"));

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
    }

    [Test]
    public async Task A_forum_is_put_in_place_of_the_one_there()
    {
        var created = await App.PutAsync("/v1/forums/PACT", Named("PACT", founded: "1992"));
        var replaced = await App.PutAsync("/v1/forums/PACT", Named("PACT"), ifMatch: "\"1\"");

        await created.CreatedAsync();
        var forum = await replaced.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/forums/PACT"));
            Assert.That(replaced.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
            Assert.That(forum["founded"], Is.Null);
        }
    }

    [TestCase(null, null, HttpStatusCode.PreconditionRequired, "version-required")]
    [TestCase("\"2\"", null, HttpStatusCode.PreconditionFailed, "stale-version")]
    [TestCase(null, "*", HttpStatusCode.PreconditionFailed, "stale-version")]
    public async Task A_forum_is_not_replaced_unseen(
        string? ifMatch,
        string? ifNoneMatch,
        HttpStatusCode status,
        string type
    )
    {
        await App.EstablishForumAsync("PACT");

        var replaced = await App.SendAsync(HttpMethod.Put, "/v1/forums/PACT", Named("PACT"), ifMatch, ifNoneMatch);

        await replaced.ProblemAsync(status, type);
    }

    [Test]
    public async Task Nothing_is_created_where_a_forum_was_expected()
    {
        var missing = await App.PutAsync("/v1/forums/PACT", Named("PACT"), ifMatch: "\"1\"");

        await missing.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task A_correction_changes_what_it_names_and_nothing_else()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.PatchAsync("/v1/forums/PACT", new { seat = new { city = "Almaty", country = "KAZ" } });

        var corrected = await App.PatchAsync(
            "/v1/forums/PACT",
            """{ "seat": { "country": null }, "dissolved": "2020" }"""
        );

        var forum = await corrected.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)forum["seat"]!["city"], Is.EqualTo("Almaty"));
            Assert.That(forum["seat"]!["country"], Is.Null);
            Assert.That((string?)forum["dissolved"], Is.EqualTo("2020"));
            Assert.That((string?)forum["founded"], Is.EqualTo("1992"));
            Assert.That((int?)forum["version"], Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Null_takes_a_member_away()
    {
        await App.EstablishForumAsync("PACT", founded: "1992");

        var forum = await (await App.PatchAsync("/v1/forums/PACT", """{ "founded": null }""")).OkAsync();
        var nameless = await App.PatchAsync("/v1/forums/PACT", """{ "names": null }""");

        Assert.That(forum["founded"], Is.Null);
        Assert.That(await nameless.FieldsAtFaultAsync(), Is.EqualTo(new[] { "names" }));
    }

    [TestCase(null, HttpStatusCode.PreconditionRequired, "version-required")]
    [TestCase("\"2\"", HttpStatusCode.PreconditionFailed, "stale-version")]
    public async Task A_forum_is_neither_corrected_nor_deleted_unseen(
        string? ifMatch,
        HttpStatusCode status,
        string type
    )
    {
        await App.EstablishForumAsync("PACT");

        var corrected = await App.PatchAsync("/v1/forums/PACT", new { founded = "1992" }, ifMatch);
        var deleted = await App.DeleteAsync("/v1/forums/PACT", ifMatch);

        await corrected.ProblemAsync(status, type);
        await deleted.ProblemAsync(status, type);
        Assert.That((int?)(await App.ReadAsync("/v1/forums/PACT"))["version"], Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_registry_keeps_itself_is_not_taken_from_a_client()
    {
        var created = await App.PostAsync(
            "/v1/forums",
            new
            {
                code = "PACT",
                name = "Another name",
                names = RegistryApp.NamesOf("Forum PACT"),
                successors = new[] { "NOSUCH" },
                version = 7,
                recordedAt = "1999-01-01T00:00:00Z",
            }
        );
        var corrected = await App.PatchAsync("/v1/forums/PACT", new { name = "Another", version = 7 });

        await created.CreatedAsync();
        var forum = await corrected.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)forum["name"], Is.EqualTo("Forum PACT"));
            Assert.That(forum["successors"], Is.Null);
            // Nothing of the client's own is different, so there is no new version either.
            Assert.That((int?)forum["version"], Is.EqualTo(1));
            Assert.That((string?)forum["recordedAt"], Does.StartWith("2026-06-30T12:"));
        }
    }

    [Test]
    public async Task A_forum_keeps_its_code()
    {
        await App.EstablishForumAsync("PACT");

        var created = await App.PutAsync("/v1/forums/OTHER", Named("PACT"));
        var replaced = await App.PutAsync("/v1/forums/PACT", Named("OTHER"), ifMatch: "*");
        var corrected = await App.PatchAsync("/v1/forums/PACT", new { code = "OTHER" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await created.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
            Assert.That(await replaced.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
            Assert.That(await corrected.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
        }
    }

    [Test]
    public async Task Every_field_at_fault_is_named_at_once()
    {
        var wrong = await App.PostAsync(
            "/v1/forums",
            """
            {
              "code": "pact",
              "names": [{ "kind": "nick", "language": "english", "text": " " }],
              "founded": "2000",
              "dissolved": "1999",
              "seat": { "city": "", "country": "KZ" },
              "stages": [{ "nature": "treaty", "from": "2000-13" }],
              "identifiers": [{ "scheme": "W", "value": "" }],
              "predecessors": ["old"],
              "sources": [{ "citation": "x", "url": "ftp://example.org", "confidence": "high" }],
              "rank": 1
            }
            """
        );

        Assert.That(
            await wrong.FieldsAtFaultAsync(),
            Is.EquivalentTo(
                new[]
                {
                    "code",
                    "names[0].kind",
                    "names[0].language",
                    "names[0].text",
                    "dissolved",
                    "seat.city",
                    "seat.country",
                    "stages[0].from",
                    "identifiers[0].scheme",
                    "identifiers[0].value",
                    "predecessors[0]",
                    "sources[0].url",
                    "rank",
                }
            )
        );
    }

    [Test]
    public async Task Two_official_names_of_one_language_are_not_borne_at_once()
    {
        var twice = await App.PostAsync(
            "/v1/forums",
            new { code = "PACT", names = new[] { RegistryApp.NamesOf("One")[0], RegistryApp.NamesOf("Other")[0] } }
        );

        await twice.ProblemAsync(HttpStatusCode.Conflict, "name-overlap");
    }

    [Test]
    public async Task A_lineage_is_told_from_both_ends()
    {
        await App.EstablishForumAsync("OLD");
        await SucceedAsync("WEST", "OLD");
        await SucceedAsync("EAST", "OLD");

        var east = await App.ReadAsync("/v1/forums/EAST");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes(east["predecessors"]), Is.EqualTo(new[] { "OLD" }));
            Assert.That(await SuccessorsAsync("OLD"), Is.EqualTo(new[] { "EAST", "WEST" }));
        }
    }

    [Test]
    public async Task A_correction_of_a_predecessor_keeps_its_successors()
    {
        await App.EstablishForumAsync("OLD");
        await SucceedAsync("NEW", "OLD");

        await (await App.PatchAsync("/v1/forums/OLD", new { dissolved = "2002" })).OkAsync();
        await (await App.PutAsync("/v1/forums/OLD", Named("OLD"), ifMatch: "*")).OkAsync();

        Assert.That(await SuccessorsAsync("OLD"), Is.EqualTo(new[] { "NEW" }));
    }

    [Test]
    public async Task A_successor_that_names_another_predecessor_leaves_the_first()
    {
        await App.EstablishForumAsync("OLD");
        await App.EstablishForumAsync("OLDER");
        await SucceedAsync("NEW", "OLD");

        await (await App.PatchAsync("/v1/forums/NEW", new { predecessors = new[] { "OLDER" } })).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SuccessorsAsync("OLD"), Is.Empty);
            Assert.That(await SuccessorsAsync("OLDER"), Is.EqualTo(new[] { "NEW" }));
        }
    }

    [Test]
    public async Task A_deleted_successor_leaves_its_predecessor()
    {
        await App.EstablishForumAsync("OLD");
        await SucceedAsync("WEST", "OLD");
        await SucceedAsync("EAST", "OLD");

        await App.DeleteAsync("/v1/forums/WEST");

        Assert.That(await SuccessorsAsync("OLD"), Is.EqualTo(new[] { "EAST" }));
    }

    [TestCase("OLDEST", "NEW")]
    [TestCase("OLDEST", "OLD")]
    [TestCase("OLD", "OLD")]
    public async Task A_lineage_closes_no_circle(string code, string predecessor)
    {
        await App.EstablishForumAsync("OLDEST");
        await SucceedAsync("OLD", "OLDEST");
        await SucceedAsync("NEW", "OLD");

        var circle = await App.PatchAsync($"/v1/forums/{code}", new { predecessors = new[] { predecessor } });

        await circle.ProblemAsync(HttpStatusCode.Conflict, "lineage-circle");
    }

    [Test]
    public async Task A_predecessor_is_on_file()
    {
        var orphan = await App.PostAsync("/v1/forums", Named("NEW", predecessors: "NOSUCH"));

        await orphan.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task A_seat_is_in_a_state_on_file()
    {
        await App.EstablishForumAsync("PACT");

        var nowhere = await App.PatchAsync("/v1/forums/PACT", new { seat = new { city = "Astana", country = "KAZ" } });

        await nowhere.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task A_deleted_forum_is_gone()
    {
        await App.EstablishForumAsync("PACT");

        var deleted = await App.DeleteAsync("/v1/forums/PACT", "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync("/v1/forums/PACT")).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.DeleteAsync("/v1/forums/PACT")).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.PatchAsync("/v1/forums/PACT", new { founded = "1992" })).ProblemAsync(
            HttpStatusCode.Gone,
            "gone"
        );
        Assert.That((await App.ReadAsync("/v1/forums")).Each(forum => forum["code"]), Is.Empty);
    }

    [Test]
    public async Task What_was_never_there_is_not_found()
    {
        await (await App.GetAsync("/v1/forums/NOSUCH")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.DeleteAsync("/v1/forums/NOSUCH")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.PatchAsync("/v1/forums/NOSUCH", new { })).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_forum_that_others_refer_to_is_not_deleted()
    {
        foreach (var code in new[] { "HOST", "GUEST", "ORGANIZED", "OLD" })
        {
            await App.EstablishForumAsync(code);
        }

        await App.AdmitAsync("HOST", "GUEST", from: "2000", kind: "forum");
        await App.PostAsync(
            "/v1/forums/ORGANIZED/bodies",
            new
            {
                code = "secretariat",
                kind = "secretariat",
                names = RegistryApp.NamesOf("Secretariat"),
            }
        );
        await SucceedAsync("NEW", "OLD");

        foreach (var code in new[] { "HOST", "GUEST", "ORGANIZED", "OLD" })
        {
            var deleted = await App.DeleteAsync($"/v1/forums/{code}");

            await deleted.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        }
    }

    [TestCase("""{ "dissolved": "1999-12-31" }""")]
    [TestCase("""{ "founded": "2011" }""")]
    [TestCase("""{ "dissolved": "2010-06-29" }""")]
    public async Task A_life_is_not_cut_so_that_members_stand_outside(string correction)
    {
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000", until: "2010-06-30");

        var cut = await App.PatchAsync("/v1/forums/PACT", correction);

        await cut.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
        Assert.That((int?)(await App.ReadAsync("/v1/forums/PACT"))["version"], Is.EqualTo(1));
    }

    [TestCase("""{ "founded": "2000-12-31" }""")]
    [TestCase("""{ "dissolved": "2010-06-30" }""")]
    [TestCase("""{ "dissolved": "2010" }""")]
    [TestCase("""{ "ended": true }""")]
    public async Task A_life_is_cut_where_members_may_stand_inside(string correction)
    {
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000", until: "2010-06-30");

        var cut = await App.PatchAsync("/v1/forums/PACT", correction);

        await cut.OkAsync();
    }

    [Test]
    public async Task A_life_is_not_cut_so_that_the_forum_outlives_itself_elsewhere()
    {
        await App.EstablishForumAsync("HOST");
        await App.EstablishForumAsync("GUEST");
        await App.AdmitAsync("HOST", "GUEST", from: "2000", kind: "forum");

        var cut = await App.PatchAsync("/v1/forums/GUEST", new { dissolved = "1999" });

        await cut.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task Forums_are_asked_for_by_day_seat_and_identifier()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("OLD", founded: "1955", dissolved: "1991");
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.PatchAsync(
            "/v1/forums/PACT",
            new
            {
                seat = new { city = "Astana", country = "KAZ" },
                identifiers = new[] { new { scheme = "wikidata", value = "Q7184" } },
            }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodesAsync("?on=1991-12-31"), Is.EqualTo(new[] { "OLD" }));
            Assert.That(await CodesAsync("?on=1992-01-01"), Is.EqualTo(new[] { "PACT" }));
            Assert.That(await CodesAsync("?seatCountry=KAZ"), Is.EqualTo(new[] { "PACT" }));
            Assert.That(await CodesAsync("?identifier=wikidata:Q7184"), Is.EqualTo(new[] { "PACT" }));
            Assert.That(await CodesAsync("?identifier=ror:Q7184"), Is.Empty);
            Assert.That(await CodesAsync("?sort=-founded"), Is.EqualTo(new[] { "PACT", "OLD" }));
        }
    }

    [Test]
    public async Task A_legal_nature_is_that_of_the_day()
    {
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.PatchAsync(
            "/v1/forums/PACT",
            new
            {
                stages = new object[]
                {
                    new
                    {
                        nature = "conference",
                        from = "1992",
                        until = "1999-10-04",
                    },
                    new { nature = "organization", from = "1999-10-05" },
                },
            }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodesAsync("?nature=organization"), Is.EqualTo(new[] { "PACT" }));
            Assert.That(await CodesAsync("?nature=conference"), Is.Empty);
            Assert.That(await CodesAsync("?nature=conference&on=1999-10-04"), Is.EqualTo(new[] { "PACT" }));
            Assert.That(await CodesAsync("?nature=organization&on=1999-10-04"), Is.Empty);
        }
    }

    [Test]
    public async Task No_legal_nature_outlasts_the_forum()
    {
        await App.EstablishForumAsync("OLD", founded: "1955", dissolved: "1991-07-01");
        await App.PatchAsync("/v1/forums/OLD", new { stages = new[] { new { nature = "treaty", from = "1955" } } });

        Assert.That(await CodesAsync("?nature=treaty"), Is.Empty);
    }

    private static object Named(string code, string? founded = null, params string[] predecessors) =>
        new
        {
            code,
            names = RegistryApp.NamesOf($"Forum {code}"),
            founded,
            predecessors,
        };

    private async Task SucceedAsync(string code, string predecessor) =>
        await (await App.PostAsync("/v1/forums", Named(code, predecessors: predecessor))).CreatedAsync();

    private async Task<IReadOnlyList<string?>> SuccessorsAsync(string code) =>
        Codes((await App.ReadAsync($"/v1/forums/{code}"))["successors"]);

    private async Task<IReadOnlyList<string?>> CodesAsync(string query) =>
        (await App.ReadAsync($"/v1/forums{query}")).Each(forum => forum["code"]);

    private static IReadOnlyList<string?> Codes(JsonNode? list) =>
        [.. (list?.AsArray() ?? []).Select(code => (string?)code)];
}
