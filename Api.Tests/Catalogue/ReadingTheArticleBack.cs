using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Catalogue;

/// <summary>
/// A press report of 24 September 2022, sentence by sentence: whatever it says can be read back from the registry. The
/// tests are named after what each sentence says.
/// </summary>
public sealed class ReadingTheArticleBack(Engine engine) : CatalogueTest(engine)
{
    private const string Meeting = "/v1/meetings/cica-informal-ministerial-2022-09";

    private const string Council = "/v1/meetings/csto-foreign-ministers-2022-09";

    private const string Source = "Press service of the Ministry of Foreign Affairs of the Republic of Kazakhstan";

    [Test]
    public async Task An_informal_ministerial_meeting_of_CICA_was_held_in_September_2022()
    {
        var meeting = await App.ReadAsync(Meeting);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)meeting["forum"], Is.EqualTo("CICA"));
            Assert.That((string?)meeting["kind"], Is.EqualTo("ministerial"));
            Assert.That((string?)meeting["format"], Is.EqualTo("informal"));
            Assert.That((string?)meeting["status"], Is.EqualTo("held"));
            Assert.That((string?)meeting["starts"], Is.EqualTo("2022-09"));
            Assert.That(meeting["sources"]!.ToJsonString(), Does.Contain(Source));
        }
    }

    [Test]
    public async Task It_was_held_on_the_sidelines_of_the_General_Assembly_of_the_UN()
    {
        var margins = (string?)(await App.ReadAsync(Meeting))["onMarginsOf"];
        var session = await App.ReadAsync($"/v1/meetings/{margins}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)session["forum"], Is.EqualTo("UN"));
            Assert.That((string?)session["body"], Is.EqualTo("general-assembly"));
            Assert.That((int?)session["ordinal"], Is.EqualTo(77));
        }
    }

    [Test]
    public async Task It_was_under_the_chairmanship_of_Kazakhstan()
    {
        var chair = await App.ReadAsync($"{Meeting}/chair");
        var chairs = await App.ReadAsync("/v1/forums/CICA/chairmanships?on=2022-09-24");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)chair["member"]!["code"], Is.EqualTo("KAZ"));
            Assert.That((string?)chair["basis"], Is.EqualTo("recorded"));
            Assert.That(chairs.Each(row => row["chair"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
        }
    }

    [Test]
    public async Task The_foreign_ministers_of_the_member_states_attended()
    {
        var delegations = await App.ReadAsync($"{Meeting}/delegations");
        var members = await App.ReadAsync("/v1/forums/CICA/members?on=2022-09-24&standing=member");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                delegations.Each(row => row["member"]!["code"]),
                Is.EquivalentTo(members.Each(row => row["member"]!["code"]))
            );
            Assert.That(
                delegations.Each(row => row["post"]),
                Is.All.EndsWith(".foreign-minister"),
                "each is represented by the holder of that post"
            );
        }
    }

    [Test]
    public async Task It_prepared_the_sixth_Summit_of_12_and_13_October_in_Astana()
    {
        var agenda = await App.ReadAsync($"{Meeting}/agenda");
        var summit = await App.ReadAsync("/v1/meetings/cica-summit-6");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)agenda["items"]![0]!["title"], Is.EqualTo("Preparation of the sixth CICA Summit"));
            Assert.That((int?)summit["ordinal"], Is.EqualTo(6));
            Assert.That((string?)summit["kind"], Is.EqualTo("summit"));
            Assert.That((string?)summit["starts"], Is.EqualTo("2022-10-12"));
            Assert.That((string?)summit["ends"], Is.EqualTo("2022-10-13"));
            Assert.That((string?)summit["city"], Is.EqualTo("Astana"));
        }
    }

    [Test]
    public async Task Mukhtar_Tileuberdi_opened_it_as_Deputy_Prime_Minister_and_Minister_of_Foreign_Affairs()
    {
        var participants = await App.ReadAsync($"{Meeting}/participants");
        var holder = await App.ReadAsync("/v1/holders?state=KAZ&kind=foreign-minister&on=2022-09-24");

        var opening = participants["items"]!.AsArray().Single(one => (string?)one!["of"]!["code"] == "KAZ")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)opening["name"], Is.EqualTo("Mukhtar Tileuberdi"));
            Assert.That((string?)opening["capacity"], Is.EqualTo("chair"));
            Assert.That(
                holder.Each(row => row["title"]),
                Is.EqualTo(new[] { "Deputy Prime Minister - Minister of Foreign Affairs" })
            );
            Assert.That(holder.Each(row => row["minister"]!["id"]), Is.EqualTo(new[] { "mukhtar-tileuberdi" }));
        }
    }

    [Test]
    public async Task He_noted_the_importance_of_the_Summit_and_thanked_the_member_states()
    {
        var outcomes = await App.ReadAsync(
            "/v1/outcomes?meeting=cica-informal-ministerial-2022-09&actor=mukhtar-tileuberdi"
        );

        Assert.That(outcomes.Each(outcome => outcome["verb"]), Is.EquivalentTo(new[] { "noted", "thanked" }));
    }

    [Test]
    public async Task The_Summit_launched_the_transformation_of_the_forum()
    {
        var launched = await App.ReadAsync("/v1/outcomes?meeting=cica-summit-6&verb=launched");
        var forum = await App.ReadAsync("/v1/forums/CICA");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(launched.Each(outcome => outcome["name"]).Single(), Does.Contain("transformation"));
            Assert.That((string?)forum["stages"]!.AsArray()[^1]!["from"], Is.EqualTo("2022-10-13"));
        }
    }

    [TestCase("cica-astana-statement-2022", "statement")]
    [TestCase("cica-fund-regulations-2022", "regulations")]
    [TestCase("cica-leaders-statement-ict-2022", "statement")]
    [TestCase("cica-plan-of-action-counter-terrorism-2022", "action-plan")]
    public async Task A_document_planned_for_the_Summit_was_discussed(string document, string kind)
    {
        var discussed = await App.ReadAsync($"{Meeting}/documents?status=discussed");
        var outcomes = await App.ReadAsync(
            $"/v1/outcomes?meeting=cica-informal-ministerial-2022-09&verb=discussed&document={document}"
        );
        var record = await App.ReadAsync($"/v1/documents/{document}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(discussed.Each(one => one["id"]), Does.Contain(document));
            Assert.That(outcomes["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((string?)record["kind"], Is.EqualTo(kind));
            Assert.That((string?)record["status"], Is.EqualTo("adopted"));
        }
    }

    [Test]
    public async Task Views_were_exchanged_on_institutional_development_and_the_transformation()
    {
        var outcome = await SingleAsync("cica-informal-ministerial-2022-09", "exchanged-views");

        Assert.That((string?)outcome["name"], Does.Contain("institutional development").And.Contain("transformation"));
    }

    [Test]
    public async Task The_Executive_Director_of_the_Secretariat_informed_of_organizational_and_protocol_issues()
    {
        var outcome = await SingleAsync("cica-informal-ministerial-2022-09", "informed");
        var head = await App.ReadAsync("/v1/holders?body=CICA/secretariat&on=2022-09-24");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)outcome["actors"]![0]!["code"], Is.EqualTo("kairat-sarybay"));
            Assert.That((string?)outcome["name"], Does.Contain("organizational and protocol"));
            Assert.That(
                head.Each(row => row["title"]),
                Is.EqualTo(new[] { "Executive Director of the CICA Secretariat" })
            );
        }
    }

    [Test]
    public async Task The_participants_agreed_to_work_on_so_that_the_Summit_succeeds()
    {
        var outcome = await SingleAsync("cica-informal-ministerial-2022-09", "agreed");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)outcome["followUp"]!["status"], Is.EqualTo("done"));
            Assert.That((string?)outcome["fulfilledBy"]![0]!["id"], Does.StartWith("cica-summit-6."));
        }
    }

    [TestCase("exchanged-views", "international agenda")]
    [TestCase("reviewed", "current activities")]
    [TestCase("discussed", "further development of the Organization")]
    [TestCase("discussed", "priorities of the parties at the 77th session")]
    [TestCase("discussed", "resolution on cooperation between the United Nations and the CSTO")]
    public async Task The_Council_of_Ministers_of_Foreign_Affairs_of_the_CSTO_met(string verb, string about)
    {
        var council = await App.ReadAsync(Council);
        var outcomes = await App.ReadAsync($"{Council}/outcomes?verb={verb}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)council["body"], Is.EqualTo("council-of-ministers-of-foreign-affairs"));
            Assert.That(outcomes.Each(outcome => outcome["name"]), Has.Some.Contains(about));
        }
    }

    [Test]
    public async Task The_priorities_and_the_resolution_concern_the_United_Nations()
    {
        var outcomes = await App.ReadAsync("/v1/outcomes?forum=CSTO&mentions=UN");

        Assert.That(outcomes["items"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_report_is_the_source_of_what_it_says()
    {
        foreach (var path in new[] { $"{Meeting}/outcomes", $"{Council}/outcomes" })
        {
            var outcomes = await App.ReadAsync(path);
            Assert.That(
                outcomes["items"]!.AsArray().Select(outcome => outcome!["sources"]!.ToJsonString()),
                Is.All.Contains(Source)
            );
        }
    }

    private async Task<JsonNode> SingleAsync(string meeting, string verb) =>
        (await App.ReadAsync($"/v1/outcomes?meeting={meeting}&verb={verb}"))["items"]!.AsArray().Single()!;
}
