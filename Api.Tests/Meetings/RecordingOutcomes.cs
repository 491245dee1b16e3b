using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Meetings.Scenes;

namespace Registry.Api.Tests.Meetings;

public sealed class RecordingOutcomes(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Two_meetings_that_were_held()
    {
        await App.EstablishForumAsync("CICA");
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("AZE");
        await App.ConveneAsync("cica-1", new { agenda = new[] { new { titles = TextsOf("Reports") } } });
        await App.ConveneAsync("cica-2", new { starts = "2023-09-20" });
    }

    [Test]
    public async Task An_outcome_comes_back_as_it_was_sent()
    {
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        await App.DraftAsync("statement");
        var sent = Outcome(
            new
            {
                agendaItem = "1",
                verb = "exchanged-views",
                document = "statement",
                actors = new[] { new { kind = "minister", code = "mukhtar-tileuberdi" } },
                mentions = new[] { new { kind = "state", code = "AZE" }, new { kind = "forum", code = "CICA" } },
                followUp = new
                {
                    what = TextsOf("Report back"),
                    who = new[] { new { kind = "state", code = "KAZ" } },
                    due = "2023-09",
                    status = "open",
                },
                sources = new[] { new { citation = "CICA", confidence = "high" } },
            }
        );

        var created = await App.PostAsync("/v1/meetings/cica-1/outcomes", sent);

        var outcome = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/outcomes/cica-1.1"));
            Assert.That((string?)outcome["id"], Is.EqualTo("cica-1.1"));
            Assert.That((string?)outcome["meeting"], Is.EqualTo("cica-1"));
            foreach (var (member, value) in sent)
            {
                Assert.That(JsonNode.DeepEquals(outcome[member], value), $"{member}: {outcome[member]}");
            }
        }

        var again = await App.PutAsync("/v1/outcomes/cica-1.1", outcome, ifMatch: "\"1\"");
        Assert.That((int?)(await again.OkAsync())["version"], Is.EqualTo(1), "Nothing is different.");
    }

    [Test]
    public async Task Outcomes_are_numbered_within_their_meeting_and_no_number_is_given_twice()
    {
        for (var number = 1; number <= 10; number++)
        {
            Assert.That((string?)(await App.RecordAsync("cica-1"))["id"], Is.EqualTo($"cica-1.{number}"));
        }

        await App.DeleteAsync("/v1/outcomes/cica-1.10");

        Assert.That((string?)(await App.RecordAsync("cica-1"))["id"], Is.EqualTo("cica-1.11"));
        Assert.That((string?)(await App.RecordAsync("cica-2"))["id"], Is.EqualTo("cica-2.1"));
        Assert.That((string?)(await App.RecordAsync("cica-2", new { id = "own" }))["id"], Is.EqualTo("own"));
    }

    [TestCase("planned", "decided", "meeting-not-held")]
    [TestCase("confirmed", "adopted", "meeting-not-held")]
    [TestCase("cancelled", "decided", "meeting-not-held")]
    [TestCase("postponed", "decided", "meeting-not-held")]
    [TestCase("postponed", "postponed", null)]
    [TestCase("planned", "postponed", null)]
    public async Task Only_a_meeting_that_is_held_has_outcomes(string status, string verb, string? rule)
    {
        await App.ConveneAsync("cica-3", new { status, starts = "2024" });

        var answer = await App.PostAsync("/v1/meetings/cica-3/outcomes", Outcome(new { verb }));

        if (rule is null)
        {
            await answer.CreatedAsync();
        }
        else
        {
            await answer.ProblemAsync(HttpStatusCode.Conflict, rule);
        }
    }

    [TestCase("""{ "agendaItem": "2" }""")]
    [TestCase("""{ "document": "none" }""")]
    [TestCase("""{ "actors": [{ "kind": "state", "code": "XXX" }] }""")]
    [TestCase("""{ "mentions": [{ "kind": "minister", "code": "nobody" }] }""")]
    [TestCase("""{ "fulfils": ["none"] }""")]
    [TestCase(
        """
            { "followUp": { "what": [{ "language": "en", "text": "x" }],
              "who": [{ "kind": "forum", "code": "NONE" }] } }
            """
    )]
    public async Task What_is_named_is_on_record(string with)
    {
        var answer = await App.PostAsync("/v1/meetings/cica-1/outcomes", Outcome(JsonNode.Parse(with)));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task The_meeting_is_that_of_the_address_or_else_it_is_named()
    {
        var other = await App.PostAsync("/v1/meetings/cica-1/outcomes", Outcome(new { meeting = "cica-2" }));
        var none = await App.PutAsync("/v1/outcomes/own", Outcome());
        var unknown = await App.PutAsync("/v1/outcomes/own", Outcome(new { meeting = "none" }));
        var named = await App.PutAsync("/v1/outcomes/own", Outcome(new { meeting = "cica-2" }));
        var nowhere = await App.PostAsync("/v1/meetings/none/outcomes", Outcome());

        Assert.That(await other.FieldsAtFaultAsync(), Is.EqualTo(new[] { "meeting" }));
        Assert.That(await none.FieldsAtFaultAsync(), Is.EqualTo(new[] { "meeting" }));
        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
        await named.CreatedAsync();
        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_later_outcome_fulfils_an_earlier_one()
    {
        await AskAsync("cica-1", due: "2023");

        await App.RecordAsync("cica-2", new { fulfils = new[] { "cica-1.1" } });

        var asked = await App.ReadAsync("/v1/outcomes/cica-1.1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)asked["followUp"]!["status"], Is.EqualTo("done"));
            Assert.That(asked["fulfilledBy"]!.ToJsonString(), Is.EqualTo("""[{"kind":"outcome","id":"cica-2.1"}]"""));
            Assert.That((int?)asked["version"], Is.EqualTo(2));
        }

        await App.PatchAsync("/v1/outcomes/cica-1.1", new { followUp = new { due = "2023-06" } });
        var corrected = await App.ReadAsync("/v1/outcomes/cica-1.1");
        Assert.That((string?)corrected["fulfilledBy"]![0]!["id"], Is.EqualTo("cica-2.1"));

        var kept = await App.DeleteAsync("/v1/outcomes/cica-1.1");
        await kept.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");

        await App.DeleteAsync("/v1/outcomes/cica-2.1");
        var open = await App.ReadAsync("/v1/outcomes/cica-1.1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)open["followUp"]!["status"], Is.EqualTo("open"));
            Assert.That(open["fulfilledBy"], Is.Null);
        }
    }

    [Test]
    public async Task A_step_of_a_document_fulfils_an_outcome()
    {
        await AskAsync("cica-1");
        await App.DraftAsync("statement", new { steps = new[] { new { status = "drafted", on = "2022-09-22" } } });

        var step = new
        {
            status = "adopted",
            on = "2023-09-20",
            fulfils = new[] { "cica-1.1" },
        };
        await (await App.PostAsync("/v1/documents/statement/steps", step)).CreatedAsync();
        var done = await App.ReadAsync("/v1/outcomes/cica-1.1");
        var kept = await App.DeleteAsync("/v1/outcomes/cica-1.1");
        await App.PatchAsync(
            "/v1/documents/statement",
            new { steps = new[] { new { status = "drafted", on = "2022-09-22" } } }
        );
        var open = await App.ReadAsync("/v1/outcomes/cica-1.1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)done["followUp"]!["status"], Is.EqualTo("done"));
            Assert.That(done["fulfilledBy"]!.ToJsonString(), Is.EqualTo("""[{"kind":"document","id":"statement"}]"""));
            Assert.That((string?)open["followUp"]!["status"], Is.EqualTo("open"));
        }

        await kept.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
    }

    [Test]
    public async Task Nothing_fulfils_an_outcome_before_its_meeting()
    {
        await AskAsync("cica-2");
        await AskAsync("cica-2");

        var earlier = await App.PostAsync(
            "/v1/meetings/cica-1/outcomes",
            Outcome(new { fulfils = new[] { "cica-2.1" } })
        );
        var document = await App.PostAsync(
            "/v1/documents",
            Document(
                "paper",
                new
                {
                    steps = new[]
                    {
                        new
                        {
                            status = "drafted",
                            on = "2023-09-19",
                            fulfils = new[] { "cica-2.1" },
                        },
                    },
                }
            )
        );
        var itself = await App.PatchAsync("/v1/outcomes/cica-2.1", new { fulfils = new[] { "cica-2.1" } });
        await (await App.PatchAsync("/v1/outcomes/cica-2.1", new { fulfils = new[] { "cica-2.2" } })).OkAsync();
        var circle = await App.PatchAsync("/v1/outcomes/cica-2.2", new { fulfils = new[] { "cica-2.1" } });

        foreach (var refused in new[] { earlier, document, itself, circle })
        {
            await refused.ProblemAsync(HttpStatusCode.Conflict, "fulfilled-before");
        }
    }

    [Test]
    public async Task An_outcome_is_not_moved_behind_what_fulfils_it()
    {
        await App.ConveneAsync("cica-3", new { starts = "2025" });
        await AskAsync("cica-1");
        await AskAsync("cica-1");
        await App.RecordAsync("cica-2", new { fulfils = new[] { "cica-1.1" } });
        await App.DraftAsync(
            "paper",
            new
            {
                steps = new[]
                {
                    new
                    {
                        status = "drafted",
                        on = "2023",
                        fulfils = new[] { "cica-1.2" },
                    },
                },
            }
        );

        foreach (var outcome in new[] { "cica-1.1", "cica-1.2" })
        {
            var moved = await App.PatchAsync($"/v1/outcomes/{outcome}", new { meeting = "cica-3" });
            await moved.ProblemAsync(HttpStatusCode.Conflict, "fulfilled-before");
            await (await App.PatchAsync($"/v1/outcomes/{outcome}", new { meeting = "cica-2" })).OkAsync();
        }
    }

    [Test]
    public async Task A_meeting_is_not_moved_behind_what_fulfils_its_outcomes()
    {
        await AskAsync("cica-1");
        await App.RecordAsync("cica-2", new { fulfils = new[] { "cica-1.1" } });

        var earlier = await App.PatchAsync("/v1/meetings/cica-2", new { starts = "2021" });
        var later = await App.PatchAsync("/v1/meetings/cica-1", new { starts = "2024" });

        await earlier.ProblemAsync(HttpStatusCode.Conflict, "fulfilled-before");
        await later.ProblemAsync(HttpStatusCode.Conflict, "fulfilled-before");
    }

    [TestCase("forum=CICA", "cica-1.1 cica-1.2 cica-2.1 cica-2.2")]
    [TestCase("forum=NONE", "")]
    [TestCase("meeting=cica-2", "cica-2.1 cica-2.2")]
    [TestCase("verb=adopted", "cica-1.2")]
    [TestCase("actor=KAZ", "cica-1.1")]
    [TestCase("actor=CICA", "cica-2.2")]
    [TestCase("actor=CICA/summit", "cica-2.1")]
    [TestCase("actor=mukhtar-tileuberdi", "cica-1.2")]
    [TestCase("actor=AZE", "")]
    [TestCase("mentions=AZE", "cica-1.1")]
    [TestCase("mentions=KAZ", "")]
    [TestCase("document=statement", "cica-1.2")]
    [TestCase("followUp=open", "cica-1.1 cica-2.1")]
    [TestCase("followUp=overdue", "cica-1.1")]
    [TestCase("followUp=dropped", "cica-2.2")]
    [TestCase("followUp=done", "")]
    [TestCase("from=2022-09-22", "cica-2.1 cica-2.2")]
    [TestCase("until=2022-09-21", "cica-1.1 cica-1.2")]
    [TestCase("sort=-date&limit=2", "cica-2.2 cica-2.1")]
    public async Task Outcomes_are_found(string query, string ids)
    {
        await App.IntroduceBodyAsync("CICA", "summit");
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        await App.DraftAsync("statement");
        await App.RecordAsync(
            "cica-1",
            new
            {
                actors = new[] { new { kind = "state", code = "KAZ" } },
                mentions = new[] { new { kind = "state", code = "AZE" } },
                followUp = new { what = TextsOf("x"), due = "2026-05" },
            }
        );
        await App.RecordAsync(
            "cica-1",
            new
            {
                verb = "adopted",
                document = "statement",
                actors = new[] { new { kind = "minister", code = "mukhtar-tileuberdi" } },
            }
        );
        await App.RecordAsync(
            "cica-2",
            new
            {
                actors = new[] { new { kind = "body", code = "CICA/summit" } },
                followUp = new { what = TextsOf("x"), due = "2026-06" },
            }
        );
        await App.RecordAsync(
            "cica-2",
            new
            {
                actors = new[] { new { kind = "forum", code = "CICA" } },
                followUp = new
                {
                    what = TextsOf("x"),
                    due = "2020",
                    status = "dropped",
                },
            }
        );

        var page = await App.ReadAsync($"/v1/outcomes?{query}");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task The_outcomes_of_a_meeting_are_listed_under_it()
    {
        await App.RecordAsync("cica-1", new { agendaItem = "1" });
        await App.RecordAsync("cica-1", new { verb = "thanked" });
        await App.RecordAsync("cica-2");

        var all = await App.ReadAsync("/v1/meetings/cica-1/outcomes");
        var thanks = await App.ReadAsync("/v1/meetings/cica-1/outcomes?verb=thanked");
        var onItem = await App.ReadAsync("/v1/meetings/cica-1/outcomes?agendaItem=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Each(item => item["id"]), Is.EqualTo(new[] { "cica-1.1", "cica-1.2" }));
            Assert.That(thanks.Each(item => item["id"]), Is.EqualTo(new[] { "cica-1.2" }));
            Assert.That(onItem.Each(item => item["id"]), Is.EqualTo(new[] { "cica-1.1" }));
        }
    }

    [TestCase("", "cica-1.1 done, cica-1.2 overdue, cica-1.3 dropped, cica-2.2 open")]
    [TestCase("on=2023-12-31", "cica-1.1 done, cica-1.2 open, cica-1.3 dropped, cica-2.2 open")]
    [TestCase("on=2023-09-19", "cica-1.1 open, cica-1.2 open, cica-1.3 dropped")]
    [TestCase("on=2022-09-20", "")]
    [TestCase("status=open", "cica-1.2 overdue, cica-2.2 open")]
    [TestCase("status=overdue", "cica-1.2 overdue")]
    [TestCase("status=done", "cica-1.1 done")]
    [TestCase("status=done&on=2023-09-19", "")]
    [TestCase("status=dropped", "cica-1.3 dropped")]
    [TestCase("who=KAZ", "cica-1.2 overdue")]
    [TestCase("forum=CICA&status=done", "cica-1.1 done")]
    [TestCase("forum=NONE", "")]
    [TestCase("sort=due", "cica-1.3 dropped, cica-1.2 overdue, cica-1.1 done, cica-2.2 open")]
    public async Task Follow_ups_are_told_as_they_stood_on_a_day(string query, string rows)
    {
        await AskAsync("cica-1");
        await App.RecordAsync(
            "cica-1",
            new
            {
                followUp = new
                {
                    what = TextsOf("Report"),
                    who = new[] { new { kind = "state", code = "KAZ" } },
                    due = "2024",
                },
            }
        );
        await AskAsync("cica-1", due: "2023-01", status: "dropped");
        await App.RecordAsync("cica-2", new { fulfils = new[] { "cica-1.1" } });
        await AskAsync("cica-2");

        var page = await App.ReadAsync($"/v1/follow-ups?{query}");

        Assert.That(
            string.Join(", ", page["items"]!.AsArray().Select(row => $"{row!["outcome"]} {row["status"]}")),
            Is.EqualTo(rows)
        );
    }

    private Task<JsonNode> AskAsync(string meeting, string? due = null, string? status = null) =>
        App.RecordAsync(
            meeting,
            new
            {
                followUp = new
                {
                    what = TextsOf("Report back"),
                    due,
                    status,
                },
            }
        );
}
