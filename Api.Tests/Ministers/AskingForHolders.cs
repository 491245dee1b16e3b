using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class AskingForHolders(Engine engine) : RegistryTest(engine)
{
    private const string Post = "kaz.foreign-minister";

    [SetUp]
    public async Task Ministers_and_their_posts()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT");
        await App.EstablishBodyAsync("PACT", "staff");
        await App.EstablishMinisterAsync("ada");
        await App.EstablishMinisterAsync("bea");
        await App.EstablishPostAsync(Post, kind: "foreign-minister");
        await App.EstablishPostAsync("pact.head", of: "PACT/staff", kind: "head-of-secretariat");
    }

    [Test]
    public async Task The_holder_of_a_day_is_told_with_post_and_title()
    {
        await AppointAsync("ada", Post, "2004-03-01", "2007-01-10", id: "one");

        var page = await App.ReadAsync($"/v1/posts/{Post}/holders?on=2005-01-01");

        var holder = page["items"]!.AsArray().Single()!;
        const string Whole = """
            {
              "post": "kaz.foreign-minister", "kind": "foreign-minister", "of": { "kind": "state", "code": "KAZ" }, "holding": "held",
              "minister": { "id": "ada", "name": "Minister ada" }, "title": "Post kaz.foreign-minister",
              "acting": false, "since": "2004-03-01", "until": "2007-01-10", "certain": true, "appointment": "one"
            }
            """;
        Assert.That(JsonNode.DeepEquals(holder, JsonNode.Parse(Whole)), Is.True, holder.ToString());
    }

    [TestCase("2004-02-29", null, null)]
    [TestCase("2004-03-01", "ada", true)]
    [TestCase("2006-12-31", "ada", true)]
    [TestCase("2007-01-01", "ada", true)]
    [TestCase("2007-01-02", "ada", false)]
    [TestCase("2007-01-31", "ada", false)]
    [TestCase("2007-02-01", null, null)]
    [TestCase("2010-01-01", "bea", false)]
    [TestCase("2010-12-30", "bea", false)]
    [TestCase("2010-12-31", "bea", true)]
    [TestCase("2026-06-30", "bea", true)]
    public async Task A_day_inside_an_imprecise_end_is_not_certain(string day, string? minister, bool? certain)
    {
        await AppointAsync("ada", Post, "2004-03-01", "2007-01");
        await AppointAsync("bea", Post, "2010");

        var holders = (await App.ReadAsync($"/v1/posts/{Post}/holders?on={day}"))["items"]!.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)holders.SingleOrDefault()?["minister"]!["id"], Is.EqualTo(minister));
            Assert.That((bool?)holders.SingleOrDefault()?["certain"], Is.EqualTo(certain));
        }
    }

    [TestCase("")]
    [TestCase("?on=2026-06-30")]
    public async Task The_day_is_today_unless_another_is_named(string query)
    {
        await AppointAsync("ada", Post, "2004", "2026-06-29");
        await AppointAsync("bea", Post, "2026-06-30", "2026-06-30");

        Assert.That(await HoldersAsync($"/v1/posts/{Post}/holders{query}"), Is.EqualTo(new[] { "bea" }));
        Assert.That(await HoldersAsync($"/v1/holders{query}"), Is.EqualTo(new[] { "bea" }));
    }

    [Test]
    public async Task Who_left_nobody_knows_when_gives_way_to_the_next()
    {
        await AppointAsync("ada", Post, "2004", ended: true);
        await AppointAsync("bea", Post, "2010-05");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await HoldersAsync($"/v1/holders?on=2009-01-01"), Is.EqualTo(new[] { "ada" }));
            Assert.That(await HoldersAsync($"/v1/holders?on=2010-05-30"), Is.EqualTo(new[] { "ada", "bea" }));
            Assert.That(await HoldersAsync($"/v1/holders?on=2010-05-31"), Is.EqualTo(new[] { "bea" }));
            Assert.That(await HoldersAsync($"/v1/posts/{Post}/holders"), Is.EqualTo(new[] { "bea" }));
        }
    }

    [Test]
    public async Task Who_only_acts_drives_nobody_out()
    {
        await AppointAsync("ada", Post, "2004", ended: true);
        await AppointAsync("bea", Post, "2010", acting: true);

        var page = await App.ReadAsync($"/v1/posts/{Post}/holders?on=2012-01-01");

        Assert.That(page.Each(row => row["minister"]!["id"]), Is.EqualTo(new[] { "ada", "bea" }));
        Assert.That((bool)page["items"]![0]!["certain"]!, Is.False);
        Assert.That((bool)page["items"]![1]!["acting"]!, Is.True);
    }

    [Test]
    public async Task Who_left_a_post_of_several_nobody_knows_when_is_driven_out_by_nobody()
    {
        await App.EstablishPostAsync("kaz.deputy", singleHolder: false);
        await AppointAsync("ada", "kaz.deputy", "2004", ended: true);
        await AppointAsync("bea", "kaz.deputy", "2010");

        Assert.That(await HoldersAsync("/v1/holders?on=2012-01-01"), Is.EqualTo(new[] { "ada", "bea" }));
    }

    [Test]
    public async Task The_title_of_a_day_is_as_styled_or_that_of_the_post_on_the_day()
    {
        await (
            await App.PatchAsync(
                $"/v1/posts/{Post}",
                """
                {
                  "titles": [
                    { "language": "en", "text": "Minister", "from": "2000", "until": "2005-12-31" },
                    { "language": "en", "text": "Secretary of State", "from": "2006-01-01" }
                  ]
                }
                """
            )
        ).OkAsync();
        await (
            await App.PostAsync(
                "/v1/ministers/ada/appointments",
                """
                {
                  "post": "kaz.foreign-minister", "from": "1999",
                  "titles": [{ "language": "en", "text": "First Deputy", "from": "2004-02-01", "until": "2004-02-29" }]
                }
                """
            )
        ).CreatedAsync();

        var titles = new List<string?>();
        foreach (
            var day in new[] { "1999-12-31", "2004-01-31", "2004-02-01", "2004-02-29", "2005-12-31", "2006-01-01" }
        )
        {
            var page = await App.ReadAsync($"/v1/posts/{Post}/holders?on={day}");
            titles.AddRange(page.Each(row => row["title"]));
        }

        Assert.That(
            titles,
            Is.EqualTo(
                new[]
                {
                    "Secretary of State",
                    "Minister",
                    "First Deputy",
                    "First Deputy",
                    "Minister",
                    "Secretary of State",
                }
            )
        );
    }

    [TestCase("/v1/posts/kaz.foreign-minister", """{ "abolished": "2015-05" }""", "kaz.foreign-minister")]
    [TestCase("/v1/ministers/ada", """{ "died": "2015-05" }""", "kaz.foreign-minister")]
    public async Task An_appointment_ends_where_its_post_or_its_holder_does(string path, string end, string post)
    {
        await AppointAsync("ada", post, "2004");
        await (await App.PatchAsync(path, end)).OkAsync();

        var during = await App.ReadAsync("/v1/holders?on=2015-05-01");
        var perhaps = await App.ReadAsync("/v1/holders?on=2015-05-02");
        var after = await App.ReadAsync("/v1/holders?on=2015-06-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool)during["items"]![0]!["certain"]!, Is.True);
            Assert.That((bool)perhaps["items"]![0]!["certain"]!, Is.False);
            Assert.That(after["items"]!.AsArray(), Is.Empty);
        }
    }

    [TestCase("", "one", "two", "three")]
    [TestCase("?state=kaz", "one", "two")]
    [TestCase("?forum=pact", "three")]
    [TestCase("?body=PACT/staff", "three")]
    [TestCase("?kind=foreign-minister", "one", "two")]
    [TestCase("?minister=BEA", "two")]
    [TestCase("?acting=true", "two")]
    [TestCase("?acting=false&state=KAZ", "one")]
    [TestCase("?on=2004-06-01", "one")]
    [TestCase("?sort=-since", "two", "three", "one")]
    [TestCase("?sort=name", "one", "three", "two")]
    [TestCase("?state=UZB")]
    public async Task Holders_are_asked_for(string query, params string[] appointments)
    {
        await AppointAsync("ada", Post, "2004-01-01", id: "one");
        await AppointAsync("bea", Post, "2010", acting: true, id: "two");
        await AppointAsync("ada", "pact.head", "2005", id: "three");

        var page = await App.ReadAsync($"/v1/holders{query}");

        Assert.That(page.Each(row => row["appointment"]), Is.EqualTo(appointments));
        Assert.That(
            await App.WalkAsync(
                $"/v1/holders{query}{(query.Length == 0 ? "?" : "&")}limit=1",
                row => row["appointment"]
            ),
            Is.EqualTo(appointments)
        );
    }

    [Test]
    public async Task A_post_that_is_not_there_has_no_holders()
    {
        var nowhere = await App.GetAsync("/v1/posts/kaz.nothing/holders");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private async Task AppointAsync(
        string minister,
        string post,
        string from,
        string? until = null,
        bool acting = false,
        bool? ended = null,
        string? id = null
    ) => await (await App.AppointAsync(minister, post, from, until, acting, ended, id)).CreatedAsync();

    private async Task<IReadOnlyList<string?>> HoldersAsync(string path) =>
        (await App.ReadAsync(path)).Each(row => row["minister"]!["id"]);
}
