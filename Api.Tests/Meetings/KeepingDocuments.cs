using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Meetings.Scenes;

namespace Registry.Api.Tests.Meetings;

public sealed class KeepingDocuments(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_summit_that_was_held()
    {
        await App.EstablishForumAsync("CICA");
        await App.IntroduceBodyAsync("CICA", "summit");
        await App.ConveneAsync(
            "cica-summit-6",
            new
            {
                kind = "summit",
                starts = "2022-10-12",
                ends = "2022-10-13",
            }
        );
    }

    [Test]
    public async Task A_document_comes_back_as_it_was_sent()
    {
        await App.DraftAsync("older");
        var sent = Document(
            "cica.astana-statement-2022",
            new
            {
                symbol = "CICA/6/1",
                body = "summit",
                steps = new object[]
                {
                    new { status = "drafted", on = "2022-05" },
                    new
                    {
                        status = "adopted",
                        on = "2022-10-13",
                        meeting = "cica-summit-6",
                        basis = "By consensus",
                        sources = new[] { new { citation = "CICA", confidence = "high" } },
                    },
                },
                relations = new[] { new { kind = "supersedes", document = "older" } },
                links = new[] { new { url = "https://www.s-cica.org/", sha256 = new string('a', 64) } },
                sources = new[] { new { citation = "CICA", confidence = "high" } },
            }
        );

        var created = await App.PostAsync("/v1/documents", sent);

        var document = await created.CreatedAsync();
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/documents/cica.astana-statement-2022"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (member, value) in sent)
            {
                Assert.That(JsonNode.DeepEquals(document[member], value), $"{member}: {document[member]}");
            }

            Assert.That((string?)document["status"], Is.EqualTo("adopted"));
            Assert.That((string?)document["date"], Is.EqualTo("2022-10-13"));
        }

        var again = await App.PutAsync("/v1/documents/cica.astana-statement-2022", document, ifMatch: "\"1\"");
        Assert.That((int?)(await again.OkAsync())["version"], Is.EqualTo(1), "Nothing is different.");
    }

    [Test]
    public async Task An_id_is_made_of_the_forum_and_the_title()
    {
        var document = Document("none", new { titles = TextsOf("Astana Statement 2022") });
        document.Remove("id");

        var created = await (await App.PostAsync("/v1/documents", document)).CreatedAsync();

        Assert.That((string?)created["id"], Is.EqualTo("cica.astana-statement-2022"));
    }

    [TestCase("""{ "steps": [] }""", "steps")]
    [TestCase("""{ "steps": null, "status": "adopted" }""", "steps")]
    [TestCase("""{ "status": "adopted" }""", "status")]
    [TestCase("""{ "steps": [{ "status": "adopted" }] }""", "steps[0].on")]
    [TestCase("""{ "forum": null, "body": "summit" }""", "forum")]
    [TestCase("""{ "relations": [{ "kind": "follows", "document": "x1" }] }""", "relations[0].kind")]
    public async Task A_value_that_cannot_be_is_named(string with, string field)
    {
        var answer = await App.PostAsync("/v1/documents", Document("paper", JsonNode.Parse(with)));

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [TestCase("""{ "forum": "NONE" }""")]
    [TestCase("""{ "body": "none" }""")]
    [TestCase("""{ "relations": [{ "kind": "amends", "document": "none" }] }""")]
    [TestCase("""{ "steps": [{ "status": "adopted", "on": "2022", "meeting": "none" }] }""")]
    [TestCase("""{ "steps": [{ "status": "adopted", "on": "2022", "fulfils": ["none"] }] }""")]
    public async Task What_is_named_is_on_record(string with)
    {
        var answer = await App.PostAsync("/v1/documents", Document("paper", JsonNode.Parse(with)));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task A_document_takes_its_steps()
    {
        await App.DraftAsync("paper");

        await StepAsync(
            new
            {
                status = "discussed",
                on = "2022-10-12",
                meeting = "cica-summit-6",
            }
        );
        await StepAsync(new { status = "drafted", on = "2022-10-12" });
        await StepAsync(
            new
            {
                status = "signed",
                on = "2022-10-13",
                meeting = "cica-summit-6",
            }
        );
        await StepAsync(new { status = "in-force", on = "2023" });
        await StepAsync(new { status = "withdrawn", on = "2024" });

        var after = await App.PostAsync("/v1/documents/paper/steps", new { status = "in-force", on = "2025" });
        await after.ProblemAsync(HttpStatusCode.Conflict, "document-closed");
        var document = await App.ReadAsync("/v1/documents/paper");
        Assert.That(
            document["steps"]!.AsArray().Select(step => (string?)step!["status"]),
            Is.EqualTo(new[] { "drafted", "discussed", "drafted", "signed", "in-force", "withdrawn" })
        );
    }

    [TestCase("""{ "status": "planned", "on": "2023" }""", "document-step-order")]
    [TestCase("""{ "status": "in-force", "on": "2023" }""", "document-step-order")]
    [TestCase("""{ "status": "adopted", "on": "2022-04" }""", "document-step-order")]
    [TestCase("""{ "status": "adopted", "on": "2022-10-14", "meeting": "cica-summit-6" }""", "outside-meeting")]
    [TestCase("""{ "status": "adopted", "on": "2023", "meeting": "cancelled" }""", "meeting-cancelled")]
    public async Task A_step_that_cannot_follow_is_refused(string step, string rule)
    {
        await App.ConveneAsync("cancelled", new { status = "cancelled", starts = "2023" });
        await App.DraftAsync("paper");

        var answer = await App.PostAsync("/v1/documents/paper/steps", step);

        await answer.ProblemAsync(HttpStatusCode.Conflict, rule);
    }

    [Test]
    public async Task A_step_may_be_meant_for_a_version()
    {
        await App.DraftAsync("paper");
        var step = new { status = "adopted", on = "2022-10-13" };

        var stale = await App.SendAsync(HttpMethod.Post, "/v1/documents/paper/steps", step, ifMatch: "\"7\"");
        var fresh = await App.SendAsync(HttpMethod.Post, "/v1/documents/paper/steps", step, ifMatch: "\"1\"");

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        await fresh.CreatedAsync();
        Assert.That(fresh.Headers.Location?.ToString(), Is.EqualTo("/v1/documents/paper"));
    }

    [Test]
    public async Task Where_steps_are_corrected_the_status_follows()
    {
        await App.DraftAsync("paper");

        var corrected = await App.PatchAsync(
            "/v1/documents/paper",
            new { steps = new[] { new { status = "adopted", on = "2022-10-13" } } }
        );
        var moved = await App.PatchAsync("/v1/documents/paper", new { status = "in-force" });

        Assert.That((string?)(await corrected.OkAsync())["status"], Is.EqualTo("adopted"));
        Assert.That(await moved.FieldsAtFaultAsync(), Is.EqualTo(new[] { "status" }));
    }

    [Test]
    public async Task No_document_takes_its_own_place()
    {
        await App.DraftAsync("first");
        await App.DraftAsync("second", new { relations = new[] { new { kind = "supersedes", document = "first" } } });
        await App.DraftAsync("third", new { relations = new[] { new { kind = "supersedes", document = "second" } } });

        foreach (var document in new[] { "first", "second", "third" })
        {
            var circle = await App.PatchAsync(
                "/v1/documents/first",
                new { relations = new[] { new { kind = "supersedes", document } } }
            );
            await circle.ProblemAsync(HttpStatusCode.Conflict, "document-circle");
        }

        var amends = await App.PatchAsync(
            "/v1/documents/first",
            new { relations = new[] { new { kind = "amends", document = "third" } } }
        );
        await amends.OkAsync();
    }

    [Test]
    public async Task A_document_that_others_refer_to_stays()
    {
        await App.DraftAsync("first");
        await App.DraftAsync("second", new { relations = new[] { new { kind = "amends", document = "first" } } });
        await App.RecordAsync("cica-summit-6", new { verb = "adopted", document = "first" });

        var refused = await App.DeleteAsync("/v1/documents/first");

        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        Assert.That(
            (string?)problem["detail"],
            Does.Contain("documents/second").And.Contain("outcomes/cica-summit-6.1")
        );
    }

    [TestCase("forum=CICA", "draft old statement")]
    [TestCase("forum=PACT", "pact")]
    [TestCase("body=CICA/summit", "statement")]
    [TestCase("body=summit&forum=CICA", "statement")]
    [TestCase("kind=treaty", "pact")]
    [TestCase("symbol=CICA/6/1", "statement")]
    [TestCase("status=adopted", "pact statement")]
    [TestCase("status=superseded", "old")]
    [TestCase("status=adopted&on=2021-01-01", "old pact")]
    [TestCase("status=superseded&on=2021-01-01", "")]
    [TestCase("status=discussed&on=2022-10-12", "draft")]
    [TestCase("status=drafted&on=2022-10-11", "draft")]
    [TestCase("on=2019-12-31", "pact")]
    [TestCase("adoptedAt=cica-summit-6", "statement")]
    [TestCase("discussedAt=cica-summit-6", "draft")]
    [TestCase("signedAt=cica-summit-6", "")]
    [TestCase("meeting=cica-summit-6", "draft statement")]
    [TestCase("relatedTo=old", "statement")]
    [TestCase("relatedTo=statement", "old")]
    [TestCase("sort=date", "pact old draft statement")]
    [TestCase("sort=-id", "statement pact old draft")]
    [TestCase("sort=name", "draft old pact statement")]
    public async Task Documents_are_found(string query, string ids)
    {
        await App.EstablishForumAsync("PACT");
        await App.DraftAsync(
            "old",
            new
            {
                steps = new[]
                {
                    new { status = "adopted", on = "2020" },
                    new { status = "superseded", on = "2022-10-13" },
                },
            }
        );
        await App.DraftAsync(
            "statement",
            new
            {
                symbol = "CICA/6/1",
                body = "summit",
                steps = new[]
                {
                    new
                    {
                        status = "adopted",
                        on = "2022-10-13",
                        meeting = "cica-summit-6",
                    },
                },
                relations = new[] { new { kind = "supersedes", document = "old" } },
            }
        );
        await App.DraftAsync(
            "draft",
            new
            {
                steps = new object[]
                {
                    new { status = "drafted", on = "2022-05" },
                    new
                    {
                        status = "discussed",
                        on = "2022-10-12",
                        meeting = "cica-summit-6",
                    },
                },
            }
        );
        await App.DraftAsync(
            "pact",
            new
            {
                forum = "PACT",
                kind = "treaty",
                steps = new[] { new { status = "adopted", on = "2002" } },
            }
        );

        var page = await App.ReadAsync($"/v1/documents?{query}");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task The_documents_of_a_meeting_are_listed_under_it()
    {
        await App.DraftAsync("paper");
        await App.DraftAsync(
            "statement",
            new
            {
                steps = new[]
                {
                    new
                    {
                        status = "adopted",
                        on = "2022-10-13",
                        meeting = "cica-summit-6",
                    },
                },
            }
        );
        await StepAsync(
            new
            {
                status = "discussed",
                on = "2022-10-12",
                meeting = "cica-summit-6",
            }
        );

        var all = await App.ReadAsync("/v1/meetings/cica-summit-6/documents");
        var adopted = await App.ReadAsync("/v1/meetings/cica-summit-6/documents?status=adopted");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Each(item => item["id"]), Is.EqualTo(new[] { "paper", "statement" }));
            Assert.That(adopted.Each(item => item["id"]), Is.EqualTo(new[] { "statement" }));
        }
    }

    private async Task StepAsync(object step) =>
        await (await App.PostAsync("/v1/documents/paper/steps", step)).CreatedAsync();
}
