using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class KeepingBodies(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public Task A_forum() => App.EstablishForumAsync("PACT", founded: "1992-05-15", dissolved: "2024");

    [Test]
    public async Task A_body_is_put_on_file_within_its_forum()
    {
        var created = await App.PostAsync("/v1/forums/PACT/bodies", Named("secretariat"));

        var body = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/forums/PACT/bodies/secretariat"));
            Assert.That(created.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)body["forum"], Is.EqualTo("PACT"));
            Assert.That((string?)body["name"], Is.EqualTo("The secretariat"));
        }
    }

    [Test]
    public async Task A_body_is_found_however_its_code_is_typed()
    {
        await CreateAsync("secretariat");

        var body = await App.ReadAsync("/v1/forums/pact/bodies/Secretariat");

        Assert.That((string?)body["code"], Is.EqualTo("secretariat"));
    }

    [Test]
    public async Task Two_forums_may_have_a_body_of_one_code()
    {
        await App.EstablishForumAsync("UNION");
        await CreateAsync("secretariat");

        var second = await App.PostAsync("/v1/forums/UNION/bodies", Named("secretariat"));
        var again = await App.PostAsync("/v1/forums/PACT/bodies", Named("secretariat"));

        await second.CreatedAsync();
        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
        Assert.That(await CodesAsync(""), Is.EqualTo(new[] { "secretariat" }));
    }

    [Test]
    public async Task No_body_stands_in_a_forum_that_is_not_there()
    {
        await App.EstablishForumAsync("BRIEF");
        await App.DeleteAsync("/v1/forums/BRIEF");

        await (await App.PostAsync("/v1/forums/NOSUCH/bodies", Named("council"))).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await (await App.PutAsync("/v1/forums/NOSUCH/bodies/council", Named("council"))).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await (await App.GetAsync("/v1/forums/NOSUCH/bodies")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.GetAsync("/v1/forums/PACT/bodies/council")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.PostAsync("/v1/forums/BRIEF/bodies", Named("council"))).ProblemAsync(
            HttpStatusCode.Gone,
            "gone"
        );
    }

    [Test]
    public async Task A_body_reports_to_another_of_its_forum()
    {
        await CreateAsync("council");

        var created = await App.PostAsync("/v1/forums/PACT/bodies", Named("committee", parent: "council"));

        Assert.That((string?)(await created.CreatedAsync())["parent"], Is.EqualTo("council"));
    }

    [Test]
    public async Task A_parent_is_a_body_of_the_same_forum()
    {
        await App.EstablishForumAsync("UNION");
        await App.PostAsync("/v1/forums/UNION/bodies", Named("council"));

        var elsewhere = await App.PostAsync("/v1/forums/PACT/bodies", Named("committee", parent: "council"));

        await elsewhere.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [TestCase("council")]
    [TestCase("committee")]
    [TestCase("group")]
    public async Task No_body_is_above_itself(string parent)
    {
        await CreateAsync("council");
        await CreateAsync("committee", parent: "council");
        await CreateAsync("group", parent: "committee");

        var circle = await App.PatchAsync("/v1/forums/PACT/bodies/council", new { parent });

        await circle.ProblemAsync(HttpStatusCode.Conflict, "body-circle");
    }

    [Test]
    public async Task A_parent_is_deleted_after_its_children()
    {
        await CreateAsync("council");
        await CreateAsync("committee", parent: "council");

        var early = await App.DeleteAsync("/v1/forums/PACT/bodies/council");
        await App.PatchAsync("/v1/forums/PACT/bodies/committee", """{ "parent": null }""");
        var late = await App.DeleteAsync("/v1/forums/PACT/bodies/council");

        await early.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_deleted_body_is_gone()
    {
        await CreateAsync("council");

        await App.DeleteAsync("/v1/forums/PACT/bodies/council");

        await (await App.GetAsync("/v1/forums/PACT/bodies/council")).ProblemAsync(HttpStatusCode.Gone, "gone");
        Assert.That(await CodesAsync(""), Is.Empty);
    }

    [TestCase("1992-05-14", null)]
    [TestCase("2025", null)]
    [TestCase("2000", "2025")]
    public async Task No_body_stands_outside_the_life_of_its_forum(string founded, string? dissolved)
    {
        var outside = await App.PostAsync(
            "/v1/forums/PACT/bodies",
            new
            {
                code = "council",
                kind = "council",
                names = RegistryApp.NamesOf("Council"),
                founded,
                dissolved,
            }
        );

        await outside.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("""{ "founded": "2011" }""")]
    [TestCase("""{ "dissolved": "1999" }""")]
    public async Task The_life_of_a_forum_is_not_cut_so_that_its_bodies_stand_outside(string correction)
    {
        await CreateAsync("council");
        await App.PatchAsync("/v1/forums/PACT/bodies/council", new { founded = "2000", dissolved = "2010" });

        var cut = await App.PatchAsync("/v1/forums/PACT", correction);

        await cut.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task A_body_that_nobody_dated_leaves_the_forum_its_life()
    {
        await CreateAsync("council");

        var cut = await App.PatchAsync("/v1/forums/PACT", new { founded = "2000" });

        await cut.OkAsync();
    }

    [Test]
    public async Task A_body_is_put_in_place_of_the_one_there()
    {
        var created = await App.PutAsync("/v1/forums/PACT/bodies/council", Named("council"));
        var unseen = await App.PutAsync("/v1/forums/PACT/bodies/council", Named("council"));
        var replaced = await App.PutAsync(
            "/v1/forums/PACT/bodies/council",
            new
            {
                code = "council",
                kind = "council",
                names = RegistryApp.NamesOf("The new council"),
            },
            ifMatch: "\"1\""
        );

        await created.CreatedAsync();
        await unseen.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        await replaced.OkAsync();
        Assert.That(replaced.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
    }

    [Test]
    public async Task A_body_keeps_its_code_and_its_forum()
    {
        await App.EstablishForumAsync("UNION");
        await CreateAsync("council");

        var renamed = await App.PatchAsync("/v1/forums/PACT/bodies/council", new { code = "committee" });
        var moved = await App.PatchAsync("/v1/forums/PACT/bodies/council", new { forum = "UNION" });

        Assert.That(await renamed.FieldsAtFaultAsync(), Is.EqualTo(new[] { "code" }));
        Assert.That((string?)(await moved.OkAsync())["forum"], Is.EqualTo("PACT"));
    }

    [Test]
    public async Task A_seat_is_in_a_state_on_file()
    {
        await CreateAsync("council");

        var nowhere = await App.PatchAsync(
            "/v1/forums/PACT/bodies/council",
            new { seat = new { city = "Astana", country = "KAZ" } }
        );

        await nowhere.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task Bodies_are_asked_for_by_kind_and_day()
    {
        await CreateAsync("council");
        await CreateAsync("secretariat");
        await App.PatchAsync("/v1/forums/PACT/bodies/secretariat", new { kind = "secretariat", founded = "2006-06" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodesAsync("?kind=secretariat"), Is.EqualTo(new[] { "secretariat" }));
            Assert.That(await CodesAsync("?on=2006-05-31"), Is.EqualTo(new[] { "council" }));
            Assert.That(await CodesAsync("?on=2006-06-01"), Is.EqualTo(new[] { "council", "secretariat" }));
            Assert.That(await CodesAsync("?sort=-code"), Is.EqualTo(new[] { "secretariat", "council" }));
        }
    }

    [TestCase("1992-05-14")]
    [TestCase("2025-01-01")]
    public async Task No_body_stands_longer_than_its_forum(string day)
    {
        await CreateAsync("council");

        Assert.That(await CodesAsync($"?on={day}"), Is.Empty);
    }

    private static object Named(string code, string? parent = null) =>
        new
        {
            code,
            kind = "council",
            names = RegistryApp.NamesOf($"The {code}"),
            parent,
        };

    private async Task CreateAsync(string code, string? parent = null) =>
        await (await App.PostAsync("/v1/forums/PACT/bodies", Named(code, parent))).CreatedAsync();

    private async Task<IReadOnlyList<string?>> CodesAsync(string query) =>
        (await App.ReadAsync($"/v1/forums/PACT/bodies{query}")).Each(body => body["code"]);
}
