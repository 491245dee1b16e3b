using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class KeepingMemberships(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/memberships/pact.kaz";

    private static readonly object Observer = new
    {
        standing = "observer",
        from = "1994",
        until = "1999",
    };

    [SetUp]
    public async Task A_forum_and_a_state()
    {
        await App.EstablishForumAsync("PACT", founded: "1992");
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");
    }

    [Test]
    public async Task A_membership_is_put_on_file_under_the_id_made_of_its_codes()
    {
        var created = await App.PutAsync(Path, Timeline(Observer, Member("2000")));

        var membership = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo(Path));
            Assert.That(created.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)membership["id"], Is.EqualTo("pact.kaz"));
            Assert.That((string?)membership["forum"], Is.EqualTo("PACT"));
            Assert.That((string?)membership["member"]!["kind"], Is.EqualTo("state"));
            Assert.That((string?)membership["member"]!["code"], Is.EqualTo("KAZ"));
        }
    }

    [Test]
    public async Task The_membership_of_a_forum_has_an_id_of_its_own()
    {
        await App.EstablishForumAsync("KAZ");

        var created = await App.PutAsync("/v1/memberships/PACT.forum.KAZ", Timeline(Member("2000")));

        var membership = await created.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)membership["id"], Is.EqualTo("pact.forum.kaz"));
            Assert.That((string?)membership["member"]!["kind"], Is.EqualTo("forum"));
        }
    }

    [Test]
    public async Task A_membership_is_found_however_its_id_is_typed()
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();

        var membership = await App.ReadAsync("/v1/memberships/PACT.KAZ");

        Assert.That((string?)membership["id"], Is.EqualTo("pact.kaz"));
    }

    [Test]
    public async Task The_whole_timeline_is_put_in_place_of_the_one_there()
    {
        await (await App.PutAsync(Path, Timeline(Observer, Member("2000")))).CreatedAsync();

        var replaced = await App.PutAsync(Path, Timeline(Member("2001")), ifMatch: "\"1\"");

        var membership = await replaced.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(membership["standings"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(replaced.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
            Assert.That(await IdsAsync("/v1/memberships?standing=observer"), Is.Empty);
        }
    }

    [Test]
    public async Task A_correction_replaces_the_standings()
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();

        var corrected = await App.PatchAsync(Path, Timeline(Observer, Member("2002")));

        var membership = await corrected.OkAsync();
        Assert.That((string?)membership["standings"]![1]!["from"], Is.EqualTo("2002"));
        var before = await App.ReadAsync("/v1/forums/PACT/members?on=2001-01-01");
        Assert.That(before.Each(row => row["member"]!["code"]), Is.Empty);
    }

    [TestCase(null, HttpStatusCode.PreconditionRequired, "version-required")]
    [TestCase("\"2\"", HttpStatusCode.PreconditionFailed, "stale-version")]
    public async Task A_membership_is_not_changed_unseen(string? ifMatch, HttpStatusCode status, string type)
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();

        await (await App.PutAsync(Path, Timeline(Member("2001")), ifMatch)).ProblemAsync(status, type);
        await (await App.PatchAsync(Path, Timeline(Member("2001")), ifMatch)).ProblemAsync(status, type);
        await (await App.DeleteAsync(Path, ifMatch)).ProblemAsync(status, type);
    }

    [Test]
    public async Task Both_sides_of_a_membership_are_those_of_its_id()
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();

        var moved = await App.PatchAsync(
            Path,
            new
            {
                id = "union.uzb",
                forum = "UNION",
                member = new { kind = "forum", code = "UN" },
            }
        );

        var membership = await moved.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)membership["id"], Is.EqualTo("pact.kaz"));
            Assert.That((string?)membership["forum"], Is.EqualTo("PACT"));
            Assert.That((string?)membership["member"]!["code"], Is.EqualTo("KAZ"));
        }
    }

    [TestCase("""{ "standings": [] }""", "standings")]
    [TestCase("""{}""", "standings")]
    [TestCase("""{ "standings": [{ "standing": "member" }] }""", "standings[0].from")]
    [TestCase("""{ "standings": [{ "standing": "member", "from": "2000", "until": "1999" }] }""", "standings[0].until")]
    [TestCase(
        """{ "standings": [{ "standing": "member", "from": "2000", "ending": "expelled" }] }""",
        "standings[0].ending"
    )]
    [TestCase(
        """{ "standings": [{ "standing": "member", "from": "2000", "until": "2010", "endingBasis": "Notice" }] }""",
        "standings[0].endingBasis"
    )]
    public async Task A_timeline_has_its_fields(string timeline, string atFault)
    {
        var wrong = await App.PutAsync(Path, timeline);

        Assert.That(await wrong.FieldsAtFaultAsync(), Is.EqualTo(new[] { atFault }));
    }

    [Test]
    public async Task A_timeline_keeps_the_rules()
    {
        var overlapping = await App.PutAsync(Path, Timeline(Observer, Member("1998")));
        var paused = await App.PutAsync(Path, Timeline(Observer, new { standing = "suspended", from = "2000" }));
        var early = await App.PutAsync(Path, Timeline(Member("1991")));

        await overlapping.ProblemAsync(HttpStatusCode.Conflict, "standing-overlap");
        await paused.ProblemAsync(HttpStatusCode.Conflict, "not-a-member");
        await early.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [TestCase("nosuch.kaz")]
    [TestCase("pact.xxx")]
    [TestCase("pact.forum.nosuch")]
    public async Task Both_sides_of_a_membership_are_on_file(string id)
    {
        var unknown = await App.PutAsync($"/v1/memberships/{id}", Timeline(Member("2000")));

        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [TestCase("pact")]
    [TestCase("pact.kz")]
    [TestCase("pact.forum")]
    [TestCase("pact.state.kaz")]
    [TestCase("pact.forum.un.kaz")]
    [TestCase("pact.kaz%0A")]
    public async Task An_id_of_another_shape_names_no_membership(string id)
    {
        await (await App.GetAsync($"/v1/memberships/{id}")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await App.PutAsync($"/v1/memberships/{id}", Timeline(Member("2000")))).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Test]
    public async Task A_deleted_membership_is_gone()
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();

        var deleted = await App.DeleteAsync(Path, "\"1\"");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await App.GetAsync(Path)).ProblemAsync(HttpStatusCode.Gone, "gone");
        var members = await App.ReadAsync("/v1/forums/PACT/members");
        Assert.That(members.Each(row => row["member"]!["code"]), Is.Empty);
    }

    [Test]
    public async Task Both_sides_can_be_deleted_after_their_membership()
    {
        await (await App.PutAsync(Path, Timeline(Member("2000")))).CreatedAsync();
        await App.DeleteAsync(Path);

        var state = await App.DeleteAsync("/v1/states/KAZ");
        var forum = await App.DeleteAsync("/v1/forums/PACT");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(forum.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [TestCase("", "pact.forum.union", "pact.kaz", "pact.uzb", "union.kaz")]
    [TestCase("?forum=PACT", "pact.forum.union", "pact.kaz", "pact.uzb")]
    [TestCase("?forum=union", "union.kaz")]
    [TestCase("?forum=NOSUCH")]
    [TestCase("?member=KAZ", "pact.kaz", "union.kaz")]
    [TestCase("?member=uzb", "pact.uzb")]
    [TestCase("?memberKind=forum", "pact.forum.union")]
    [TestCase("?memberKind=state", "pact.kaz", "pact.uzb", "union.kaz")]
    [TestCase("?standing=observer", "pact.forum.union", "pact.kaz")]
    [TestCase("?on=2004-06-01", "pact.kaz", "pact.uzb")]
    [TestCase("?on=1998-06-01", "pact.kaz")]
    [TestCase("?standing=observer&on=1998-06-01", "pact.kaz")]
    [TestCase("?standing=observer&on=2004-06-01")]
    [TestCase("?standing=member&member=KAZ&on=2004-06-01", "pact.kaz")]
    [TestCase("?sort=-id", "union.kaz", "pact.uzb", "pact.kaz", "pact.forum.union")]
    [TestCase("?sort=member", "pact.kaz", "union.kaz", "pact.forum.union", "pact.uzb")]
    [TestCase("?sort=-forum", "union.kaz", "pact.uzb", "pact.kaz", "pact.forum.union")]
    public async Task Memberships_are_asked_for_by_both_sides_standing_and_day(string query, params string[] ids)
    {
        await SeveralAsync();

        Assert.That(await IdsAsync($"/v1/memberships{query}"), Is.EqualTo(ids));
    }

    [TestCase("", "pact.forum.union", "pact.kaz", "pact.uzb")]
    [TestCase("?member=KAZ", "pact.kaz")]
    [TestCase("?memberKind=forum", "pact.forum.union")]
    [TestCase("?standing=observer", "pact.forum.union", "pact.kaz")]
    [TestCase("?standing=observer&on=2007-06-01", "pact.forum.union")]
    [TestCase("?on=1998-06-01", "pact.kaz")]
    public async Task The_memberships_of_a_forum_are_asked_for_in_the_same_way(string query, params string[] ids)
    {
        await SeveralAsync();

        Assert.That(await IdsAsync($"/v1/forums/PACT/memberships{query}"), Is.EqualTo(ids));
    }

    [Test]
    public async Task A_membership_in_a_list_has_its_whole_timeline()
    {
        await (await App.PutAsync(Path, Timeline(Observer, Member("2000")))).CreatedAsync();

        var page = await App.ReadAsync("/v1/forums/PACT/memberships?on=1998-06-01");

        Assert.That(page["items"]![0]!["standings"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task No_membership_outlasts_either_side()
    {
        await App.EstablishForumAsync("OLD", founded: "1955", dissolved: "1991-07-01");
        await App.EstablishStateAsync("YUG", until: "2003-02-04");
        await App.PutAsync("/v1/memberships/old.yug", Timeline(Member("1955")));
        await App.PutAsync("/v1/memberships/pact.yug", Timeline(Member("1992")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync("/v1/memberships?member=YUG&on=1991-07-01"), Is.EqualTo(new[] { "old.yug" }));
            Assert.That(await IdsAsync("/v1/memberships?member=YUG&on=2003-02-04"), Is.EqualTo(new[] { "pact.yug" }));
            Assert.That(await IdsAsync("/v1/memberships?member=YUG&on=2003-02-05"), Is.Empty);
        }
    }

    [Test]
    public async Task A_forum_that_is_not_there_has_no_memberships()
    {
        var nowhere = await App.GetAsync("/v1/forums/NOSUCH/memberships");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [TestCase("member")]
    [TestCase("-member")]
    [TestCase("-id")]
    [TestCase("forum")]
    public async Task Every_membership_is_met_once_along_the_pages(string sort)
    {
        await SeveralAsync();
        var whole = await IdsAsync($"/v1/memberships?sort={sort}");

        var met = await App.WalkAsync($"/v1/memberships?limit=1&sort={sort}", membership => membership["id"]);

        Assert.That(whole, Has.Count.EqualTo(4));
        Assert.That(met, Is.EqualTo(whole));
    }

    private async Task SeveralAsync()
    {
        await App.EstablishStateAsync("UZB");
        await App.EstablishForumAsync("UNION");
        await (await App.PutAsync(Path, Timeline(Observer, Member("2000")))).CreatedAsync();
        await (await App.AdmitAsync("PACT", "UZB", from: "2001")).CreatedAsync();
        await (await App.AdmitAsync("UNION", "KAZ", from: "2010")).CreatedAsync();
        await (await App.AdmitAsync("PACT", "UNION", from: "2005", standing: "observer", kind: "forum")).CreatedAsync();
    }

    private async Task<IReadOnlyList<string?>> IdsAsync(string path) =>
        (await App.ReadAsync(path)).Each(membership => membership["id"]);

    private static object Timeline(params object[] standings) => new { standings };

    private static object Member(string from) => new { standing = "member", from };
}
