using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class KeepingMinisters(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/ministers/mukhtar-tileuberdi";

    [Test]
    public async Task A_minister_is_put_on_file_under_an_id_made_of_the_name()
    {
        var created = await App.PostAsync("/v1/ministers", Named("Mukhtar Tileuberdi"));

        var minister = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo(Path));
            Assert.That(created.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)minister["id"], Is.EqualTo("mukhtar-tileuberdi"));
            Assert.That((string?)minister["name"], Is.EqualTo("Mukhtar Tileuberdi"));
            Assert.That((int?)minister["version"], Is.EqualTo(1));
            Assert.That((string?)minister["recordedAt"], Does.StartWith("2026-06-30T12:"));
        }

        var read = await App.ReadAsync("/v1/ministers/Mukhtar-TILEUBERDI");
        Assert.That(JsonNode.DeepEquals(read, minister), Is.True, read.ToString());
    }

    [TestCase(
        """[{ "language": "ru", "text": "Мухтар Тлеуберди" }, { "language": "en", "text": "Mukhtar Tileuberdi" }]""",
        "mukhtar-tileuberdi"
    )]
    [TestCase(
        """[{ "language": "en", "text": "Tileuberdi M. B.", "given": "Mukhtar", "family": "Tileuberdi" }]""",
        "mukhtar-tileuberdi"
    )]
    [TestCase("""[{ "language": "az", "text": "İlham Əliyev" }]""", "ilham-aliyev")]
    public async Task The_id_is_made_of_the_English_name_where_there_is_one(string names, string id)
    {
        var created = await App.PostAsync("/v1/ministers", $$"""{ "names": {{names}} }""");

        Assert.That((string?)(await created.CreatedAsync())["id"], Is.EqualTo(id));
    }

    [Test]
    public async Task Namesakes_get_numbers_that_are_never_given_again()
    {
        var ids = new List<string?>();
        for (var namesake = 1; namesake <= 4; namesake++)
        {
            var minister = await (await App.PostAsync("/v1/ministers", Named("Wang Yi"))).CreatedAsync();
            ids.Add((string?)minister["id"]);
            if (namesake == 3)
            {
                await App.DeleteAsync($"/v1/ministers/{ids[1]}");
            }
        }

        Assert.That(ids, Is.EqualTo(new[] { "wang-yi", "wang-yi-2", "wang-yi-3", "wang-yi-4" }));
    }

    [Test]
    public async Task Many_namesakes_get_a_number_each_and_none_that_was_given_by_hand()
    {
        await (await App.PostAsync("/v1/ministers", Named("Kim Min", id: "kim-min-3"))).CreatedAsync();
        await (await App.PostAsync("/v1/ministers", Named("Kim Min", id: "kim-min-8"))).CreatedAsync();

        var ids = new List<string?>();
        for (var namesake = 1; namesake <= 21; namesake++)
        {
            ids.Add((string?)(await (await App.PostAsync("/v1/ministers", Named("Kim Min"))).CreatedAsync())["id"]);
        }

        var numbered = Enumerable.Range(1, 23).Where(number => number is not 3 and not 8);
        Assert.That(ids, Is.EquivalentTo(numbered.Select(number => number == 1 ? "kim-min" : $"kim-min-{number}")));
    }

    [Test]
    public async Task An_id_that_the_client_gives_is_taken()
    {
        var given = await App.PostAsync("/v1/ministers", Named("王毅", id: "wang.yi", language: "zh"));
        var again = await App.PostAsync("/v1/ministers", Named("Another", id: "wang.yi"));

        await given.CreatedAsync();
        Assert.That(given.Headers.Location?.ToString(), Is.EqualTo("/v1/ministers/wang.yi"));
        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
    }

    [TestCase("王毅", "zh")]
    [TestCase("Сергей Лавров", "ru")]
    [TestCase("X", "en")]
    public async Task An_id_that_cannot_be_made_of_the_name_has_to_be_given(string name, string language)
    {
        var created = await App.PostAsync("/v1/ministers", Named(name, language: language));

        Assert.That(await created.FieldsAtFaultAsync(), Is.EqualTo(new[] { "id" }));
    }

    [TestCase("Wang-Yi")]
    [TestCase("wang yi")]
    [TestCase("w")]
    public async Task An_id_has_its_shape(string id)
    {
        var created = await App.PostAsync("/v1/ministers", Named("Wang Yi", id));

        Assert.That(await created.FieldsAtFaultAsync(), Is.EqualTo(new[] { "id" }));
    }

    [Test]
    public async Task Everything_known_of_a_minister_is_given_back()
    {
        const string Whole = """
            {
              "id": "mukhtar-tileuberdi",
              "names": [
                {
                  "language": "en", "text": "Mukhtar Tileuberdi", "family": "Tileuberdi", "given": "Mukhtar",
                  "from": "1991-12", "until": "2020", "ended": true
                },
                {
                  "language": "ru", "text": "Мухтар Бескенулы Тлеуберди", "family": "Тлеуберди", "given": "Мухтар",
                  "patronymic": "Бескенулы"
                }
              ],
              "sortName": "Tileuberdi, Mukhtar B.",
              "born": "1968-10-05",
              "died": "2025",
              "identifiers": [{ "scheme": "wikidata", "value": "Q4458371", "preferred": true }],
              "links": [
                {
                  "url": "https://example.org/cv", "title": "Biography", "language": "en",
                  "mediaType": "application/pdf",
                  "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                }
              ],
              "sources": [{ "citation": "Decree 7", "url": "https://example.org/7", "confidence": "high" }]
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

    [Test]
    public async Task A_minister_is_put_in_place_of_the_one_there()
    {
        var created = await App.PutAsync(Path, Named("Mukhtar Tileuberdi", born: "1968"));
        var unseen = await App.PutAsync(Path, Named("Mukhtar Tileuberdi"));
        var replaced = await App.PutAsync(Path, Named("Mukhtar B. Tileuberdi"), ifMatch: "\"1\"");

        await created.CreatedAsync();
        await unseen.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        var minister = await replaced.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo(Path));
            Assert.That((string?)minister["id"], Is.EqualTo("mukhtar-tileuberdi"));
            Assert.That((string?)minister["name"], Is.EqualTo("Mukhtar B. Tileuberdi"));
            Assert.That(minister["born"], Is.Null);
        }
    }

    [Test]
    public async Task A_correction_changes_what_it_names_and_nothing_else()
    {
        await (await App.PutAsync(Path, Named("Mukhtar Tileuberdi", born: "1968"))).CreatedAsync();

        var corrected = await App.PatchAsync(Path, """{ "born": null, "sortName": "Tileuberdi" }""");
        var nameless = await App.PatchAsync(Path, """{ "names": null }""");

        var minister = await corrected.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(minister["born"], Is.Null);
            Assert.That((string?)minister["sortName"], Is.EqualTo("Tileuberdi"));
            Assert.That((string?)minister["name"], Is.EqualTo("Mukhtar Tileuberdi"));
            Assert.That((int?)minister["version"], Is.EqualTo(2));
        }

        Assert.That(await nameless.FieldsAtFaultAsync(), Is.EqualTo(new[] { "names" }));
    }

    [Test]
    public async Task A_life_does_not_end_before_it_starts()
    {
        var wrong = await App.PutAsync(
            Path,
            new
            {
                names = RegistryApp.TextsOf("One"),
                born = "1968-10-05",
                died = "1968-09",
            }
        );

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { "died" }));
    }

    [Test]
    public async Task A_deleted_minister_is_gone()
    {
        await (await App.PutAsync(Path, Named("Mukhtar Tileuberdi"))).CreatedAsync();

        var deleted = await App.DeleteAsync(Path, "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync(Path)).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.GetAsync($"{Path}/appointments")).ProblemAsync(HttpStatusCode.Gone, "gone");
        await (await App.GetAsync($"{Path}/timeline")).ProblemAsync(HttpStatusCode.Gone, "gone");
        var made = await App.PostAsync("/v1/ministers", Named("Mukhtar Tileuberdi"));
        Assert.That((string?)(await made.CreatedAsync())["id"], Is.EqualTo("mukhtar-tileuberdi-2"));
    }

    [Test]
    public async Task A_minister_is_kept_as_long_as_an_appointment_is()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishMinisterAsync("ada");
        await App.EstablishPostAsync("kaz.envoy");
        await (await App.AppointAsync("ada", "kaz.envoy", from: "2000", id: "one")).CreatedAsync();

        var refused = await App.DeleteAsync("/v1/ministers/ada");
        await App.DeleteAsync("/v1/appointments/one");
        var deleted = await App.DeleteAsync("/v1/ministers/ada");

        await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("", "ada", "bea", "cid")]
    [TestCase("?sort=-id", "cid", "bea", "ada")]
    [TestCase("?sort=name", "cid", "ada", "bea")]
    [TestCase("?sort=born", "cid", "bea", "ada")]
    [TestCase("?sort=-born", "ada", "bea", "cid")]
    [TestCase("?identifier=wikidata:Q2", "bea")]
    [TestCase("?identifier=viaf:Q2")]
    [TestCase("?post=KAZ.envoy", "ada")]
    [TestCase("?state=kaz", "ada")]
    [TestCase("?forum=pact", "bea")]
    [TestCase("?kind=ambassador", "ada")]
    [TestCase("?kind=head-of-secretariat", "bea")]
    [TestCase("?kind=head-of-state")]
    public async Task Ministers_are_listed(string query, params string[] ids)
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT");
        await App.EstablishBodyAsync("PACT", "staff");
        await PersonAsync("ada", "Quiet", "1990", "Q1");
        await PersonAsync("bea", "Żak", "1970-05", "Q2");
        await PersonAsync("cid", "Éluard", null, "Q3");
        await App.EstablishPostAsync("kaz.envoy", kind: "ambassador");
        await App.EstablishPostAsync("pact.head", of: "PACT/staff", kind: "head-of-secretariat");
        await (await App.AppointAsync("ada", "kaz.envoy", from: "2000", until: "2001")).CreatedAsync();
        await (await App.AppointAsync("bea", "pact.head", from: "2000")).CreatedAsync();

        var page = await App.ReadAsync($"/v1/ministers{query}");

        Assert.That(page.Each(minister => minister["id"]), Is.EqualTo(ids));
    }

    private static object Named(string text, string? id = null, string? born = null, string language = "en") =>
        new
        {
            id,
            names = new[] { new { language, text } },
            born,
        };

    private async Task PersonAsync(string id, string family, string? born, string wikidata) =>
        await (
            await App.PostAsync(
                "/v1/ministers",
                new
                {
                    id,
                    names = new[]
                    {
                        new
                        {
                            language = "en",
                            text = $"A. {family}",
                            family,
                        },
                    },
                    born,
                    identifiers = new[] { new { scheme = "wikidata", value = wikidata } },
                }
            )
        ).CreatedAsync();
}
