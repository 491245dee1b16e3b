using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class ChangingStandings(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_state_that_was_admitted()
    {
        await App.EstablishForumAsync("PACT", founded: "1992-05-15", dissolved: "2024");
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");
        await (await App.AdmitAsync("PACT", "KAZ", from: "2000-03-01")).CreatedAsync();
    }

    [Test]
    public async Task A_step_makes_a_new_version_of_the_membership()
    {
        var suspended = await App.StepAsync("pact.kaz", new { step = "suspend", from = "2013-05-01" });

        var membership = await suspended.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(suspended.Headers.Location?.ToString(), Is.EqualTo("/v1/memberships/pact.kaz"));
            Assert.That(suspended.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
            Assert.That((string?)membership["standings"]![0]!["until"], Is.EqualTo("2013-04-30"));
            Assert.That((string?)membership["standings"]![1]!["standing"], Is.EqualTo("suspended"));
        }
    }

    [TestCase("suspend", "suspended")]
    [TestCase("freeze", "frozen")]
    public async Task A_member_is_paused_and_resumes(string step, string standing)
    {
        await StepAsync(new { step, from = "2013-05-01" });
        await StepAsync(new { step = "resume", from = "2014-02-01" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StandingsOnAsync("2013-04-30"), Is.EqualTo(new[] { "member" }));
            Assert.That(await StandingsOnAsync("2013-05-01"), Is.EqualTo(new[] { standing }));
            Assert.That(await StandingsOnAsync("2014-01-31"), Is.EqualTo(new[] { standing }));
            Assert.That(await StandingsOnAsync("2014-02-01"), Is.EqualTo(new[] { "member" }));
        }
    }

    [Test]
    public async Task A_member_is_paused_in_the_year_it_acceded()
    {
        await StepAsync(new { step = "suspend", from = "2000" });

        Assert.That(await StandingsOnAsync("2001-01-01"), Is.EqualTo(new[] { "suspended" }));
    }

    [Test]
    public async Task An_observer_accedes()
    {
        await App.EstablishStateAsync("UZB");
        await App.AdmitAsync("PACT", "UZB", from: "1994", standing: "observer");

        var acceded = await App.StepAsync(
            "pact.uzb",
            new
            {
                step = "accede",
                standing = "member",
                from = "1999-01-01",
                basis = "Protocol of accession",
            }
        );

        var membership = await acceded.CreatedAsync();
        Assert.That((string?)membership["standings"]![1]!["basis"], Is.EqualTo("Protocol of accession"));
        Assert.That(await StandingsOnAsync("1998-12-31"), Is.EqualTo(new[] { "observer" }));
        Assert.That(await StandingsOnAsync("1999-01-01"), Is.EqualTo(new[] { "member" }));
    }

    [Test]
    public async Task A_standing_is_asked_for_by_its_kind()
    {
        await StepAsync(new { step = "suspend", from = "2013-05-01" });

        var members = await App.ReadAsync("/v1/forums/PACT/members?on=2015-01-01&standing=member");
        var suspended = await App.ReadAsync("/v1/forums/PACT/members?on=2015-01-01&standing=suspended");

        Assert.That(members.Each(row => row["member"]!["code"]), Is.Empty);
        Assert.That(suspended.Each(row => row["member"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
    }

    [Test]
    public async Task A_member_stands_through_the_last_day_of_its_stay()
    {
        await StepAsync(new { step = "withdraw", until = "2020-01-31" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StandingsOnAsync("2020-01-31"), Is.EqualTo(new[] { "member" }));
            Assert.That(await StandingsOnAsync("2020-02-01"), Is.Empty);
        }
    }

    [Test]
    public async Task A_stay_that_ended_nobody_knows_when_is_uncertain()
    {
        await StepAsync(new { step = "withdraw", ended = true });

        var page = await App.ReadAsync("/v1/forums/PACT/members?on=2015-01-01");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(row => row["member"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
            Assert.That((bool)page["items"]![0]!["certain"]!, Is.False);
        }
    }

    [TestCase("""{ "step": "withdraw", "until": "2020" }""", "withdrew")]
    [TestCase("""{ "step": "withdraw", "until": "2020", "ending": "not-renewed" }""", "not-renewed")]
    public async Task How_a_stay_ended_is_kept(string step, string ending)
    {
        var membership = await (await App.StepAsync("pact.kaz", step)).CreatedAsync();

        Assert.That((string?)membership["standings"]![0]!["ending"], Is.EqualTo(ending));
    }

    [Test]
    public async Task Who_left_comes_back()
    {
        await StepAsync(new { step = "withdraw", until = "2005-06-30" });
        await StepAsync(
            new
            {
                step = "accede",
                standing = "member",
                from = "2006-08-16",
            }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StandingsOnAsync("2005-12-31"), Is.Empty);
            Assert.That(await StandingsOnAsync("2006-08-16"), Is.EqualTo(new[] { "member" }));
        }
    }

    [TestCase("""{ "step": "resume", "from": "2013" }""", "not-paused")]
    [TestCase("""{ "step": "accede", "standing": "member", "from": "2013" }""", "standing-unchanged")]
    [TestCase("""{ "step": "accede", "standing": "frozen", "from": "2013" }""", "not-accession")]
    [TestCase("""{ "step": "suspend", "from": "1999" }""", "standing-overlap")]
    [TestCase("""{ "step": "withdraw", "until": "2000-02-29" }""", "standing-overlap")]
    [TestCase("""{ "step": "suspend", "from": "2025" }""", "outside-life")]
    public async Task A_member_takes_no_step_that_its_standing_does_not_allow(string step, string rule)
    {
        var refused = await App.StepAsync("pact.kaz", step);

        await refused.ProblemAsync(HttpStatusCode.Conflict, rule);
        Assert.That(await VersionAsync(), Is.EqualTo(1));
    }

    [TestCase("""{ "step": "accede", "standing": "observer", "from": "2015" }""", "membership-paused")]
    [TestCase("""{ "step": "freeze", "from": "2015" }""", "not-a-member")]
    [TestCase("""{ "step": "resume", "from": "2013-05-01" }""", "standing-overlap")]
    public async Task Who_is_suspended_can_only_resume_or_withdraw(string step, string rule)
    {
        await StepAsync(new { step = "suspend", from = "2013-05-01" });

        var refused = await App.StepAsync("pact.kaz", step);

        await refused.ProblemAsync(HttpStatusCode.Conflict, rule);
    }

    [Test]
    public async Task A_stay_ends_once()
    {
        await StepAsync(new { step = "withdraw", until = "2020" });

        var again = await App.StepAsync("pact.kaz", new { step = "withdraw", until = "2021" });

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-ended");
    }

    [TestCase("""{}""", "step")]
    [TestCase("""{ "step": "promote", "from": "2013" }""", "step")]
    [TestCase("""{ "step": "accede" }""", "from", "standing")]
    [TestCase("""{ "step": "suspend" }""", "from")]
    [TestCase("""{ "step": "freeze" }""", "from")]
    [TestCase("""{ "step": "resume" }""", "from")]
    [TestCase("""{ "step": "withdraw" }""", "until")]
    [TestCase("""{ "step": "withdraw", "ended": false }""", "until")]
    [TestCase("""{ "step": "withdraw", "until": "2020", "ended": false }""", "ended")]
    [TestCase("""{ "step": "withdraw", "ended": true, "from": "2013", "standing": "member" }""", "from", "standing")]
    [TestCase(
        """{ "step": "suspend", "from": "2013", "standing": "frozen", "until": "2014", "ended": true, "ending": "expelled" }""",
        "ended",
        "ending",
        "standing",
        "until"
    )]
    [TestCase("""{ "step": "suspend", "from": "2013-02-29", "reason": "" }""", "from", "reason")]
    public async Task Each_step_has_its_own_fields(string step, params string[] atFault)
    {
        var wrong = await App.StepAsync("pact.kaz", step);

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EquivalentTo(atFault));
    }

    [TestCase("\"1\"")]
    [TestCase("\"7\", \"1\"")]
    [TestCase("*")]
    public async Task A_step_may_name_the_version_it_is_meant_for(string version)
    {
        var suspended = await SuspendAsync(version);

        await suspended.CreatedAsync();
    }

    [TestCase("\"2\"")]
    [TestCase("W/\"1\"")]
    [TestCase("\"of-another-kind\"")]
    public async Task A_step_meant_for_another_version_is_not_taken(string version)
    {
        var suspended = await SuspendAsync(version);

        await suspended.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.That(await VersionAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_version_is_named_in_double_quotes()
    {
        var suspended = await SuspendAsync("1");

        Assert.That(await suspended.FieldsAtFaultAsync(), Is.EqualTo(new[] { "If-Match" }));
    }

    [Test]
    public async Task Nobody_takes_a_step_in_a_membership_that_is_not_there()
    {
        var nowhere = await App.StepAsync("pact.uzb", new { step = "suspend", from = "2013" });
        await App.DeleteAsync("/v1/memberships/pact.kaz");
        var deleted = await App.StepAsync("pact.kaz", new { step = "suspend", from = "2013" });

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await deleted.ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task A_state_knows_where_it_stood_on_a_day()
    {
        await App.EstablishForumAsync("UNION");
        await App.AdmitAsync("UNION", "KAZ", from: "1995", standing: "observer");
        await StepAsync(new { step = "suspend", from = "2013-05-01" });

        var before = await App.ReadAsync("/v1/states/KAZ/memberships?on=2013-04-30");
        var since = await App.ReadAsync("/v1/states/KAZ/memberships?on=2013-05-01");
        var suspended = await App.ReadAsync("/v1/states/KAZ/memberships?on=2013-05-01&standing=suspended");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Each(row => row["forum"]), Is.EqualTo(new[] { "PACT", "UNION" }));
            Assert.That(before.Each(row => row["standing"]), Is.EqualTo(new[] { "member", "observer" }));
            Assert.That(since.Each(row => row["standing"]), Is.EqualTo(new[] { "suspended", "observer" }));
            Assert.That(suspended.Each(row => row["forum"]), Is.EqualTo(new[] { "PACT" }));
        }
    }

    private async Task StepAsync(object step) => await (await App.StepAsync("pact.kaz", step)).CreatedAsync();

    private Task<HttpResponseMessage> SuspendAsync(string ifMatch) =>
        App.SendAsync(
            HttpMethod.Post,
            "/v1/memberships/pact.kaz/standings",
            new { step = "suspend", from = "2013" },
            ifMatch
        );

    private async Task<IReadOnlyList<string?>> StandingsOnAsync(string day) =>
        (await App.ReadAsync($"/v1/forums/PACT/members?on={day}")).Each(row => row["standing"]);

    private async Task<int> VersionAsync() => (int)(await App.ReadAsync("/v1/memberships/pact.kaz"))["version"]!;
}
