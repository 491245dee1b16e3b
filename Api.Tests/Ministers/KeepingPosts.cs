using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class KeepingPosts(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/posts/kaz.foreign-minister";

    [SetUp]
    public async Task A_state_and_a_body()
    {
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.EstablishBodyAsync("PACT", "staff", founded: "1999", dissolved: "2020-12-31");
    }

    [TestCase("foreign-minister", "state", "KAZ", null, "kaz.foreign-minister")]
    [TestCase("head-of-state", "state", "KAZ", null, "kaz.head-of-state")]
    [TestCase("ambassador", "state", "KAZ", null, "kaz.first-title")]
    [TestCase("other", "body", "PACT/staff", null, "pact.staff.first-title")]
    [TestCase("head-of-secretariat", "body", "PACT/staff", null, "pact.staff.head-of-secretariat")]
    [TestCase("permanent-representative", "state", "KAZ", "PACT", "kaz.permanent-representative.pact")]
    public async Task A_post_is_put_on_file_under_an_id_made_of_its_owner_and_kind(
        string kind,
        string owner,
        string code,
        string? accreditedTo,
        string id
    )
    {
        var created = await App.PostAsync("/v1/posts", Post(kind, owner, code, accreditedTo));

        var post = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo($"/v1/posts/{id}"));
            Assert.That((string?)post["id"], Is.EqualTo(id));
            Assert.That((string?)post["name"], Is.EqualTo("First Title"));
            Assert.That((string?)post["of"]!["code"], Is.EqualTo(code));
        }
    }

    [Test]
    public async Task Posts_of_one_name_get_numbers()
    {
        await (await App.PostAsync("/v1/posts", Post("foreign-minister"))).CreatedAsync();

        var second = await App.PostAsync("/v1/posts", Post("foreign-minister"));

        Assert.That((string?)(await second.CreatedAsync())["id"], Is.EqualTo("kaz.foreign-minister-2"));
    }

    [Test]
    public async Task Everything_known_of_a_post_is_given_back()
    {
        const string Whole = """
            {
              "id": "kaz.foreign-minister",
              "kind": "permanent-representative",
              "of": { "kind": "state", "code": "KAZ" },
              "accreditedTo": "PACT",
              "titles": [
                { "language": "en", "text": "Representative", "until": "1999-06", "ended": true },
                { "language": "ru", "text": "Представитель", "from": "1992" }
              ],
              "singleHolder": false,
              "established": "1992-07-02",
              "abolished": "2020",
              "ended": true,
              "sources": [{ "citation": "Decree 7", "url": "https://example.org/7", "confidence": "low" }]
            }
            """;

        await (await App.PutAsync(Path, Whole)).CreatedAsync();

        var read = (await App.ReadAsync(Path)).AsObject();
        foreach (var kept in new[] { "name", "version", "recordedAt" })
        {
            Assert.That(read.Remove(kept), kept);
        }

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse(Whole)), Is.True, read.ToString());
    }

    [TestCase("forum", "PACT")]
    [TestCase("minister", "mukhtar-tileuberdi")]
    public async Task A_post_is_of_a_state_or_of_a_body(string owner, string code)
    {
        var wrong = await App.PostAsync("/v1/posts", Post("other", owner, code));

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { "of.kind" }));
    }

    [TestCase("state", "PACT/staff")]
    [TestCase("body", "KAZ")]
    public async Task The_code_of_the_owner_is_that_of_its_kind(string owner, string code)
    {
        var wrong = await App.PostAsync("/v1/posts", Post("other", owner, code));

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { "of.code" }));
    }

    [TestCase("state", "ZZZ", null)]
    [TestCase("body", "PACT/nowhere", null)]
    [TestCase("state", "KAZ", "NOWHERE")]
    public async Task What_a_post_refers_to_is_on_file(string owner, string code, string? accreditedTo)
    {
        var unknown = await App.PostAsync("/v1/posts", Post("permanent-representative", owner, code, accreditedTo));

        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task Only_a_permanent_representative_is_accredited_to_a_forum()
    {
        var wrong = await App.PostAsync("/v1/posts", Post("ambassador", accreditedTo: "PACT"));

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { "accreditedTo" }));
    }

    [TestCase("state", "KAZ", "1991-12-15", null)]
    [TestCase("body", "PACT/staff", "1998", null)]
    [TestCase("body", "PACT/staff", "2021", null)]
    [TestCase("body", "PACT/staff", "2000", "2021")]
    public async Task No_post_lies_outside_the_life_of_its_owner(
        string owner,
        string code,
        string established,
        string? abolished
    )
    {
        var outside = await App.PostAsync("/v1/posts", Post("other", owner, code, null, established, abolished));

        await outside.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task The_life_of_an_owner_is_not_cut_shorter_than_that_of_its_post()
    {
        await (await App.PostAsync("/v1/posts", Post("other", established: "1991-12-16"))).CreatedAsync();
        await (
            await App.PostAsync("/v1/posts", Post("other", "body", "PACT/staff", null, "1999", "2015-05"))
        ).CreatedAsync();

        var state = await App.PatchAsync("/v1/states/KAZ", new { existence = new { from = "1992" } });
        var body = await App.PatchAsync("/v1/forums/PACT/bodies/staff", new { dissolved = "2015-04" });

        await state.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
        await body.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task A_renamed_post_goes_on()
    {
        await (await App.PutAsync(Path, Post("foreign-minister"))).CreatedAsync();

        var renamed = await App.PatchAsync(
            Path,
            """
            {
              "titles": [
                { "language": "en", "text": "First Title", "until": "2014-08-06" },
                { "language": "en", "text": "Second Title", "from": "2014-08-07" }
              ]
            }
            """
        );

        var post = await renamed.OkAsync();
        Assert.That((string?)post["name"], Is.EqualTo("Second Title"));
        Assert.That((string?)post["id"], Is.EqualTo("kaz.foreign-minister"));
    }

    [Test]
    public async Task Two_titles_are_not_valid_at_once()
    {
        await (await App.PutAsync(Path, Post("foreign-minister"))).CreatedAsync();

        var overlapping = await App.PatchAsync(
            Path,
            """
            {
              "titles": [
                { "language": "en", "text": "First Title" },
                { "language": "en", "text": "Second Title", "from": "2014-08-07" }
              ]
            }
            """
        );

        await overlapping.ProblemAsync(HttpStatusCode.Conflict, "title-overlap");
    }

    [Test]
    public async Task What_posts_refer_to_and_posts_that_are_held_are_kept()
    {
        await (await App.PostAsync("/v1/posts", Post("permanent-representative", accreditedTo: "PACT"))).CreatedAsync();
        await App.EstablishPostAsync("pact.head", of: "PACT/staff");
        await App.EstablishMinisterAsync("ada");
        await (await App.AppointAsync("ada", "pact.head", from: "2000", until: "2001", id: "one")).CreatedAsync();

        foreach (
            var used in new[]
            {
                "/v1/posts/pact.head",
                "/v1/states/KAZ",
                "/v1/forums/PACT/bodies/staff",
                "/v1/forums/PACT",
            }
        )
        {
            await (await App.DeleteAsync(used)).ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        }
    }

    [Test]
    public async Task A_deleted_post_is_gone_for_good()
    {
        await (await App.PutAsync(Path, Post("foreign-minister"))).CreatedAsync();

        var deleted = await App.DeleteAsync(Path, "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync(Path)).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.GetAsync($"{Path}/holders")).ProblemAsync(HttpStatusCode.Gone, "gone");
        var made = await App.PostAsync("/v1/posts", Post("foreign-minister"));
        Assert.That((string?)(await made.CreatedAsync())["id"], Is.EqualTo("kaz.foreign-minister-2"));
    }

    [TestCase("", "kaz.envoy", "kaz.rep", "pact.head")]
    [TestCase("?sort=-name", "pact.head", "kaz.rep", "kaz.envoy")]
    [TestCase("?state=kaz", "kaz.envoy", "kaz.rep")]
    [TestCase("?forum=pact", "pact.head")]
    [TestCase("?body=PACT/staff", "pact.head")]
    [TestCase("?kind=ambassador", "kaz.envoy")]
    [TestCase("?accreditedTo=pact", "kaz.rep")]
    [TestCase("?on=1998-12-31", "kaz.envoy", "kaz.rep")]
    [TestCase("?on=2010-06-01", "kaz.envoy", "kaz.rep", "pact.head")]
    [TestCase("?on=2011-01-01", "kaz.rep", "pact.head")]
    public async Task Posts_are_listed(string query, params string[] ids)
    {
        await App.EstablishPostAsync("kaz.envoy", kind: "ambassador", abolished: "2010");
        await App.EstablishPostAsync("pact.head", of: "PACT/staff", established: "1999");
        await (
            await App.PutAsync(
                "/v1/posts/kaz.rep",
                Post("permanent-representative", accreditedTo: "PACT", title: "Post kaz.rep")
            )
        ).CreatedAsync();

        var page = await App.ReadAsync($"/v1/posts{query}");

        Assert.That(page.Each(post => post["id"]), Is.EqualTo(ids));
    }

    private static object Post(
        string kind,
        string owner = "state",
        string code = "KAZ",
        string? accreditedTo = null,
        string? established = null,
        string? abolished = null,
        string title = "First Title"
    ) =>
        new
        {
            kind,
            of = new { kind = owner, code },
            accreditedTo,
            titles = RegistryApp.TextsOf(title),
            established,
            abolished,
        };
}
