using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>A Popolo document as EveryPolitician writes it, of a parliament and a government with made-up names.</summary>
public sealed class ImportingPolitics(Engine engine) : RegistryTest(engine)
{
    private const string Ann = "11111111-aaaa-4bbb-8ccc-000000000001";

    private static readonly string File = System.IO.File.ReadAllText(
        Path.Combine(Repository.Root, "Api.Tests", "Importing", "everypolitician.json")
    );

    [Test]
    public async Task Persons_come_whole_and_the_rest_is_said_to_be_left_out()
    {
        var import = await App.ImportAsync(File, Imports.Json);

        var left = await LeftOutAsync(import);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 8 0 0 0"), import.ToJsonString());
            Assert.That((int?)import["leftOut"], Is.EqualTo(left.Count).And.EqualTo((int?)import["processed"] - 8));
            Assert.That(
                left,
                Is.SupersetOf(
                    new[]
                    {
                        "Left out, because the registry has no record for an organization of this kind (legislature): "
                            + "Assembly of Testland, Senate of Testland.",
                        "Left out, because the registry has no record for an organization of this kind (party): "
                            + "Green Union of Testland, Blue Alliance, Independent.",
                        "Left out, because the registry has no record for an organization of this kind (executive): "
                            + "Cabinet of Testland.",
                        "Left out: 12 memberships in Assembly of Testland. Give the state (state=) to import them as appointments.",
                        "Left out: 4 memberships in Senate of Testland. Give the state (state=) to import them as appointments.",
                        "Left out: 1 membership in Cabinet of Testland. Give the state (state=) to import them as appointments.",
                        "Left out: gender of 8 persons.",
                        "Left out: contact_details of 8 persons.",
                        "Left out: honorific_prefix of 1 person.",
                        "Left out: on_behalf_of_id of 15 memberships.",
                        "Left out: area_id of 16 memberships.",
                        "Left out, because a record cannot have them: 8 of the links of persons.",
                        "Left out: 3 areas (areas).",
                        "Left out: 1 event (events).",
                    }
                )
            );
        }
    }

    [Test]
    public async Task A_person_has_the_languages_of_the_names_and_every_identifier()
    {
        await App.ImportAsync(File, Imports.Json);

        var person = await App.ReadAsync($"/v1/ministers/{Ann}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)person["name"], Is.EqualTo("Ann Example"));
            Assert.That(
                person["names"]!
                    .AsArray()
                    .Select(name => $"{name!["language"]} {name["text"]} {name["family"]}".TrimEnd()),
                Is.EqualTo(
                    new[]
                    {
                        "und Ann Example Example",
                        "en Ann Example",
                        "ru Анна Пример",
                        "de Ann Example",
                        "fr Ann Example",
                        "zh-TW 範例",
                        "und A. Example",
                    }
                )
            );
            Assert.That(
                person["identifiers"]!.AsArray().Select(one => $"{one!["scheme"]} {one["value"]}"),
                Is.EqualTo(
                    new[] { "everypolitician_legacy ann_example", "wikidata Q990000", "parliament-of-testland 400" }
                )
            );
            Assert.That((string?)person["sortName"], Is.EqualTo("Example, Ann"));
            Assert.That((string?)person["born"], Is.EqualTo("1961-04-12"));
            Assert.That(person["died"], Is.Null);
        }
    }

    [Test]
    public async Task An_identifier_leads_to_the_person_and_is_given_as_it_came()
    {
        await App.ImportAsync(File, Imports.Json);

        var found = await App.ReadAsync("/v1/ministers?identifier=everypolitician_legacy:ann_example");
        var linked = await App.Http.GetStringAsync($"/v1/ministers/{Ann}?format=jsonld");

        Assert.That(found.Each(person => person["id"]), Is.EqualTo([Ann]));
        Assert.That(linked, Does.Contain("\"scheme\":\"everypolitician_legacy\",\"identifier\":\"ann_example\""));
    }

    [Test]
    public async Task Whose_the_document_is_makes_appointments_of_memberships_in_a_role()
    {
        await App.EstablishStateAsync("KAZ");

        var import = await App.ImportAsync(File, Imports.Json, "?state=KAZ");

        var post = await App.ReadAsync("/v1/posts/kaz.assembly-of-testland.member");
        var appointments = (await App.ReadAsync($"/v1/appointments?minister={Ann}&sort=from"))["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 27 0 0 0"), import.ToJsonString());
            Assert.That((string?)post["name"], Is.EqualTo("member, Assembly of Testland"));
            Assert.That((string?)post["of"]!["code"], Is.EqualTo("KAZ"));
            Assert.That(
                appointments.Select(one => $"{one!["post"]} {one["from"]} {one["until"]}"),
                Is.EqualTo(
                    new[]
                    {
                        "kaz.assembly-of-testland.member 2010 2014",
                        "kaz.cabinet-of-testland.minister-of-foreign-affairs 2012-03 2013",
                        "kaz.assembly-of-testland.member 2014-06-01 2018-05-31",
                    }
                )
            );
            Assert.That(
                await LeftOutAsync(import),
                Does.Contain("Left out, because no date is given: 1 membership in Assembly of Testland.")
            );
        }
    }

    [TestCase("")]
    [TestCase("&partial=true")]
    public async Task The_same_document_twice_changes_nothing(string query)
    {
        await App.EstablishStateAsync("KAZ");
        await App.ImportAsync(File, Imports.Json, $"?state=KAZ{query}");
        await (
            await App.PatchAsync(
                "/v1/posts/kaz.senate-of-testland.senator",
                new { titles = RegistryApp.TextsOf("Senator") }
            )
        ).OkAsync();
        var before = await App.LastSequenceAsync();

        var again = await App.ImportAsync(File, Imports.Json, $"?state=KAZ{query}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(again), Is.EqualTo("done: 0 0 24 0"), again.ToJsonString());
            Assert.That(
                await App.LastSequenceAsync(),
                Is.EqualTo(before),
                "A post that was made stays as it was mended."
            );
        }
    }

    [Test]
    public async Task A_role_in_a_body_of_a_forum_is_a_post_of_it()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishBodyAsync("PACT", "staff");

        var import = await App.ImportAsync(
            """
            {"persons":[{"id":"jane-doe","name":"Jane Doe"}],"memberships":[
            {"person_id":"jane-doe","organization_id":"PACT/staff","role":"Legal Adviser","start_date":"2020-02"}]}
            """,
            Imports.Json
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 3 0 0 0"), import.ToJsonString());
            Assert.That(
                (string?)(await App.ReadAsync("/v1/posts/pact.staff.legal-adviser"))["of"]!["code"],
                Is.EqualTo("PACT/staff")
            );
        }
    }

    [Test]
    public async Task A_party_with_the_look_of_a_code_is_no_forum()
    {
        var import = await App.ImportAsync(
            """
            {"persons":[{"id":"jane-doe","name":"Jane Doe"}],
            "organizations":[{"id":"CDU","name":"A Party","classification":"Political party"}]}
            """,
            Imports.Json
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"));
        Assert.That((await App.GetAsync("/v1/forums/CDU")).IsSuccessStatusCode, Is.False);
    }

    [Test]
    public async Task A_state_goes_with_popolo_alone()
    {
        using var answer = await App.SendFileAsync(Imports.Minister("jane-doe"), query: "?state=KAZ");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["state"]));
    }

    private async Task<IReadOnlyList<string>> LeftOutAsync(JsonNode import) =>
        [.. (await App.RowsAsync(import, "?limit=200&result=left-out")).Select(row => (string)row!["note"]!)];
}
