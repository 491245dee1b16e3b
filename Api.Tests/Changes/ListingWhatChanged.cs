using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>The parameters changedSince and deleted of every list of records.</summary>
public sealed class ListingWhatChanged(Engine engine) : RegistryTest(engine)
{
    private static readonly string[] Lists =
    [
        "/v1/states",
        "/v1/forums",
        "/v1/forums/PACT/bodies",
        "/v1/memberships",
        "/v1/forums/PACT/memberships",
        "/v1/ministers",
        "/v1/posts",
        "/v1/appointments",
        "/v1/ministers/jane-doe/appointments",
        "/v1/chairmanships",
        "/v1/meetings",
        "/v1/forums/PACT/meetings",
        "/v1/documents",
        "/v1/outcomes",
        "/v1/meetings/pact-summit-1/outcomes",
    ];

    [TestCaseSource(nameof(Lists))]
    public async Task Every_list_of_records_can_be_cut_down_to_what_changed(string list)
    {
        await Something.OfEveryKindAsync(App);
        var end = await InstantAsync();

        var since = (await App.ReadAsync($"{list}?changedSince=2026-01-01T00:00:00Z&count=true"))!;
        var after = await App.ReadAsync($"{list}?changedSince={end}&deleted=true&count=true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)since["total"]!, Is.EqualTo(1));
            Assert.That(since["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((int)after["total"]!, Is.Zero);
            Assert.That(after["items"]!.AsArray(), Is.Empty);
        }
    }

    [Test]
    public async Task Deleted_records_leave_tombstones_in_their_places()
    {
        foreach (var code in new[] { "AAA", "BBB", "CCC", "DDD" })
        {
            await App.EstablishStateAsync(code);
        }

        var since = await InstantAsync();
        await App.PatchAsync("/v1/states/DDD", new { subregion = "Elsewhere" });
        await App.PatchAsync("/v1/states/BBB", new { subregion = "Elsewhere" });
        await App.DeleteAsync("/v1/states/BBB");

        var all = await App.ReadAsync($"/v1/states?changedSince={since}&deleted=true&count=true");
        var paged = await App.WalkAsync($"/v1/states?changedSince={since}&deleted=true&limit=1&sort=-name", Name);
        var living = await App.ReadAsync($"/v1/states?changedSince={since}");

        var tombstone = all["items"]![0]!;
        var deletion = (await App.ReadAsync("/v1/changes?subject=states/BBB"))["items"]!.AsArray()[^1]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Each(Name), Is.EqualTo(new[] { "BBB", "DDD" }));
            Assert.That((int)all["total"]!, Is.EqualTo(2));
            Assert.That(paged, Is.EqualTo(new[] { "DDD", "BBB" }));
            Assert.That(living.Each(Name), Is.EqualTo(new[] { "DDD" }));
            Assert.That(
                tombstone.AsObject().Select(member => member.Key),
                Is.EqualTo(new[] { "id", "deleted", "version", "recordedAt" })
            );
            Assert.That((bool)tombstone["deleted"]!, Is.True);
            Assert.That((int)tombstone["version"]!, Is.EqualTo(3).And.EqualTo((int)deletion["version"]!));
            Assert.That((string?)tombstone["recordedAt"], Is.EqualTo((string?)deletion["instant"]));
        }
    }

    [Test]
    public async Task The_filters_apply_to_what_was_deleted()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishForumAsync("LEAGUE");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");
        await App.AdmitAsync("LEAGUE", "KAZ", from: "2000", standing: "observer");
        var since = await InstantAsync();
        await App.DeleteAsync("/v1/memberships/pact.kaz");
        await App.DeleteAsync("/v1/memberships/league.kaz");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await DeletedAsync("forum=PACT"), Is.EqualTo(new[] { "pact.kaz" }));
            Assert.That(await DeletedAsync("standing=observer"), Is.EqualTo(new[] { "league.kaz" }));
            Assert.That(await DeletedAsync("standing=observer&on=2010-01-01"), Is.EqualTo(new[] { "league.kaz" }));
        }

        async Task<IReadOnlyList<string?>> DeletedAsync(string filter) =>
            (await App.ReadAsync($"/v1/memberships?{filter}&changedSince={since}&deleted=true")).Each(Name);
    }

    [Test]
    public async Task A_body_is_named_as_in_the_change_log()
    {
        await App.EstablishForumAsync("PACT");
        var since = await InstantAsync();
        await App.PostAsync(
            "/v1/forums/PACT/bodies",
            new
            {
                code = "staff",
                kind = "staff",
                names = RegistryApp.NamesOf("Staff"),
            }
        );
        await App.DeleteAsync("/v1/forums/PACT/bodies/staff");

        var page = await App.ReadAsync($"/v1/forums/PACT/bodies?changedSince={since}&deleted=true");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(new[] { "PACT/staff" }));
    }

    [TestCase("deleted=true", "deleted")]
    [TestCase("changedSince=2026-01-01T00:00:00Z&deleted=true&knownAt=2026-06-30T12:00:00Z", "deleted")]
    [TestCase("changedSince=yesterday", "changedSince")]
    public async Task What_cannot_be_meant_is_refused(string query, string field)
    {
        using var answer = await App.GetAsync($"/v1/states?{query}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Resolved_lists_do_not_take_it()
    {
        await App.EstablishForumAsync("PACT");

        using var answer = await App.GetAsync("/v1/forums/PACT/members?changedSince=2026-01-01T00:00:00Z");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "changedSince" }));
    }

    private static JsonNode? Name(JsonNode item) => item["id"] ?? item["code"];

    private async Task<string> InstantAsync()
    {
        var page = await App.ReadAsync("/v1/changes?limit=1000");
        return (string)page["items"]!.AsArray()[^1]!["instant"]!;
    }
}
