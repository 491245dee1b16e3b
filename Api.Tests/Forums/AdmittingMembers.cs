using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class AdmittingMembers(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_forum_and_a_state()
    {
        await App.EstablishForumAsync("PACT", founded: "1992-05-15");
        await App.EstablishStateAsync("KAZ", from: "1991-12-16");
    }

    [Test]
    public async Task A_state_is_a_member_from_the_day_given()
    {
        var admitted = await App.AdmitAsync("PACT", "KAZ", from: "2000-03-01");

        var membership = await admitted.CreatedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(admitted.Headers.Location?.ToString(), Is.EqualTo("/v1/memberships/pact.kaz"));
            Assert.That(admitted.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            Assert.That((string?)membership["standings"]![0]!["from"], Is.EqualTo("2000-03-01"));
        }

        var before = await App.ReadAsync("/v1/forums/PACT/members?on=2000-02-29");
        var since = await App.ReadAsync("/v1/forums/PACT/members?on=2000-03-01");
        Assert.That(before.Each(row => row["member"]!["code"]), Is.Empty);
        Assert.That(since.Each(row => row["member"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
    }

    [Test]
    public async Task A_state_is_admitted_once()
    {
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        var again = await App.AdmitAsync("PACT", "KAZ", from: "2010");

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
    }

    [Test]
    public async Task Nobody_is_a_member_before_the_forum_exists()
    {
        var early = await App.AdmitAsync("PACT", "KAZ", from: "1992-05-14");

        await early.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task No_state_is_a_member_before_it_exists()
    {
        await App.EstablishForumAsync("OLD");

        var early = await App.AdmitAsync("OLD", "KAZ", from: "1991-12-15");

        await early.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
    }

    [Test]
    public async Task A_year_that_may_lie_within_the_life_is_admitted()
    {
        var sometime = await App.AdmitAsync("PACT", "KAZ", from: "1992");

        await sometime.CreatedAsync();
    }

    [Test]
    public async Task A_forum_can_be_the_member()
    {
        await App.EstablishForumAsync("UNION");

        var admitted = await App.AdmitAsync("PACT", "UNION", from: "2001", standing: "observer", kind: "forum");

        await admitted.CreatedAsync();
        var rows = await App.ReadAsync("/v1/forums/PACT/members?standing=observer");
        Assert.That(rows.Each(row => row["member"]!["name"]), Is.EqualTo(new[] { "Forum UNION" }));
    }

    [Test]
    public async Task No_forum_is_a_member_of_itself()
    {
        var itself = await App.AdmitAsync("PACT", "PACT", from: "2001", kind: "forum");

        await itself.ProblemAsync(HttpStatusCode.Conflict, "own-member");
    }

    [Test]
    public async Task An_unknown_member_is_no_member()
    {
        var unknown = await App.AdmitAsync("PACT", "XXX", from: "2001");

        await unknown.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
    }

    [Test]
    public async Task An_unknown_forum_is_not_found()
    {
        var nowhere = await App.AdmitAsync("NOSUCH", "KAZ", from: "2001");

        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Every_field_at_fault_is_named_at_once()
    {
        var wrong = await App.PostAsync(
            "/v1/forums/PACT/memberships",
            new
            {
                member = new { kind = "planet", code = "" },
                standing = "king",
                from = "2022-02-30",
                rank = 1,
            }
        );

        Assert.That(
            await wrong.FieldsAtFaultAsync(),
            Is.EquivalentTo(new[] { "member.kind", "member.code", "standing", "from", "rank" })
        );
    }
}
