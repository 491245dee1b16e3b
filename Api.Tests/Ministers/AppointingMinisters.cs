using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class AppointingMinisters(Engine engine) : RegistryTest(engine)
{
    private const string Post = "kaz.foreign-minister";
    private const string Path = "/v1/appointments/one";

    [SetUp]
    public async Task Two_ministers_and_a_post()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishPostAsync(Post, established: "1991-12-16", abolished: "2031");
        await App.EstablishMinisterAsync("ada", born: "1950-05-01", died: "2030");
        await App.EstablishMinisterAsync("bea");
    }

    [Test]
    public async Task A_minister_holds_a_post_from_the_day_given()
    {
        var appointed = await App.AppointAsync("ada", Post, from: "2004-03-01");

        var appointment = await appointed.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                appointed.Headers.Location?.ToString(),
                Is.EqualTo("/v1/appointments/kaz.foreign-minister.ada")
            );
            Assert.That(appointed.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)appointment["minister"], Is.EqualTo("ada"));
            Assert.That((string?)appointment["post"], Is.EqualTo(Post));
            Assert.That(appointment["acting"], Is.Null);
        }
    }

    [Test]
    public async Task A_successor_follows_a_holder_who_died()
    {
        await (await App.AppointAsync("ada", Post, from: "2004")).CreatedAsync();
        await (await App.AppointAsync("bea", Post, from: "2029-12-31")).ProblemAsync(
            HttpStatusCode.Conflict,
            "post-held"
        );
        await (await App.PatchAsync("/v1/ministers/ada", new { died = "2015-05-01" })).OkAsync();

        await (await App.AppointAsync("bea", Post, from: "2015-04-30")).ProblemAsync(
            HttpStatusCode.Conflict,
            "post-held"
        );
        await (await App.AppointAsync("bea", Post, from: "2015-05-01")).CreatedAsync();

        foreach (
            var (day, holders) in new[]
            {
                ("2015-04-30", new[] { "ada" }),
                ("2015-05-01", ["ada", "bea"]),
                ("2015-05-02", ["bea"]),
            }
        )
        {
            var page = await App.ReadAsync($"/v1/posts/{Post}/holders?on={day}");
            Assert.That(page.Each(holder => holder["minister"]!["id"]), Is.EquivalentTo(holders), day);
        }
    }

    [Test]
    public async Task Between_the_death_and_the_next_appointment_a_post_is_vacant()
    {
        await (await App.AppointAsync("ada", Post, from: "2004")).CreatedAsync();
        await (await App.PatchAsync("/v1/ministers/ada", new { died = "2015-05-01" })).OkAsync();
        await (await App.AppointAsync("bea", Post, from: "2015-06-01")).CreatedAsync();

        var page = await App.ReadAsync($"/v1/posts/{Post}/holders?on=2015-05-15");

        Assert.That(page["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("""{ "died": null }""")]
    [TestCase("""{ "died": "2020" }""")]
    public async Task Nobody_lives_on_in_a_post_that_another_one_has(string patch)
    {
        await (await App.AppointAsync("ada", Post, from: "2004")).CreatedAsync();
        await (await App.PatchAsync("/v1/ministers/ada", new { died = "2015-05-01" })).OkAsync();
        await (await App.AppointAsync("bea", Post, from: "2016-01-01")).CreatedAsync();

        await (await App.PatchAsync("/v1/ministers/ada", patch)).ProblemAsync(HttpStatusCode.Conflict, "post-held");

        await (await App.PatchAsync("/v1/ministers/ada", """{ "died": "2015-12-31" }""")).OkAsync();
    }

    [Test]
    public async Task Several_held_a_post_one_after_the_other_where_the_first_one_died()
    {
        await (await App.PatchAsync($"/v1/posts/{Post}", new { singleHolder = false })).OkAsync();
        await (await App.AppointAsync("ada", Post, from: "2004")).CreatedAsync();
        await (await App.PatchAsync("/v1/ministers/ada", new { died = "2015-05-01" })).OkAsync();
        await (await App.AppointAsync("bea", Post, from: "2016")).CreatedAsync();

        await (await App.PatchAsync($"/v1/posts/{Post}", new { singleHolder = true })).OkAsync();
    }

    [Test]
    public async Task Who_comes_back_to_a_post_gets_a_number()
    {
        await (await App.AppointAsync("ada", Post, from: "2004", until: "2005")).CreatedAsync();

        var again = await App.AppointAsync("ada", Post, from: "2010");

        Assert.That((string?)(await again.CreatedAsync())["id"], Is.EqualTo("kaz.foreign-minister.ada-2"));
    }

    [Test]
    public async Task Everything_known_of_an_appointment_is_given_back()
    {
        const string Whole = """
            {
              "id": "one", "minister": "ada", "post": "kaz.foreign-minister", "acting": true, "from": "2004-03",
              "until": "2005", "ended": true,
              "titles": [{ "language": "en", "text": "Deputy Prime Minister", "from": "2004-06" }],
              "basis": "Decree 5", "ending": "term-expired", "endingBasis": "Decree 6",
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

    [Test]
    public async Task A_post_has_one_full_holder_at_a_time()
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01")).CreatedAsync();

        var second = await App.AppointAsync("bea", Post, from: "2010");

        await second.ProblemAsync(HttpStatusCode.Conflict, "post-held");
    }

    [Test]
    public async Task One_may_act_beside_the_holder()
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01")).CreatedAsync();

        var acting = await App.AppointAsync("bea", Post, from: "2010", acting: true);

        Assert.That((bool?)(await acting.CreatedAsync())["acting"], Is.True);
    }

    [TestCase("2004", "2007", "2007")]
    [TestCase("2004", "2007-05", "2007-05-02")]
    [TestCase("2004", "2007-05-01", "2007-05-02")]
    public async Task A_successor_whose_dates_only_touch_is_appointed(string from, string until, string next)
    {
        await (await App.AppointAsync("ada", Post, from, until)).CreatedAsync();

        var successor = await App.AppointAsync("bea", Post, next);

        await successor.CreatedAsync();
    }

    [Test]
    public async Task A_successor_on_the_last_day_of_the_holder_is_refused()
    {
        await (await App.AppointAsync("ada", Post, from: "2004", until: "2007-05-01")).CreatedAsync();

        var successor = await App.AppointAsync("bea", Post, from: "2007-05-01");

        await successor.ProblemAsync(HttpStatusCode.Conflict, "post-held");
    }

    [Test]
    public async Task A_post_of_several_holders_is_held_by_each_of_them_once()
    {
        await App.EstablishPostAsync("kaz.deputy", singleHolder: false);
        await (await App.AppointAsync("ada", "kaz.deputy", from: "2004")).CreatedAsync();

        var other = await App.AppointAsync("bea", "kaz.deputy", from: "2004");
        var again = await App.AppointAsync("ada", "kaz.deputy", from: "2010");

        await other.CreatedAsync();
        await again.ProblemAsync(HttpStatusCode.Conflict, "already-appointed");
    }

    [TestCase("1991-12-15", null)]
    [TestCase("2004", "2032")]
    [TestCase("2032", null)]
    public async Task No_appointment_lies_outside_the_life_of_the_post(string from, string? until)
    {
        var outside = await App.AppointAsync("bea", Post, from, until);

        await outside.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("1950-04", null)]
    [TestCase("2004", "2031")]
    public async Task No_appointment_lies_outside_the_life_of_the_minister(string from, string? until)
    {
        await App.EstablishPostAsync("kaz.ever");

        var outside = await App.AppointAsync("ada", "kaz.ever", from, until);

        await outside.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("/v1/ministers/ada", """{ "died": "2006" }""")]
    [TestCase("/v1/ministers/ada", """{ "born": "2005" }""")]
    [TestCase("/v1/posts/kaz.foreign-minister", """{ "abolished": "2006" }""")]
    [TestCase("/v1/posts/kaz.foreign-minister", """{ "established": "2004-03-02" }""")]
    public async Task A_life_is_not_corrected_to_leave_an_appointment_outside(string record, string correction)
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01", until: "2007-01-01")).CreatedAsync();

        var corrected = await App.PatchAsync(record, correction);

        await corrected.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
        Assert.That((int?)(await App.ReadAsync(record))["version"], Is.EqualTo(1));
    }

    [Test]
    public async Task Who_died_in_office_held_it_to_the_end()
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01")).CreatedAsync();

        var corrected = await App.PatchAsync("/v1/ministers/ada", new { died = "2006-02-03" });

        await corrected.OkAsync();
        Assert.That(await HoldersAsync("2006-02-03"), Is.EqualTo(new[] { "ada" }));
        Assert.That(await HoldersAsync("2006-02-04"), Is.Empty);
    }

    [Test]
    public async Task A_post_of_several_holders_is_not_made_one_of_one_while_two_hold_it()
    {
        await App.EstablishPostAsync("kaz.deputy", singleHolder: false);
        await (await App.AppointAsync("ada", "kaz.deputy", from: "2004", id: "one")).CreatedAsync();
        await (await App.AppointAsync("bea", "kaz.deputy", from: "2006")).CreatedAsync();

        var refused = await App.PatchAsync("/v1/posts/kaz.deputy", new { singleHolder = true });
        await (await App.PatchAsync(Path, new { until = "2006" })).OkAsync();
        var allowed = await App.PatchAsync("/v1/posts/kaz.deputy", new { singleHolder = true });

        await refused.ProblemAsync(HttpStatusCode.Conflict, "post-held");
        await allowed.OkAsync();
    }

    [TestCase("nobody", Post, HttpStatusCode.NotFound, "not-found")]
    [TestCase("ada", "kaz.nothing", HttpStatusCode.Conflict, "unknown-reference")]
    public async Task Both_sides_of_an_appointment_are_on_file(
        string minister,
        string post,
        HttpStatusCode status,
        string type
    )
    {
        var unknown = await App.AppointAsync(minister, post, from: "2004");

        await unknown.ProblemAsync(status, type);
    }

    [Test]
    public async Task A_deleted_minister_is_not_appointed()
    {
        await App.DeleteAsync("/v1/ministers/bea");

        var appointed = await App.AppointAsync("bea", Post, from: "2004");
        var put = await App.PutAsync(
            Path,
            new
            {
                minister = "bea",
                post = Post,
                from = "2004",
            }
        );

        await appointed.ProblemAsync(HttpStatusCode.Gone, "gone");
        await put.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [TestCase("ada", null)]
    [TestCase("bea", "minister")]
    public async Task The_minister_is_that_of_the_address(string minister, string? atFault)
    {
        var appointed = await App.PostAsync(
            "/v1/ministers/ada/appointments",
            new
            {
                minister,
                post = Post,
                from = "2004",
            }
        );

        if (atFault is null)
        {
            await appointed.CreatedAsync();
        }
        else
        {
            Assert.That(await appointed.FieldsAtFaultAsync(), Is.EqualTo(new[] { atFault }));
        }
    }

    [TestCase("""{ "from": "2004" }""", "post")]
    [TestCase("""{ "post": "kaz.foreign-minister" }""", "from")]
    [TestCase("""{ "post": "kaz.foreign-minister", "from": "2004", "until": "2003" }""", "until")]
    [TestCase("""{ "post": "kaz.foreign-minister", "from": "2004", "ending": "resigned" }""", "ending")]
    [TestCase("""{ "post": "kaz.foreign-minister", "from": "2004", "endingBasis": "Decree" }""", "endingBasis")]
    public async Task An_appointment_has_its_fields(string appointment, string atFault)
    {
        var wrong = await App.PostAsync("/v1/ministers/ada/appointments", appointment);

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { atFault }));
    }

    [Test]
    public async Task A_holder_leaves_the_post()
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01", id: "one")).CreatedAsync();

        var ended = await App.PostAsync(
            $"{Path}/ending",
            """
            {
              "until": "2007-01-10", "ending": "reassigned", "basis": "Decree 6",
              "sources": [{ "citation": "Gazette 7", "confidence": "high" }]
            }
            """
        );

        var appointment = await ended.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.Headers.Location?.ToString(), Is.EqualTo(Path));
            Assert.That(ended.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
            Assert.That((string?)appointment["until"], Is.EqualTo("2007-01-10"));
            Assert.That((bool?)appointment["ended"], Is.True);
            Assert.That((string?)appointment["ending"], Is.EqualTo("reassigned"));
            Assert.That((string?)appointment["endingBasis"], Is.EqualTo("Decree 6"));
            Assert.That((string?)appointment["sources"]![0]!["citation"], Is.EqualTo("Gazette 7"));
            Assert.That(await HoldersAsync("2007-01-10"), Is.EqualTo(new[] { "ada" }));
            Assert.That(await HoldersAsync("2007-01-11"), Is.Empty);
        }

        await (await App.AppointAsync("bea", Post, from: "2007-01-11")).CreatedAsync();
    }

    [TestCase("""{ "until": "2007" }""")]
    [TestCase("""{ "ended": true }""")]
    public async Task A_holder_leaves_once(string ending)
    {
        await (await App.AppointAsync("ada", Post, from: "2004", id: "one")).CreatedAsync();
        await (await App.PostAsync($"{Path}/ending", ending)).CreatedAsync();

        var again = await App.PostAsync($"{Path}/ending", new { until = "2008" });

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-ended");
    }

    [TestCase("""{ "until": "2004-02-29" }""", "ends-before-start")]
    [TestCase("""{ "until": "2032" }""", "outside-life")]
    public async Task Nobody_leaves_at_an_impossible_time(string ending, string rule)
    {
        await (await App.AppointAsync("ada", Post, from: "2004-03-01", id: "one")).CreatedAsync();

        var impossible = await App.PostAsync($"{Path}/ending", ending);

        await impossible.ProblemAsync(HttpStatusCode.Conflict, rule);
    }

    [TestCase("""{}""", "until")]
    [TestCase("""{ "ended": false }""", "until")]
    [TestCase("""{ "until": "2007", "ended": false }""", "ended")]
    [TestCase("""{ "until": "2007", "ending": "abdicated" }""", "ending")]
    [TestCase("""{ "until": "2007", "endingBasis": "Decree" }""", "endingBasis")]
    public async Task An_end_has_its_fields(string ending, string atFault)
    {
        await (await App.AppointAsync("ada", Post, from: "2004", id: "one")).CreatedAsync();

        var wrong = await App.PostAsync($"{Path}/ending", ending);

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { atFault }));
    }

    [TestCase("\"1\"", null)]
    [TestCase("*", null)]
    [TestCase("\"2\"", "stale-version")]
    [TestCase("W/\"1\"", "stale-version")]
    public async Task An_end_may_name_the_version_it_is_meant_for(string version, string? refusal)
    {
        await (await App.AppointAsync("ada", Post, from: "2004", id: "one")).CreatedAsync();

        var ended = await App.SendAsync(HttpMethod.Post, $"{Path}/ending", new { until = "2007" }, version);

        if (refusal is null)
        {
            await ended.CreatedAsync();
        }
        else
        {
            await ended.ProblemAsync(HttpStatusCode.PreconditionFailed, refusal);
        }
    }

    [Test]
    public async Task Nothing_ends_that_is_not_there()
    {
        await (await App.AppointAsync("ada", Post, from: "2004", id: "one")).CreatedAsync();
        await App.DeleteAsync(Path);

        var deleted = await App.PostAsync($"{Path}/ending", new { until = "2007" });
        var nowhere = await App.PostAsync("/v1/appointments/other/ending", new { until = "2007" });

        await deleted.ProblemAsync(HttpStatusCode.Gone, "gone");
        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_correction_keeps_the_rules()
    {
        await (await App.AppointAsync("ada", Post, from: "2004", until: "2006", id: "one")).CreatedAsync();
        await (await App.AppointAsync("bea", Post, from: "2007")).CreatedAsync();

        var rival = await App.PatchAsync(Path, new { until = "2008" });
        var acting = await App.PatchAsync(Path, new { until = "2008", acting = true });

        await rival.ProblemAsync(HttpStatusCode.Conflict, "post-held");
        await acting.OkAsync();
    }

    [TestCase("/v1/appointments", "five", "four", "one", "two")]
    [TestCase("/v1/appointments?sort=from", "one", "four", "two", "five")]
    [TestCase("/v1/appointments?sort=-until&acting=false", "two", "five", "one")]
    [TestCase("/v1/appointments?minister=ADA", "five", "one")]
    [TestCase("/v1/appointments?post=KAZ.foreign-minister", "four", "one", "two")]
    [TestCase("/v1/appointments?acting=true", "four")]
    [TestCase("/v1/appointments?acting=false&on=2007-06-01", "one", "two")]
    [TestCase("/v1/ministers/bea/appointments", "four", "two")]
    [TestCase("/v1/ministers/bea/appointments?on=2006-02-01&acting=true", "four")]
    [TestCase("/v1/ministers/bea/appointments?post=kaz.deputy")]
    public async Task Appointments_are_listed(string path, params string[] ids)
    {
        await App.EstablishPostAsync("kaz.deputy");
        await (await App.AppointAsync("ada", Post, from: "2004", until: "2007", id: "one")).CreatedAsync();
        await (await App.AppointAsync("bea", Post, from: "2007", id: "two")).CreatedAsync();
        await (
            await App.AppointAsync("bea", Post, from: "2006-01-31", until: "2006-02", acting: true, id: "four")
        ).CreatedAsync();
        await (await App.AppointAsync("ada", "kaz.deputy", from: "2008", until: "2009", id: "five")).CreatedAsync();

        var page = await App.ReadAsync(path);

        Assert.That(page.Each(appointment => appointment["id"]), Is.EqualTo(ids));
    }

    private async Task<IReadOnlyList<string?>> HoldersAsync(string day) =>
        (await App.ReadAsync($"/v1/posts/{Post}/holders?on={day}")).Each(row => row["minister"]!["id"]);
}
