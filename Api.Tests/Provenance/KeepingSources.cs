using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Provenance;

public sealed class KeepingSources(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task A_source_is_named_after_its_publisher_and_title_and_says_how_it_is_cited()
    {
        var answer = await App.PostAsync(
            "/v1/sources",
            new
            {
                publisher = "Example Press",
                title = "What the ministers agreed",
                url = "https://press.example/ministers",
                published = "2022-09-24",
                readOn = "2022-10",
                language = "en",
                kind = "press",
                reliability = "medium",
            }
        );

        var source = await answer.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)source["id"], Is.EqualTo("example-press-what-the-ministers-agreed"));
            Assert.That(
                (string?)source["citation"],
                Is.EqualTo("Example Press: What the ministers agreed (2022-09-24)")
            );
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"/v1/sources/{source["id"]}"));
        }
    }

    [Test]
    public async Task Every_field_at_fault_is_named()
    {
        var answer = await App.PostAsync(
            "/v1/sources",
            new
            {
                kind = "rumour",
                url = "ftp://press.example",
                published = "2022",
                readOn = "2021",
                language = "English",
            }
        );

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "kind", "language", "readOn", "title", "url" })
        );
    }

    [Test]
    public async Task Sources_are_listed_by_what_they_are()
    {
        await App.EstablishSourceAsync("gazette", "official-document");
        await App.EstablishSourceAsync("paper");
        await App.PatchAsync(
            "/v1/sources/paper",
            new
            {
                language = "ru",
                reliability = "low",
                url = "https://a.example",
            }
        );

        foreach (var filter in new[] { "kind=press", "language=ru", "reliability=low", "url=https://a.example" })
        {
            var page = await App.ReadAsync($"/v1/sources?{filter}");
            Assert.That(page.Each(source => source["id"]), Is.EqualTo(new[] { "paper" }), filter);
        }

        var byTitle = await App.ReadAsync("/v1/sources?sort=-title");
        Assert.That(byTitle.Each(source => source["id"]), Is.EqualTo(new[] { "paper", "gazette" }));
    }

    [Test]
    public async Task A_source_is_replaced_corrected_and_deleted_like_any_record()
    {
        await App.EstablishSourceAsync("paper");

        var unsaid = await App.PutAsync("/v1/sources/paper", new { title = "Other", kind = "book" });
        var replaced = await App.PutAsync("/v1/sources/paper", new { title = "Other", kind = "book" }, "\"1\"");
        var deleted = await App.DeleteAsync("/v1/sources/paper");
        var gone = await App.GetAsync("/v1/sources/paper");

        await unsaid.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        Assert.That((string?)(await replaced.OkAsync())["citation"], Is.EqualTo("Other"));
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await gone.ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task A_citation_by_id_takes_its_words_from_the_source()
    {
        await App.EstablishSourceAsync("paper");
        await App.EstablishStateAsync("KAZ");

        await App.PatchAsync(
            "/v1/states/KAZ",
            new { sources = new[] { new { source = "paper", confidence = "high" } } }
        );

        var cited = (await App.ReadAsync("/v1/states/KAZ"))["sources"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)cited["citation"], Is.EqualTo("Press: Report paper (2022-09)"));
            Assert.That((string?)cited["source"], Is.EqualTo("paper"));
        }
    }

    [Test]
    public async Task A_citation_says_its_source_in_one_way_or_the_other()
    {
        await App.EstablishStateAsync("KAZ");

        var wordless = await App.PatchAsync("/v1/states/KAZ", new { sources = new[] { new { confidence = "high" } } });
        var unknown = await App.PatchAsync(
            "/v1/states/KAZ",
            new { sources = new[] { new { source = "nobody", confidence = "high" } } }
        );

        var inWords = await App.PatchAsync(
            "/v1/states/KAZ",
            new
            {
                sources = new[]
                {
                    new
                    {
                        citation = "Nobody",
                        source = "nobody",
                        confidence = "high",
                    },
                },
            }
        );

        Assert.That(await wordless.FieldsAtFaultAsync(), Is.EqualTo(new[] { "sources[0].citation" }));
        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
        await inWords.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task A_source_knows_who_cites_it_and_stays_while_somebody_does()
    {
        await App.EstablishMembershipAsync();
        await App.StepAsync(
            "pact.kaz",
            new
            {
                step = "freeze",
                from = "2010",
                sources = new[] { new { source = "gazette", confidence = "high" } },
            }
        );
        var between = (string?)(await App.ReadAsync("/v1/memberships/pact.kaz"))["recordedAt"];

        var refused = await App.DeleteAsync("/v1/sources/gazette");
        var citing = await App.ReadAsync("/v1/sources/gazette/citations");
        await App.PutAsync(
            "/v1/memberships/pact.kaz",
            new { standings = new[] { new { standing = "member", from = "2000" } } },
            "*"
        );
        var later = await App.ReadAsync("/v1/sources/gazette/citations");
        var then = await App.ReadAsync($"/v1/sources/gazette/citations?knownAt={between}");
        var deleted = await App.DeleteAsync("/v1/sources/gazette");

        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)problem["detail"], Does.Contain("memberships/pact.kaz"));
            Assert.That(
                citing["items"]!.ToJsonString(),
                Is.EqualTo("""[{"collection":"memberships","id":"pact.kaz","count":1}]""")
            );
            Assert.That(later["items"]!.AsArray(), Is.Empty);
            Assert.That(then.Each(record => record["id"]), Is.EqualTo(new[] { "pact.kaz" }));
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }
}
