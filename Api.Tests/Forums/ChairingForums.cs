using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class ChairingForums(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/chairmanships/one";

    [SetUp]
    public async Task A_forum_and_who_may_chair_it()
    {
        await App.EstablishForumAsync("PACT", founded: "1992-10-05");
        await App.EstablishForumAsync("UNION");
        await App.EstablishBodyAsync("PACT", "council", founded: "1999", dissolved: "2020-12-31");
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");
        await App.EstablishStateAsync("TUR");
    }

    [TestCase(null, "2002-06", "pact.kaz.2002")]
    [TestCase("council", "2002", "pact.council.kaz.2002")]
    [TestCase("council", null, "pact.council.kaz")]
    public async Task A_chairmanship_is_recorded_under_an_id_made_of_both_sides(string? body, string? from, string id)
    {
        var recorded = await App.ChairAsync("PACT", "KAZ", from, body: body);

        var chairmanship = await recorded.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorded.Headers.Location?.ToString(), Is.EqualTo($"/v1/chairmanships/{id}"));
            Assert.That(recorded.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)chairmanship["id"], Is.EqualTo(id));
            Assert.That((string?)chairmanship["forum"], Is.EqualTo("PACT"));
            Assert.That((string?)chairmanship["body"], Is.EqualTo(body));
        }
    }

    [Test]
    public async Task Everything_known_of_a_chairmanship_is_given_back()
    {
        const string Whole = """
            {
              "id": "one", "forum": "PACT", "body": "council", "chair": { "kind": "forum", "code": "UNION" },
              "from": "2002-06-04", "until": "2004", "ended": true,
              "sources": [{ "citation": "Gazette 7", "url": "https://example.org/7", "confidence": "medium" }]
            }
            """;

        await (await App.PutAsync(Path, Whole)).CreatedAsync();

        var read = (await App.ReadAsync(Path)).AsObject();
        foreach (var kept in new[] { "version", "recordedAt" })
        {
            Assert.That(read.Remove(kept), kept);
        }

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse(Whole)), Is.True, read.ToString());
    }

    [TestCase("PACT", "ZZZ", null)]
    [TestCase("PACT", "KAZ", "nowhere")]
    [TestCase("UNION", "KAZ", "council")]
    public async Task What_a_chairmanship_refers_to_is_on_file(string forum, string chair, string? body)
    {
        var unknown = await App.ChairAsync(forum, chair, from: "2002", body: body);

        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task The_meeting_at_which_the_chair_was_taken_over_is_on_file()
    {
        var unknown = await App.PostAsync(
            "/v1/forums/PACT/chairmanships",
            new
            {
                chair = new { kind = "state", code = "KAZ" },
                from = "2002",
                handover = "no-such-summit",
            }
        );

        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task A_forum_that_is_not_there_has_no_chair()
    {
        var recorded = await App.ChairAsync("NOWHERE", "KAZ", from: "2002");

        await recorded.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.GetAsync("/v1/forums/NOWHERE/chairmanships")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await (await App.GetAsync("/v1/forums/NOWHERE/chairmanships/review")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Test]
    public async Task The_forum_is_that_of_the_address()
    {
        var other = await App.PostAsync(
            "/v1/forums/PACT/chairmanships",
            new { forum = "UNION", chair = new { kind = "state", code = "KAZ" } }
        );
        var none = await App.PutAsync(Path, new { chair = new { kind = "state", code = "KAZ" } });

        Assert.That(await other.FieldsAtFaultAsync(), Is.EqualTo(new[] { "forum" }));
        Assert.That(await none.FieldsAtFaultAsync(), Is.EqualTo(new[] { "forum" }));
    }

    [TestCase("KAZ", "1992-10-04", null, null)]
    [TestCase("KAZ", "2000", "2021", "council")]
    [TestCase("KAZ", "1998", null, "council")]
    public async Task No_chairmanship_lies_outside_a_life(string chair, string from, string? until, string? body)
    {
        var outside = await App.ChairAsync("PACT", chair, from, until, body);

        await outside.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("/v1/forums/PACT", """{ "dissolved": "2003" }""")]
    [TestCase("/v1/forums/PACT/bodies/council", """{ "dissolved": "2003" }""")]
    [TestCase("/v1/states/KAZ", """{ "existence": { "until": "2003" } }""")]
    public async Task A_life_is_not_corrected_to_leave_a_chairmanship_outside(string record, string correction)
    {
        await (await App.ChairAsync("PACT", "KAZ", "2002", "2004-05", "council")).CreatedAsync();

        var corrected = await App.PatchAsync(record, correction);

        await corrected.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("/v1/forums/PACT/bodies/council")]
    [TestCase("/v1/states/KAZ")]
    [TestCase("/v1/forums/UNION")]
    public async Task Both_sides_are_kept_as_long_as_the_chairmanship_is(string record)
    {
        await (await App.ChairAsync("PACT", "KAZ", body: "council")).CreatedAsync();
        await (await App.ChairAsync("PACT", "UNION", kind: "forum")).CreatedAsync();

        var refused = await App.DeleteAsync(record);

        await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
    }

    [Test]
    public async Task No_forum_chairs_itself()
    {
        var itself = await App.ChairAsync("PACT", "PACT", from: "2002", kind: "forum");

        await itself.ProblemAsync(HttpStatusCode.Conflict, "own-member");
    }

    [TestCase("2001-12-31")]
    [TestCase("2002-01-01", "KAZ?")]
    [TestCase("2002-12-31", "KAZ")]
    [TestCase("2004-06-08", "KAZ", "TUR")]
    [TestCase("2004-06-09", "TUR")]
    [TestCase("2026-06-30", "TUR")]
    public async Task Who_chairs_on_a_day_is_told(string day, params string[] chairs)
    {
        await (await App.ChairAsync("PACT", "KAZ", from: "2002", until: "2004-06-08")).CreatedAsync();
        await (await App.ChairAsync("PACT", "TUR", from: "2004-06-08")).CreatedAsync();

        var page = await App.ReadAsync($"/v1/forums/pact/chairmanships?on={day}");

        Assert.That(
            page["items"]!.AsArray().Select(row => $"{row!["chair"]!["code"]}{((bool)row["certain"]! ? "" : "?")}"),
            Is.EqualTo(chairs)
        );
    }

    [Test]
    public async Task All_who_ever_chaired_are_told_in_order()
    {
        await (await App.ChairAsync("PACT", "TUR", from: "2010", until: "2014")).CreatedAsync();
        await (await App.ChairAsync("PACT", "KAZ", from: "2002", until: "2010", id: "one")).CreatedAsync();
        await (await App.ChairAsync("PACT", "UNION", from: "2005", kind: "forum", body: "council")).CreatedAsync();

        var all = await App.ReadAsync("/v1/forums/PACT/chairmanships");
        var backwards = await App.WalkAsync(
            "/v1/forums/PACT/chairmanships?sort=-since&limit=1",
            row => row["chair"]!["name"]
        );
        var council = await App.ReadAsync("/v1/forums/PACT/chairmanships?body=council");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Each(row => row["chair"]!["code"]), Is.EqualTo(new[] { "KAZ", "UNION", "TUR" }));
            Assert.That(all.Each(row => row["body"]), Is.EqualTo(new[] { null, "council", null }));
            Assert.That(backwards, Is.EqualTo(new[] { "State TUR", "Forum UNION", "State KAZ" }));
            Assert.That(council.Each(row => row["chair"]!["code"]), Is.EqualTo(new[] { "UNION" }));
        }

        const string First = """
            {
              "forum": "PACT", "chair": { "kind": "state", "code": "KAZ", "name": "State KAZ" },
              "since": "2002", "until": "2010", "chairmanship": "one"
            }
            """;
        Assert.That(JsonNode.DeepEquals(all["items"]![0], JsonNode.Parse(First)), Is.True, all.ToString());
    }

    [Test]
    public async Task A_chairmanship_ends_where_the_body_does()
    {
        await (await App.ChairAsync("PACT", "KAZ", from: "2002", body: "council")).CreatedAsync();

        var during = await App.ReadAsync("/v1/forums/PACT/chairmanships?on=2020-12-31");
        var after = await App.ReadAsync("/v1/forums/PACT/chairmanships?on=2021-01-01");

        Assert.That((bool)during["items"]![0]!["certain"]!, Is.True);
        Assert.That(after["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_review_finds_where_nobody_chairs_or_two_do()
    {
        await (await App.ChairAsync("PACT", "KAZ", "2002", "2004-06-08", id: "one")).CreatedAsync();
        await (await App.ChairAsync("PACT", "TUR", "2004-06-08", "2010", id: "two")).CreatedAsync();
        await (await App.ChairAsync("PACT", "UNION", "2009", "2011", kind: "forum", id: "three")).CreatedAsync();
        await (await App.ChairAsync("PACT", "KAZ", "2000", "2015-05-31", "council", id: "four")).CreatedAsync();

        var page = await App.ReadAsync("/v1/forums/PACT/chairmanships/review?count=true");
        var walked = await App.WalkAsync("/v1/forums/PACT/chairmanships/review?limit=1", found => found["from"]);
        var back = await App.WalkAsync("/v1/forums/PACT/chairmanships/review?sort=-body&limit=1", one => one["from"]);

        const string Findings = """
            [
              { "kind": "overlap", "from": "2009-12-31", "until": "2010-01-01", "chairmanships": ["two", "three"] },
              { "kind": "gap", "from": "2012-01-01", "chairmanships": ["three"] },
              {
                "kind": "gap", "body": "council", "from": "2015-06-01", "until": "2020-12-31", "chairmanships": ["four"]
              }
            ]
            """;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(page["items"], JsonNode.Parse(Findings)), Is.True, page.ToString());
            Assert.That((int?)page["total"], Is.EqualTo(3));
            Assert.That(walked, Is.EqualTo(new[] { "2009-12-31", "2012-01-01", "2015-06-01" }));
            Assert.That(back, Is.EqualTo(walked.Reverse()));
        }
    }

    [Test]
    public async Task A_review_of_a_forum_without_chairs_finds_nothing()
    {
        var page = await App.ReadAsync("/v1/forums/PACT/chairmanships/review");

        Assert.That(page["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_corrected_chairmanship_answers_as_corrected()
    {
        await (await App.ChairAsync("PACT", "KAZ", from: "2002", id: "one")).CreatedAsync();

        var corrected = await App.PatchAsync(Path, """{ "chair": { "code": "TUR" }, "from": null }""");

        await corrected.OkAsync();
        var page = await App.ReadAsync("/v1/forums/PACT/chairmanships?on=2001-01-01");
        Assert.That(page.Each(row => row["chair"]!["code"]), Is.EqualTo(new[] { "TUR" }));
        Assert.That(page["items"]![0]!["since"], Is.Null);
    }

    [Test]
    public async Task A_deleted_chairmanship_is_gone()
    {
        await (await App.ChairAsync("PACT", "KAZ", from: "2002", id: "one")).CreatedAsync();

        var deleted = await App.DeleteAsync(Path, "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync(Path)).ProblemAsync(HttpStatusCode.Gone, "gone");
        var page = await App.ReadAsync("/v1/forums/PACT/chairmanships");
        Assert.That(page["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("", "four", "one", "three", "two")]
    [TestCase("?forum=pact", "one", "three", "two")]
    [TestCase("?body=PACT/council", "three")]
    [TestCase("?chair=kaz", "four", "one")]
    [TestCase("?chairKind=forum", "three")]
    [TestCase("?on=2004-06-08&forum=PACT", "one", "two")]
    [TestCase("?on=2001-01-01", "four")]
    [TestCase("?sort=since", "four", "one", "two", "three")]
    [TestCase("?sort=-chair", "three", "two", "one", "four")]
    public async Task Chairmanships_are_listed(string query, params string[] ids)
    {
        await (await App.ChairAsync("PACT", "KAZ", "2002", "2004-06-08", id: "one")).CreatedAsync();
        await (await App.ChairAsync("PACT", "TUR", "2004-06-08", id: "two")).CreatedAsync();
        await (
            await App.ChairAsync("PACT", "UNION", "2010", "2011", "council", kind: "forum", id: "three")
        ).CreatedAsync();
        await (await App.ChairAsync("UNION", "KAZ", id: "four")).CreatedAsync();

        var page = await App.ReadAsync($"/v1/chairmanships{query}");

        Assert.That(page.Each(chairmanship => chairmanship["id"]), Is.EqualTo(ids));
    }
}
