using System.Net;
using Registry.Api.Tests.Search;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Http;

/// <summary>Names of the day that is asked for, in the language that the caller wants.</summary>
public sealed class ChoosingLanguages(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_forum_that_was_renamed_and_its_members()
    {
        await App.EstablishForumAsync(
            "OTS",
            Named("Turkic Council", until: "2021-11-11"),
            Named("Organization of Turkic States", from: "2021-11-12"),
            Named("Conseil turcique", "fr", until: "2021-11-11"),
            Named("Organisation des États turciques", "fr", from: "2021-11-12"),
            Named("OTS", kind: "acronym")
        );
        await App.EstablishStateAsync(
            "TUR",
            Named("Turkey", kind: "short", until: "2022-05-31"),
            Named("Türkiye", kind: "short", from: "2022-06-01"),
            Named("Turquie", "fr", kind: "short"),
            Named("Турция", "ru", kind: "short")
        );
        await App.EstablishStateAsync("KAZ", Named("Kazakhstan", kind: "short"));
        foreach (var member in new[] { "TUR", "KAZ" })
        {
            await (await App.AdmitAsync("OTS", member, "2009-10-03")).CreatedAsync();
        }
    }

    [TestCase("?on=2015-01-01", "Turkic Council", "Kazakhstan", "Turkey")]
    [TestCase("?on=2015", "Turkic Council", "Kazakhstan", "Turkey")]
    [TestCase("?on=2022-01-01", "Organization of Turkic States", "Kazakhstan", "Turkey")]
    [TestCase("", "Organization of Turkic States", "Kazakhstan", "Türkiye")]
    [TestCase("?on=2015-01-01&lang=fr", "Conseil turcique", "Kazakhstan", "Turquie")]
    [TestCase("?lang=ru,fr", "Organisation des États turciques", "Kazakhstan", "Турция")]
    public async Task Members_on_a_day_have_the_names_of_that_day(string query, string forum, params string[] members)
    {
        var page = await App.ReadAsync($"/v1/forums/OTS/members{query}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(item => item["forumName"]), Is.All.EqualTo(forum));
            Assert.That(page.Each(item => item["member"]!["name"]), Is.EqualTo(members));
        }
    }

    [Test]
    public async Task A_fallback_is_said_with_its_language()
    {
        var members = (await App.ReadAsync("/v1/forums/OTS/members?lang=ru,fr"))["items"]!.AsArray();
        var state = await App.ReadAsync("/v1/states/KAZ?lang=ru");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)members[0]!["member"]!["nameLanguage"], Is.EqualTo("en"));
            Assert.That((string?)members[0]!["forumNameLanguage"], Is.EqualTo("fr"));
            Assert.That(members[1]!["member"]!["nameLanguage"], Is.Null, "It is in the first language.");
            Assert.That((string?)state["name"], Is.EqualTo("Kazakhstan"));
            Assert.That((string?)state["nameLanguage"], Is.EqualTo("en"));
        }
    }

    [Test]
    public async Task Lists_of_records_show_the_names_of_the_day_and_the_language()
    {
        var then = await App.ReadAsync("/v1/forums?on=2015-01-01");
        var now = await App.ReadAsync("/v1/forums?lang=fr");
        var instant = (string)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"]!;
        var known = await App.ReadAsync($"/v1/states?lang=ru&knownAt={Uri.EscapeDataString(instant)}");
        var csv = await (
            await App.GetAsync("/v1/states?lang=fr&format=csv&fields=code,name,nameLanguage")
        ).Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(then.Each(item => item["name"]), Is.EqualTo(new[] { "Turkic Council" }));
            Assert.That(now.Each(item => item["name"]), Is.EqualTo(new[] { "Organisation des États turciques" }));
            Assert.That(known.Each(item => item["name"]), Is.EqualTo(new[] { "Kazakhstan", "Турция" }));
            Assert.That(csv, Does.Contain("KAZ,Kazakhstan,en").And.Contain("TUR,Turquie,"));
        }
    }

    [Test]
    public async Task A_page_is_continued_in_another_language()
    {
        var first = await App.ReadAsync("/v1/states?limit=1&lang=fr");

        var second = await App.ReadAsync(
            ((string)first["next"]!).Replace("lang=fr", "lang=ru", StringComparison.Ordinal)
        );

        Assert.That(second.Each(item => item["name"]), Is.EqualTo(new[] { "Турция" }));
    }

    [TestCase("fr", "Turquie")]
    [TestCase("fr-CA,fr;q=0.9,en;q=0.8", "Turquie")]
    [TestCase("de;q=0.5,ru;q=0.9", "Турция")]
    [TestCase("fr;q=0.5,ru;q=0.9", "Турция")]
    [TestCase("en-US,en;q=0.9,fr;q=0.8", "Türkiye")]
    [TestCase("de", "Türkiye")]
    [TestCase("*", "Türkiye")]
    [TestCase("fr;q=0", "Türkiye")]
    [TestCase("not a header;;", "Türkiye")]
    public async Task The_header_chooses_where_the_parameter_does_not(string accepted, string name)
    {
        var record = await (await AcceptingAsync("/v1/states/TUR", accepted)).OkAsync();
        var list = await (await AcceptingAsync("/v1/states", accepted)).OkAsync();
        var asked = await (await AcceptingAsync("/v1/states/TUR?lang=ru", accepted)).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)record["name"], Is.EqualTo(name));
            Assert.That(list.Each(item => item["name"]), Does.Contain(name));
            Assert.That((string?)asked["name"], Is.EqualTo("Турция"), "The parameter comes first.");
        }
    }

    [Test]
    public async Task Whoever_accepts_another_language_holds_another_answer()
    {
        foreach (var path in new[] { "/v1/states/TUR", "/v1/states", "/v1/forums/OTS/members" })
        {
            var french = await AcceptingAsync(path, "fr");
            var plain = await App.GetAsync(path);
            var tag = french.Headers.ETag!.ToString();

            using (Assert.EnterMultipleScope())
            {
                Assert.That(tag, Is.Not.EqualTo(plain.Headers.ETag!.ToString()), path);
                Assert.That(french.Headers.Vary, Does.Contain("Accept-Language"), path);
                Assert.That(plain.Headers.Vary, Does.Contain("Accept-Language"), path);
                Assert.That(
                    (await AcceptingAsync(path, "fr", tag)).StatusCode,
                    Is.EqualTo(HttpStatusCode.NotModified),
                    path
                );
                Assert.That((await AcceptingAsync(path, "ru", tag)).StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
                Assert.That(
                    (await (await App.GetAsync(path)).OkAsync()).ToJsonString(),
                    Does.Not.Contain("Turquie\",\"nameLanguage"),
                    path
                );
            }
        }
    }

    [Test]
    public async Task A_record_read_in_another_language_can_be_corrected_with_its_tag()
    {
        var french = await App.GetAsync("/v1/states/TUR?lang=fr");
        var tag = french.Headers.ETag!.ToString();

        var corrected = await App.PatchAsync("/v1/states/TUR", new { m49 = "792" }, ifMatch: tag);
        var stale = await App.PatchAsync("/v1/states/TUR", new { m49 = "793" }, ifMatch: tag);

        Assert.That(tag, Is.EqualTo("\"1-fr\""));
        Assert.That((await corrected.OkAsync())["nameLanguage"], Is.Null);
        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task What_is_sent_back_with_its_language_is_stored_without_it()
    {
        var french = (await App.ReadAsync("/v1/states/KAZ?lang=fr")).AsObject();
        Assert.That((string?)french["nameLanguage"], Is.EqualTo("en"));

        await (await App.PutAsync("/v1/states/KAZ", french.ToJsonString(), ifMatch: "\"1-fr\"")).OkAsync();

        Assert.That((await App.ReadAsync("/v1/states/KAZ"))["nameLanguage"], Is.Null);
    }

    [Test]
    public async Task Holders_have_titles_and_names_in_the_language()
    {
        await App.EstablishMinisterAsync("m-one");
        await App.PatchAsync(
            "/v1/ministers/m-one",
            new { names = new[] { new { language = "en", text = "Name" }, new { language = "ru", text = "Имя" } } }
        );
        await App.EstablishPostAsync("p-one", of: "TUR");
        await App.PatchAsync(
            "/v1/posts/p-one",
            new { titles = new[] { new { language = "en", text = "Post" }, new { language = "ru", text = "Пост" } } }
        );
        await (await App.AppointAsync("m-one", "p-one", "2020")).CreatedAsync();

        var russian = (await App.ReadAsync("/v1/holders?lang=ru&on=2021-05-05"))["items"]![0]!;
        var french = (await App.ReadAsync("/v1/holders?lang=fr&on=2021-05-05"))["items"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)russian["title"], Is.EqualTo("Пост"));
            Assert.That(russian["titleLanguage"], Is.Null);
            Assert.That((string?)russian["minister"]!["name"], Is.EqualTo("Имя"));
            Assert.That((string?)french["title"], Is.EqualTo("Post"));
            Assert.That((string?)french["titleLanguage"], Is.EqualTo("en"));
            Assert.That((string?)french["minister"]!["nameLanguage"], Is.EqualTo("en"));
        }
    }

    [TestCase("/v1/states?lang=french")]
    [TestCase("/v1/states?lang=f")]
    [TestCase("/v1/states?lang=fr_FR")]
    [TestCase("/v1/states/TUR?lang=*")]
    [TestCase("/v1/memberships?lang=fr")]
    [TestCase("/v1/memberships/ots.tur?lang=fr")]
    public async Task What_is_no_language_is_refused_and_so_is_one_where_there_are_no_names(string path) =>
        Assert.That(await (await App.GetAsync(path)).FieldsAtFaultAsync(), Is.EqualTo(new[] { "lang" }));

    private Task<HttpResponseMessage> AcceptingAsync(string path, string languages, string? held = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        if (held is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
        }

        return App.Http.SendAsync(request);
    }
}
