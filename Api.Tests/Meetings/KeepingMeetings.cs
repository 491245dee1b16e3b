using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Meetings.Scenes;

namespace Registry.Api.Tests.Meetings;

public sealed class KeepingMeetings(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_forum_with_a_body_and_two_states()
    {
        await App.EstablishForumAsync("CICA", founded: "1992-10-05");
        await App.IntroduceBodyAsync("CICA", "summit", founded: "2002");
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("AZE");
    }

    [Test]
    public async Task A_meeting_comes_back_as_it_was_sent()
    {
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        var sent = Meeting(
            "cica-summit-6",
            new
            {
                body = "summit",
                kind = "summit",
                format = "regular",
                mode = "in-person",
                ordinal = 6,
                steps = new object[]
                {
                    new { status = "planned" },
                    new
                    {
                        status = "held",
                        on = "2022-10-13",
                        basis = "Note 1",
                    },
                },
                starts = "2022-10-12",
                ends = "2022-10-13",
                startTime = "10:00",
                endTime = "18:30",
                timeZone = "Asia/Almaty",
                city = "Astana",
                country = "KAZ",
                venue = "Palace of Independence",
                host = "KAZ",
                chair = new
                {
                    member = new { kind = "state", code = "KAZ" },
                    minister = "mukhtar-tileuberdi",
                    name = "H.E. Mr. M. Tileuberdi",
                },
                level = "head-of-state",
                agenda = new object[]
                {
                    new
                    {
                        number = "1",
                        titles = TextsOf("Opening"),
                        items = new[] { new { number = "1.1", titles = TextsOf("Welcome") } },
                    },
                },
                participants = new object[]
                {
                    new
                    {
                        of = new { kind = "state", code = "AZE" },
                        name = "Mr. A",
                        title = "Ambassador",
                        capacity = "delegate",
                    },
                    new { of = new { kind = "body", code = "CICA/summit" }, capacity = "secretariat" },
                },
                links = new[] { new { url = "https://www.s-cica.org/" } },
                sources = new[] { new { citation = "CICA", confidence = "high" } },
            }
        );

        var created = await App.PostAsync("/v1/meetings", sent);

        var meeting = await created.CreatedAsync();
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo("/v1/meetings/cica-summit-6"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (member, value) in sent)
            {
                Assert.That(JsonNode.DeepEquals(meeting[member], value), $"{member}: {meeting[member]}");
            }

            Assert.That((string?)meeting["name"], Is.EqualTo("Meeting cica-summit-6"));
            Assert.That((string?)meeting["status"], Is.EqualTo("held"));
        }

        var again = await App.PutAsync("/v1/meetings/cica-summit-6", meeting, ifMatch: "\"1\"");
        Assert.That((int?)(await again.OkAsync())["version"], Is.EqualTo(1), "Nothing is different.");
    }

    [TestCase("""{ "kind": "summit", "ordinal": 6 }""", "cica-summit-6")]
    [TestCase("""{ "format": "informal" }""", "cica-informal-ministerial-2022-09")]
    [TestCase("""{ "starts": "2022" }""", "cica-ministerial-2022")]
    public async Task An_id_is_made_of_what_the_meeting_is(string with, string id)
    {
        var meeting = Meeting("none", JsonNode.Parse(with));
        meeting.Remove("id");

        var first = await (await App.PostAsync("/v1/meetings", meeting)).CreatedAsync();
        var second = await (await App.PostAsync("/v1/meetings", meeting)).CreatedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)first["id"], Is.EqualTo(id));
            Assert.That((string?)second["id"], Is.EqualTo($"{id}-2"));
        }
    }

    [Test]
    public async Task A_new_meeting_is_planned_and_regular_unless_it_is_said()
    {
        var planned = await App.ConveneAsync("cica-1", new { status = (string?)null });
        var held = await App.ConveneAsync("cica-2", new { status = "held" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned["steps"]!.ToJsonString(), Is.EqualTo("""[{"status":"planned"}]"""));
            Assert.That((string?)planned["format"], Is.EqualTo("regular"));
            Assert.That(held["steps"]!.ToJsonString(), Is.EqualTo("""[{"status":"held"}]"""));
        }
    }

    [Test]
    public async Task The_status_is_that_of_the_last_step()
    {
        var steps = new[] { new { status = "planned" }, new { status = "confirmed" } };

        var wrong = await App.PostAsync("/v1/meetings", Meeting("cica-1", new { status = "held", steps }));
        var right = await App.PostAsync("/v1/meetings", Meeting("cica-1", new { status = "confirmed", steps }));
        var moved = await App.PatchAsync("/v1/meetings/cica-1", new { status = "held" });

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { "status" }));
        await right.CreatedAsync();
        Assert.That(await moved.FieldsAtFaultAsync(), Is.EqualTo(new[] { "status" }));
    }

    [Test]
    public async Task Where_steps_are_corrected_the_status_follows()
    {
        await App.ConveneAsync("cica-1", new { status = "planned" });

        var corrected = await App.PatchAsync(
            "/v1/meetings/cica-1",
            new { steps = new[] { new { status = "planned" }, new { status = "cancelled" } } }
        );

        Assert.That((string?)(await corrected.OkAsync())["status"], Is.EqualTo("cancelled"));
    }

    [TestCase("""{ "ordinal": 0 }""", "ordinal")]
    [TestCase("""{ "ends": "2022-09-20" }""", "ends")]
    [TestCase("""{ "startTime": "24:00" }""", "startTime")]
    [TestCase("""{ "startTime": "9:00" }""", "startTime")]
    [TestCase("""{ "starts": "2022-09", "startTime": "09:00" }""", "startTime")]
    [TestCase("""{ "ends": "2022-09", "endTime": "09:00" }""", "endTime")]
    [TestCase("""{ "startTime": "09:00", "endTime": "08:00" }""", "endTime")]
    [TestCase("""{ "timeZone": "Asia/Atlantis" }""", "timeZone")]
    [TestCase("""{ "timeZone": "Central Asia Standard Time" }""", "timeZone")]
    [TestCase("""{ "titles": [] }""", "titles")]
    [TestCase(
        """{ "agenda": [{ "titles": [{ "language": "en", "text": "x" }], "number": "a" }] }""",
        "agenda[0].number"
    )]
    [TestCase("""{ "agenda": [{ "number": "1" }] }""", "agenda[0].titles")]
    [TestCase("""{ "agenda": [{ "titles": [{ "language": "en", "text": "x" }], "number": "1.1" }] }""", "agenda")]
    [TestCase(
        """{ "participants": [{ "of": { "kind": "minister", "code": "abc" }, "capacity": "guest" }] }""",
        "participants[0].of.kind"
    )]
    [TestCase("""{ "participants": [{ "of": { "kind": "state", "code": "KAZ" } }] }""", "participants[0].capacity")]
    [TestCase("""{ "chair": { "member": { "kind": "body", "code": "CICA/summit" } } }""", "chair.member.kind")]
    [TestCase("""{ "steps": [{ "status": "over" }], "status": null }""", "steps[0].status")]
    public async Task A_value_that_cannot_be_is_named(string with, string field)
    {
        var answer = await App.PostAsync("/v1/meetings", Meeting("cica-1", JsonNode.Parse(with)));

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [TestCase("""{ "forum": "NONE" }""")]
    [TestCase("""{ "body": "none" }""")]
    [TestCase("""{ "country": "XXX" }""")]
    [TestCase("""{ "host": "XXX" }""")]
    [TestCase("""{ "onMarginsOf": "none" }""")]
    [TestCase("""{ "chair": { "member": { "kind": "state", "code": "XXX" } } }""")]
    [TestCase("""{ "chair": { "member": { "kind": "state", "code": "KAZ" }, "minister": "nobody" } }""")]
    [TestCase("""{ "participants": [{ "of": { "kind": "state", "code": "XXX" }, "capacity": "guest" }] }""")]
    [TestCase(
        """
            { "participants": [{ "of": { "kind": "state", "code": "KAZ" }, "minister": "nobody", "capacity": "guest" }] }
            """
    )]
    public async Task What_is_named_is_on_record(string with)
    {
        var answer = await App.PostAsync("/v1/meetings", Meeting("cica-1", JsonNode.Parse(with)));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [TestCase("""{ "starts": "1992-10-04" }""")]
    [TestCase("""{ "starts": "2001-12-31", "body": "summit" }""")]
    public async Task No_meeting_lies_outside_the_life_of_its_forum_or_body(string with)
    {
        var answer = await App.PostAsync("/v1/meetings", Meeting("cica-1", JsonNode.Parse(with)));

        await answer.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task No_forum_ends_before_its_meetings()
    {
        await App.ConveneAsync("cica-1");

        var ended = await App.PatchAsync("/v1/forums/CICA", new { dissolved = "2022-09-20" });

        await ended.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task Margins_close_no_circle()
    {
        await App.ConveneAsync("cica-1");
        await App.ConveneAsync("cica-2", new { onMarginsOf = "cica-1" });
        await App.ConveneAsync("cica-3", new { onMarginsOf = "cica-2" });

        foreach (var margins in new[] { "cica-1", "cica-2", "cica-3" })
        {
            var circle = await App.PatchAsync("/v1/meetings/cica-1", new { onMarginsOf = margins });
            await circle.ProblemAsync(HttpStatusCode.Conflict, "meeting-circle");
        }
    }

    [Test]
    public async Task Items_and_participants_are_added_one_by_one()
    {
        await App.ConveneAsync("cica-1", new { agenda = new[] { new { number = "4", titles = TextsOf("Reports") } } });

        var under = await App.PostAsync(
            "/v1/meetings/cica-1/agenda",
            new { under = "4", titles = TextsOf("Report of the Chair") }
        );
        var top = await App.PostAsync("/v1/meetings/cica-1/agenda", new { titles = TextsOf("Closing") });
        var nowhere = await App.PostAsync("/v1/meetings/cica-1/agenda", new { under = "9", titles = TextsOf("X") });
        var present = await App.PostAsync(
            "/v1/meetings/cica-1/participants",
            new { of = new { kind = "state", code = "KAZ" }, capacity = "host" }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (string?)(await under.CreatedAsync())["agenda"]![0]!["items"]![0]!["number"],
                Is.EqualTo("4.1")
            );
            Assert.That((string?)(await top.CreatedAsync())["agenda"]![1]!["number"], Is.EqualTo("5"));
            Assert.That(top.Headers.Location?.ToString(), Is.EqualTo("/v1/meetings/cica-1"));
            Assert.That((int?)(await present.CreatedAsync())["version"], Is.EqualTo(4));
        }

        await nowhere.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [TestCase("agenda", """{ "titles": [{ "language": "en", "text": "Closing" }] }""")]
    [TestCase("participants", """{ "of": { "kind": "state", "code": "KAZ" }, "capacity": "host" }""")]
    [TestCase("steps", """{ "step": "confirm" }""")]
    public async Task What_is_added_may_be_meant_for_a_version(string part, string body)
    {
        await App.ConveneAsync("cica-1", new { status = "planned" });

        var stale = await App.SendAsync(HttpMethod.Post, $"/v1/meetings/cica-1/{part}", body, ifMatch: "\"7\"");
        var fresh = await App.SendAsync(HttpMethod.Post, $"/v1/meetings/cica-1/{part}", body, ifMatch: "\"1\"");

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        await fresh.CreatedAsync();
    }

    [Test]
    public async Task The_agenda_is_listed_item_by_item()
    {
        await App.ConveneAsync(
            "cica-1",
            new
            {
                agenda = new object[]
                {
                    new { titles = TextsOf("Opening"), items = new[] { new { titles = TextsOf("Welcome") } } },
                    new
                    {
                        titles = new[]
                        {
                            new { language = "ru", text = "Разное" },
                            new { language = "en", text = "Other" },
                        },
                    },
                },
            }
        );

        var page = await App.ReadAsync("/v1/meetings/cica-1/agenda");
        var first = await App.ReadAsync("/v1/meetings/cica-1/agenda?limit=2&count=true");
        var rest = await App.ReadAsync((string)first["next"]!);
        var backwards = await App.ReadAsync("/v1/meetings/cica-1/agenda?sort=-position");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(item => item["number"]), Is.EqualTo(new[] { "1", "1.1", "2" }));
            Assert.That(page.Each(item => item["parent"]), Is.EqualTo(new[] { null, "1", null }));
            Assert.That(page.Each(item => item["title"]), Is.EqualTo(new[] { "Opening", "Welcome", "Other" }));
            Assert.That((int?)page["items"]![1]!["level"], Is.EqualTo(2));
            Assert.That((int?)first["total"], Is.EqualTo(3));
            Assert.That(rest.Each(item => item["number"]), Is.EqualTo(new[] { "2" }));
            Assert.That(rest["next"], Is.Null);
            Assert.That(backwards.Each(item => item["number"]), Is.EqualTo(new[] { "2", "1.1", "1" }));
        }
    }

    [Test]
    public async Task An_item_that_an_outcome_refers_to_stays_on_the_agenda()
    {
        await App.ConveneAsync(
            "cica-1",
            new { agenda = new[] { new { titles = TextsOf("A") }, new { titles = TextsOf("B") } } }
        );
        await App.RecordAsync("cica-1", new { agendaItem = "2" });

        var lost = await App.PatchAsync(
            "/v1/meetings/cica-1",
            new { agenda = new[] { new { number = "1", titles = TextsOf("A") } } }
        );
        var kept = await App.PatchAsync(
            "/v1/meetings/cica-1",
            new { agenda = new[] { new { number = "2", titles = TextsOf("B, renamed") } } }
        );

        await lost.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        await kept.OkAsync();
    }

    [Test]
    public async Task A_meeting_that_others_refer_to_stays()
    {
        await App.ConveneAsync("cica-1");
        await App.ConveneAsync("cica-2", new { onMarginsOf = "cica-1" });
        await App.RecordAsync("cica-1");
        await App.DraftAsync(
            "paper",
            new
            {
                steps = new[]
                {
                    new
                    {
                        status = "adopted",
                        on = "2022-09",
                        meeting = "cica-1",
                    },
                },
            }
        );

        var refused = await App.DeleteAsync("/v1/meetings/cica-1");

        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        Assert.That(
            (string?)problem["detail"],
            Does.Contain("meetings/cica-2").And.Contain("outcomes/cica-1.1").And.Contain("documents/paper")
        );

        await App.DeleteAsync("/v1/outcomes/cica-1.1");
        await App.DeleteAsync("/v1/documents/paper");
        await App.DeleteAsync("/v1/meetings/cica-2");
        var deleted = await App.DeleteAsync("/v1/meetings/cica-1");
        var gone = await App.GetAsync("/v1/meetings/cica-1");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await gone.ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task Nobody_who_takes_part_can_be_removed()
    {
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        await App.ConveneAsync(
            "cica-1",
            new
            {
                participants = new[]
                {
                    new
                    {
                        of = new { kind = "state", code = "AZE" },
                        minister = "mukhtar-tileuberdi",
                        capacity = "guest",
                    },
                },
            }
        );

        await (await App.DeleteAsync("/v1/states/AZE")).ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
    }

    [TestCase("forum=CICA", "cica-1 cica-2 cica-3")]
    [TestCase("forum=PACT", "pact-1")]
    [TestCase("body=CICA/summit", "cica-2")]
    [TestCase("body=summit", "cica-2 pact-1")]
    [TestCase("body=summit&forum=CICA", "cica-2")]
    [TestCase("kind=summit", "cica-2 pact-1")]
    [TestCase("meetingFormat=informal", "cica-3")]
    [TestCase("status=planned", "cica-3")]
    [TestCase("country=KAZ", "cica-2")]
    [TestCase("host=AZE", "cica-2")]
    [TestCase("chair=KAZ", "cica-3")]
    [TestCase("onMarginsOf=cica-2", "cica-3")]
    [TestCase("on=2022-10-12", "cica-2")]
    [TestCase("on=2024-06-01", "cica-3")]
    [TestCase("from=2022-10-13", "cica-2 cica-3")]
    [TestCase("until=2022-09-21", "cica-1 pact-1")]
    [TestCase("from=2022-09-21&until=2022-10-12", "cica-1 cica-2")]
    [TestCase("sort=date", "pact-1 cica-1 cica-2 cica-3")]
    [TestCase("sort=-date", "cica-3 cica-2 cica-1 pact-1")]
    [TestCase("sort=name", "cica-1 cica-2 cica-3 pact-1")]
    public async Task Meetings_are_found(string query, string ids)
    {
        await App.EstablishForumAsync("PACT");
        await App.IntroduceBodyAsync("PACT", "summit");
        await App.ConveneAsync("cica-1");
        await App.ConveneAsync(
            "cica-2",
            new
            {
                kind = "summit",
                body = "summit",
                starts = "2022-10-12",
                ends = "2022-10-13",
                country = "KAZ",
                host = "AZE",
            }
        );
        await App.ConveneAsync(
            "cica-3",
            new
            {
                format = "informal",
                status = "planned",
                starts = "2024",
                onMarginsOf = "cica-2",
                chair = new { member = new { kind = "state", code = "KAZ" } },
            }
        );
        await App.ConveneAsync(
            "pact-1",
            new
            {
                forum = "PACT",
                body = "summit",
                kind = "summit",
                starts = "2002",
            }
        );

        var page = await App.ReadAsync($"/v1/meetings?{query}");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(ids.Split(' ')));
    }

    [Test]
    public async Task The_meetings_of_a_forum_are_listed_under_it()
    {
        await App.EstablishForumAsync("PACT");
        await App.ConveneAsync("cica-1", new { body = "summit" });
        await App.ConveneAsync("pact-1", new { forum = "PACT" });

        var page = await App.ReadAsync("/v1/forums/CICA/meetings?body=summit");
        var unknown = await App.GetAsync("/v1/forums/NONE/meetings");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(new[] { "cica-1" }));
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [TestCase("/v1/meetings?from=2022-01-02&until=2022-01-01", "until")]
    [TestCase("/v1/meetings?body=Summit", "body")]
    [TestCase("/v1/meetings?country=kaz", "country")]
    [TestCase("/v1/outcomes?actor=a%20b", "actor")]
    public async Task A_parameter_that_cannot_be_is_named(string path, string field)
    {
        Assert.That(await (await App.GetAsync(path)).FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [TestCase("agenda")]
    [TestCase("participants")]
    [TestCase("delegations")]
    [TestCase("chair")]
    [TestCase("documents")]
    [TestCase("outcomes")]
    public async Task Nothing_is_told_of_an_unknown_meeting(string part)
    {
        await (await App.GetAsync($"/v1/meetings/none/{part}")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
