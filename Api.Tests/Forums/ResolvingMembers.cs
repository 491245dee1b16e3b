using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class ResolvingMembers(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_forum_and_a_state()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
    }

    [TestCase("2000-02-29", 0)]
    [TestCase("2000-03-01", 1)]
    [TestCase("2010-06-30", 1)]
    [TestCase("2010-07-01", 0)]
    public async Task A_member_stands_on_both_ends_of_its_stay(string day, int members)
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2000-03-01", until: "2010-06-30");

        var rows = await MembersAsync(day);

        Assert.That(rows, Has.Count.EqualTo(members));
    }

    [TestCase("2000-01-01", false)]
    [TestCase("2000-12-30", false)]
    [TestCase("2000-12-31", true)]
    [TestCase("2005-07-01", true)]
    [TestCase("2010-01-01", true)]
    [TestCase("2010-01-02", false)]
    [TestCase("2010-12-31", false)]
    public async Task A_day_inside_an_imprecise_end_is_uncertain(string day, bool certain)
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2000", until: "2010");

        var rows = await MembersAsync(day);

        Assert.That(rows.Select(row => (bool)row!["certain"]!), Is.EqualTo(new[] { certain }));
    }

    [TestCase("1999-12-31")]
    [TestCase("2011-01-01")]
    public async Task A_day_outside_the_widest_reading_is_outside(string day)
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2000", until: "2010");

        Assert.That(await MembersAsync(day), Is.Empty);
    }

    [Test]
    public async Task A_row_tells_who_stands_as_what_and_since_when()
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2000-03", until: "2010", standing: "observer");

        var rows = await MembersAsync("2005-01-01");

        Assert.That(
            JsonNode.DeepEquals(
                rows.Single(),
                JsonNode.Parse(
                    """
                    {
                      "forum": "PACT",
                      "forumName": "Forum PACT",
                      "member": { "kind": "state", "code": "KAZ", "name": "State KAZ" },
                      "standing": "observer",
                      "since": "2000-03",
                      "until": "2010",
                      "certain": true,
                      "membership": "pact.kaz"
                    }
                    """
                )
            ),
            Is.True,
            rows.ToJsonString()
        );
    }

    [TestCase("1991-07-01", 1)]
    [TestCase("1991-07-02", 0)]
    public async Task No_member_outlasts_the_forum(string day, int members)
    {
        await App.EstablishForumAsync("OLD", founded: "1955", dissolved: "1991-07-01");
        await App.AdmitAsync("OLD", "KAZ", from: "1955-05-14");

        Assert.That(await MembersAsync(day, "OLD"), Has.Count.EqualTo(members));
    }

    [TestCase("2003-02-04", 1)]
    [TestCase("2003-02-05", 0)]
    public async Task No_member_outlasts_itself(string day, int members)
    {
        await App.EstablishStateAsync("YUG", until: "2003-02-04");
        await App.AdmitAsync("PACT", "YUG", from: "1992");

        Assert.That(await MembersAsync(day), Has.Count.EqualTo(members));
    }

    [TestCase("2007-12-31", 1)]
    [TestCase("2008-01-01", 0)]
    public async Task No_forum_that_is_a_member_outlasts_itself(string day, int members)
    {
        await App.EstablishForumAsync("UNION", dissolved: "2007-12-31");
        await App.AdmitAsync("PACT", "UNION", from: "1992", kind: "forum");

        Assert.That(await MembersAsync(day), Has.Count.EqualTo(members));
    }

    [TestCase("1991-01-01", true)]
    [TestCase("1991-07-01", false)]
    public async Task A_day_inside_an_imprecise_end_of_the_forum_is_uncertain(string day, bool certain)
    {
        await App.EstablishForumAsync("OLD", dissolved: "1991");
        await App.AdmitAsync("OLD", "KAZ", from: "1955");

        var rows = await MembersAsync(day, "OLD");

        Assert.That(rows.Select(row => (bool)row!["certain"]!), Is.EqualTo(new[] { certain }));
    }

    [TestCase("2003-01-01", true)]
    [TestCase("2003-02-05", false)]
    public async Task A_day_inside_an_imprecise_end_of_the_member_is_uncertain(string day, bool certain)
    {
        await App.EstablishStateAsync("YUG", until: "2003");
        await App.AdmitAsync("PACT", "YUG", from: "1992");

        var rows = await MembersAsync(day);

        Assert.That(rows.Select(row => (bool)row!["certain"]!), Is.EqualTo(new[] { certain }));
    }

    [TestCase("2012-01-01", "member", false)]
    [TestCase("2016-01-01", "observer", true)]
    public async Task A_stay_that_ended_nobody_knows_when_ended_before_the_next(
        string day,
        string standing,
        bool certain
    )
    {
        await App.PutAsync(
            "/v1/memberships/pact.kaz",
            new
            {
                standings = new object[]
                {
                    new
                    {
                        standing = "member",
                        from = "1994",
                        ended = true,
                    },
                    new { standing = "observer", from = "2015" },
                },
            }
        );

        var rows = await MembersAsync(day);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => (string?)row!["standing"]), Is.EqualTo(new[] { standing }));
            Assert.That(rows.Select(row => (bool)row!["certain"]!), Is.EqualTo(new[] { certain }));
        }
    }

    [Test]
    public async Task In_the_year_of_an_undated_change_either_standing_may_hold()
    {
        await App.AdmitAsync("PACT", "KAZ", from: "1994", standing: "observer");
        await App.StepAsync(
            "pact.kaz",
            new
            {
                step = "accede",
                standing = "member",
                from = "2000",
            }
        );

        var rows = await MembersAsync("2000-07-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => (string?)row!["standing"]), Is.EquivalentTo(new[] { "observer", "member" }));
            Assert.That(rows.Select(row => (bool)row!["certain"]!), Has.All.False);
        }
    }

    [Test]
    public async Task The_day_is_today_when_nobody_says()
    {
        await App.EstablishStateAsync("UZB");
        await App.EstablishStateAsync("TKM");
        await App.AdmitAsync("PACT", "KAZ", from: "2000", until: Iso(RegistryApp.Today));
        await App.AdmitAsync("PACT", "UZB", from: "2000", until: Iso(RegistryApp.Today.AddDays(-1)));
        await App.AdmitAsync("PACT", "TKM", from: Iso(RegistryApp.Today.AddDays(1)));

        var today = await App.ReadAsync("/v1/forums/PACT/members");
        var where = await App.ReadAsync("/v1/states/UZB/memberships");

        Assert.That(today.Each(row => row["member"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
        Assert.That(where.Each(row => row["forum"]), Is.Empty);
    }

    [TestCase("2000-13")]
    [TestCase("2000-02-30")]
    [TestCase("today")]
    public async Task The_day_is_a_day_that_exists(string day)
    {
        var wrong = await App.GetAsync($"/v1/forums/PACT/members?on={day}&standing=king");

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EquivalentTo(new[] { "on", "standing" }));
    }

    [Test]
    public async Task A_forum_that_is_not_there_has_no_members()
    {
        await App.EstablishForumAsync("BRIEF");
        await App.DeleteAsync("/v1/forums/BRIEF");

        var nowhere = await App.GetAsync("/v1/forums/NOSUCH/members");
        var deleted = await App.GetAsync("/v1/forums/BRIEF/members");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await deleted.ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task A_state_that_is_not_there_stands_nowhere()
    {
        var nowhere = await App.GetAsync("/v1/states/XXX/memberships");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [TestCase("member", "KAZ", "KGZ", "TKM", "UZB")]
    [TestCase("-member", "UZB", "TKM", "KGZ", "KAZ")]
    [TestCase("since", "UZB", "KGZ", "TKM", "KAZ")]
    [TestCase("-since", "KAZ", "TKM", "KGZ", "UZB")]
    [TestCase("-name", "UZB", "TKM", "KGZ", "KAZ")]
    public async Task Every_member_is_met_once_along_the_pages(string sort, params string[] order)
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2003");
        foreach (var (code, from) in new[] { ("UZB", "2000"), ("KGZ", "2001"), ("TKM", "2001") })
        {
            await App.EstablishStateAsync(code);
            await App.AdmitAsync("PACT", code, from);
        }

        var met = await App.WalkAsync(
            $"/v1/forums/PACT/members?on=2010-01-01&limit=1&sort={sort}",
            row => row["member"]!["code"]
        );

        Assert.That(met, Is.EqualTo(order));
    }

    [Test]
    public async Task A_page_tells_the_next_one_in_its_header_too()
    {
        await App.EstablishStateAsync("UZB");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");
        await App.AdmitAsync("PACT", "UZB", from: "2000");

        var response = await App.GetAsync("/v1/forums/PACT/members?limit=1&count=true");

        var page = await response.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                response.Headers.GetValues("Link"),
                Is.EqualTo(new[] { $"<{(string?)page["next"]}>; rel=\"next\"" })
            );
            Assert.That((int?)page["total"], Is.EqualTo(2));
        }
    }

    private async Task<JsonArray> MembersAsync(string day, string forum = "PACT") =>
        (await App.ReadAsync($"/v1/forums/{forum}/members?on={day}"))["items"]!.AsArray();

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
