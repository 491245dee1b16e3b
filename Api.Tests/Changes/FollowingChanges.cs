using System.Diagnostics;
using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>What the change log says over HTTP.</summary>
public sealed class FollowingChanges(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task Changes_come_in_order_with_the_record_as_it_then_stood()
    {
        await App.EstablishStateAsync("KAZ");
        var first = await App.Http.GetStringAsync("/v1/states/KAZ");
        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });
        var second = await App.Http.GetStringAsync("/v1/states/KAZ");
        await App.DeleteAsync("/v1/states/KAZ");

        var page = await App.ReadAsync("/v1/changes");

        var items = page["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Select(item => (long)item!["sequence"]!), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(page.Each(item => item["operation"]), Is.EqualTo(new[] { "created", "updated", "deleted" }));
            Assert.That(items.Select(item => (int)item!["version"]!), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(page.Each(item => item["collection"]), Is.All.EqualTo("states"));
            Assert.That(page.Each(item => item["id"]), Is.All.EqualTo("KAZ"));
            Assert.That(page.Each(item => item["actor"]), Is.All.EqualTo("admin"));
            Assert.That(page.Each(item => item["instant"]), Is.Ordered.And.Unique);
            Assert.That(
                Seen.On(await App.Http.GetStringAsync("/v1/changes")).Select(change => change.Record),
                Is.EqualTo(new[] { first, second, null })
            );
        }
    }

    [Test]
    public async Task Next_is_always_there_and_leads_on()
    {
        await EstablishAsync("AAA", "BBB", "CCC");

        var first = await App.ReadAsync("/v1/changes?limit=2");
        var second = await App.ReadAsync((string)first["next"]!);
        var third = await App.ReadAsync((string)second["next"]!);
        await App.EstablishStateAsync("DDD");
        using var answer = await App.GetAsync((string)third["next"]!);
        var fourth = await answer.OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Each(item => item["id"]), Is.EqualTo(new[] { "AAA", "BBB" }));
            Assert.That(second.Each(item => item["id"]), Is.EqualTo(new[] { "CCC" }));
            Assert.That(third.Each(item => item["id"]), Is.Empty);
            Assert.That(fourth.Each(item => item["id"]), Is.EqualTo(new[] { "DDD" }));
            Assert.That(
                answer.Headers.GetValues("Link").Single(),
                Is.EqualTo($"<{(string)fourth["next"]!}>; rel=\"next\"")
            );
        }
    }

    [Test]
    public async Task Who_follows_a_rare_collection_does_not_read_the_rest_again()
    {
        await EstablishAsync("AAA", "BBB");

        var page = await App.ReadAsync("/v1/changes?collection=forums");

        Assert.That((string?)page["next"], Does.Contain("after=2").And.Contain("collection=forums"));
    }

    [Test]
    public async Task Only_the_changes_of_a_collection_where_that_is_asked()
    {
        await App.EstablishForumAsync("PACT");
        await EstablishAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        var page = await App.ReadAsync("/v1/changes?collection=memberships");

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(new[] { "pact.kaz" }));
    }

    [Test]
    public async Task A_new_standing_shows_at_the_membership_the_forum_and_the_state()
    {
        await App.EstablishForumAsync("PACT");
        await EstablishAsync("KAZ", "UZB");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");
        await App.AdmitAsync("PACT", "UZB", from: "2000");
        await (await App.StepAsync("pact.kaz", new { step = "suspend", from = "2012-12-19" })).CreatedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await LastAtAsync("memberships/pact.kaz"), Is.EqualTo("memberships/pact.kaz 2"));
            Assert.That(await LastAtAsync("forums/PACT"), Is.EqualTo("memberships/pact.kaz 2"));
            Assert.That(await LastAtAsync("states/KAZ"), Is.EqualTo("memberships/pact.kaz 2"));
            Assert.That(await LastAtAsync("states/UZB"), Is.EqualTo("memberships/pact.uzb 1"));
            Assert.That(await LastAtAsync("forums/pact"), Is.EqualTo("memberships/pact.kaz 2"), "in either case");
        }
    }

    [Test]
    public async Task Every_record_shows_at_those_it_belongs_to()
    {
        await Something.OfEveryKindAsync(App);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await AtAsync("forums/PACT"),
                Is.EqualTo(
                    new[]
                    {
                        "forums/PACT",
                        "bodies/PACT/staff",
                        "memberships/pact.kaz",
                        "posts/pact.staff.head",
                        "appointments/pact.staff.head.jane-doe",
                        "chairmanships/pact.kaz.2020",
                        "meetings/pact-summit-1",
                        "documents/pact-charter",
                        "outcomes/pact-summit-1.1",
                    }
                )
            );
            Assert.That(
                await AtAsync("bodies/PACT/staff"),
                Is.EqualTo(
                    new[]
                    {
                        "bodies/PACT/staff",
                        "posts/pact.staff.head",
                        "appointments/pact.staff.head.jane-doe",
                        "meetings/pact-summit-1",
                        "documents/pact-charter",
                        "outcomes/pact-summit-1.1",
                    }
                )
            );
            Assert.That(
                await AtAsync("states/KAZ"),
                Is.EqualTo(new[] { "states/KAZ", "memberships/pact.kaz", "chairmanships/pact.kaz.2020" })
            );
            Assert.That(
                await AtAsync("ministers/jane-doe"),
                Is.EqualTo(new[] { "ministers/jane-doe", "appointments/pact.staff.head.jane-doe" })
            );
            Assert.That(
                await AtAsync("posts/pact.staff.head"),
                Is.EqualTo(new[] { "posts/pact.staff.head", "appointments/pact.staff.head.jane-doe" })
            );
            Assert.That(
                await AtAsync("meetings/pact-summit-1"),
                Is.EqualTo(new[] { "meetings/pact-summit-1", "outcomes/pact-summit-1.1" })
            );
        }
    }

    [Test]
    public async Task A_deletion_shows_where_the_record_showed()
    {
        await App.EstablishForumAsync("PACT");
        await EstablishAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        await App.DeleteAsync("/v1/memberships/pact.kaz");

        var page = await App.ReadAsync("/v1/changes?subject=forums/PACT&collection=memberships");
        Assert.That(page.Each(item => item["operation"]), Is.EqualTo(new[] { "created", "deleted" }));
    }

    [Test]
    public async Task A_record_that_leaves_a_parent_shows_there_once_more()
    {
        await App.EstablishForumAsync("PACT");
        foreach (var code in new[] { "staff", "council" })
        {
            await App.PostAsync(
                "/v1/forums/PACT/bodies",
                new
                {
                    code,
                    kind = "committee",
                    names = RegistryApp.NamesOf(code),
                }
            );
        }

        await App.PostAsync(
            "/v1/meetings",
            new
            {
                id = "talks",
                forum = "PACT",
                body = "staff",
                kind = "council",
                titles = Something.Texts("Talks"),
                starts = "2020",
                ends = "2020",
            }
        );
        await (await App.PatchAsync("/v1/meetings/talks", new { body = "council" })).OkAsync();

        Assert.That(await LastAtAsync("bodies/PACT/staff"), Is.EqualTo("meetings/talks 2"));
        Assert.That(await LastAtAsync("bodies/PACT/council"), Is.EqualTo("meetings/talks 2"));
    }

    [Test]
    public async Task Who_waits_is_answered_with_the_next_write()
    {
        await EstablishAsync("AAA");
        await App.ReadAsync("/v1/changes?after=1&wait=0");

        var longer = App.ReadAsync("/v1/changes?after=1&wait=30&collection=forums");
        var waiting = App.ReadAsync("/v1/changes?after=1&wait=30");
        await Task.Delay(300);
        Assert.That(waiting.IsCompleted, Is.False);
        await EstablishAsync("BBB");
        var page = await waiting;

        Assert.That(page.Each(item => item["id"]), Is.EqualTo(new[] { "BBB" }));
        Assert.That(longer.IsCompleted, Is.False, "It has waited for the write, not for the end of its time.");
        await App.EstablishForumAsync("PACT");
        await longer;
    }

    [Test]
    public async Task A_write_of_another_process_is_seen_as_well()
    {
        await EstablishAsync("AAA");
        await using var other = await RegistryApp.StartAsync(App.Database);
        var waiting = App.ReadAsync("/v1/changes?after=1&wait=30");
        await Task.Delay(100);

        await other.EstablishStateAsync("BBB");

        Assert.That((await waiting).Each(item => item["id"]), Is.EqualTo(new[] { "BBB" }));
    }

    [Test]
    public async Task A_write_that_was_not_asked_for_ends_no_wait()
    {
        await EstablishAsync("AAA");
        var waiting = App.ReadAsync("/v1/changes?after=0&wait=30&collection=forums");
        await EstablishAsync("BBB");
        await App.EstablishForumAsync("PACT");

        Assert.That((await waiting).Each(item => item["id"]), Is.EqualTo(new[] { "PACT" }));
    }

    [Test]
    public async Task The_wait_ends_empty_when_its_time_is_over()
    {
        var started = Stopwatch.GetTimestamp();

        var page = await App.ReadAsync("/v1/changes?wait=1");

        Assert.That(page["items"]!.AsArray(), Is.Empty);
        Assert.That((string?)page["next"], Is.EqualTo("/v1/changes?wait=1&after=0"));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromSeconds(0.9)));
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=1001", "limit")]
    [TestCase("wait=31", "wait")]
    [TestCase("after=-1", "after")]
    [TestCase("after=x", "after")]
    [TestCase("collection=pacts", "collection")]
    [TestCase("subject=CICA", "subject")]
    [TestCase("subject=pacts/CICA", "subject")]
    [TestCase("format=csv", "format")]
    [TestCase("knownAt=2026-01-01T00:00:00Z", "knownAt")]
    public async Task What_cannot_be_meant_is_refused(string query, string field)
    {
        using var answer = await App.GetAsync($"/v1/changes?{query}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
    }

    [TestCase("/v1/changes", "text/csv")]
    [TestCase("/v1/changes/stream", "application/json")]
    [TestCase("/v1/export", "application/json")]
    public async Task What_cannot_be_given_is_refused(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };

        using var answer = await App.Http.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [TestCase("/v1/changes", "application/json")]
    [TestCase("/v1/changes/stream", "text/event-stream")]
    [TestCase("/v1/export", "application/x-ndjson")]
    public async Task Head_has_no_body(string path, string mediaType)
    {
        using var answer = await App.SendAsync(HttpMethod.Head, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(mediaType));
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
        }
    }

    private async Task EstablishAsync(params string[] states)
    {
        foreach (var state in states)
        {
            await App.EstablishStateAsync(state);
        }
    }

    private async Task<IReadOnlyList<string>> AtAsync(string subject) =>
        [
            .. (await App.ReadAsync($"/v1/changes?subject={subject}"))["items"]!
                .AsArray()
                .Select(item => $"{item!["collection"]}/{item["id"]}"),
        ];

    private async Task<string> LastAtAsync(string subject)
    {
        var last = (await App.ReadAsync($"/v1/changes?subject={subject}"))["items"]!.AsArray()[^1]!;
        return $"{last["collection"]}/{last["id"]} {last["version"]}";
    }
}
