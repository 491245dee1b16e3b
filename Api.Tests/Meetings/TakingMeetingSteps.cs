using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Meetings;

public sealed class TakingMeetingSteps(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_meeting_that_is_planned()
    {
        await App.EstablishForumAsync("CICA", founded: "1992-10-05", dissolved: "2030");
        await App.ConveneAsync("cica-1", new { status = "planned", starts = "2022-09" });
    }

    [Test]
    public async Task A_meeting_is_confirmed_put_off_planned_anew_and_held()
    {
        await TakeAsync(
            new
            {
                step = "confirm",
                on = "2022-06-01",
                starts = "2022-09-21",
                ends = "2022-09-22",
                basis = "Note 1",
            }
        );
        await TakeAsync(new { step = "postpone", on = "2022-09" });
        await TakeAsync(new { step = "plan", starts = "2023-05-03" });
        await TakeAsync(new { step = "hold", on = "2023-05-03" });

        var meeting = await App.ReadAsync("/v1/meetings/cica-1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                meeting["steps"]!.AsArray().Select(step => (string?)step!["status"]),
                Is.EqualTo(new[] { "planned", "confirmed", "postponed", "planned", "held" })
            );
            Assert.That((string?)meeting["status"], Is.EqualTo("held"));
            Assert.That((string?)meeting["starts"], Is.EqualTo("2023-05-03"));
            Assert.That(meeting["ends"], Is.Null);
            Assert.That((string?)meeting["steps"]![1]!["basis"], Is.EqualTo("Note 1"));
            Assert.That((int?)meeting["version"], Is.EqualTo(5));
        }
    }

    [Test]
    public async Task A_step_that_cannot_follow_is_refused_by_name()
    {
        await TakeAsync(new { step = "cancel", on = "2022-06-01" });

        var held = await App.PostAsync("/v1/meetings/cica-1/steps", new { step = "hold" });

        var problem = await held.ProblemAsync(HttpStatusCode.Conflict, "meeting-step-order");
        Assert.That((string?)problem["detail"], Does.Contain("cancelled").And.Contain("held"));
    }

    [Test]
    public async Task A_step_comes_after_those_before()
    {
        await TakeAsync(new { step = "confirm", on = "2022-06-01" });

        var earlier = await App.PostAsync("/v1/meetings/cica-1/steps", new { step = "hold", on = "2022-05" });

        await earlier.ProblemAsync(HttpStatusCode.Conflict, "meeting-step-order");
    }

    [TestCase("""{ "step": "hold", "starts": "2022-09-21" }""", "starts")]
    [TestCase("""{ "step": "postpone", "ends": "2022-09-21" }""", "ends")]
    [TestCase("""{ "step": "confirm", "starts": "2022-09-21", "ends": "2022-09-20" }""", "ends")]
    [TestCase("""{ "step": "confirm", "ends": "2022-08" }""", "ends")]
    [TestCase("""{ "step": "meet" }""", "step")]
    [TestCase("{}", "step")]
    public async Task A_step_that_cannot_be_is_named(string step, string field)
    {
        var answer = await App.PostAsync("/v1/meetings/cica-1/steps", step);

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task New_dates_lie_within_the_life_of_the_forum()
    {
        var late = await App.PostAsync("/v1/meetings/cica-1/steps", new { step = "confirm", starts = "2031" });

        await late.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task A_meeting_that_documents_count_on_keeps_its_days()
    {
        await App.DraftAsync(
            "statement",
            new
            {
                steps = new[]
                {
                    new
                    {
                        status = "adopted",
                        on = "2022-09-21",
                        meeting = "cica-1",
                    },
                },
            }
        );

        var moved = await App.PostAsync("/v1/meetings/cica-1/steps", new { step = "confirm", starts = "2023" });
        var cancelled = await App.PostAsync("/v1/meetings/cica-1/steps", new { step = "cancel" });
        var confirmed = await App.PostAsync(
            "/v1/meetings/cica-1/steps",
            new
            {
                step = "confirm",
                starts = "2022-09-20",
                ends = "2022-09-21",
            }
        );

        await moved.ProblemAsync(HttpStatusCode.Conflict, "outside-meeting");
        await cancelled.ProblemAsync(HttpStatusCode.Conflict, "meeting-cancelled");
        await confirmed.CreatedAsync();
    }

    [Test]
    public async Task A_meeting_with_outcomes_stays_held()
    {
        await TakeAsync(new { step = "hold" });
        await App.RecordAsync("cica-1");

        var corrected = await App.PatchAsync(
            "/v1/meetings/cica-1",
            new { steps = new[] { new { status = "planned" } } }
        );

        await corrected.ProblemAsync(HttpStatusCode.Conflict, "meeting-not-held");
    }

    private async Task TakeAsync(object step) =>
        await (await App.PostAsync("/v1/meetings/cica-1/steps", step)).CreatedAsync();
}
