using System.Xml.Linq;
using Registry.Api.Formats;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>Changes and outcomes as Atom feeds (RFC 4287).</summary>
public sealed class ReadingFeeds(Engine engine) : RegistryTest(engine)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Test]
    public async Task A_forum_can_be_watched_newest_first()
    {
        await Something.OfEveryKindAsync(App);

        var feed = await FeedAsync("/v1/changes?subject=forums/PACT&format=atom");

        var entries = feed.Elements(Atom + "entry").ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(feed.Name, Is.EqualTo(Atom + "feed"));
            Assert.That((string?)feed.Element(Atom + "id"), Does.StartWith("tag:"));
            Assert.That((DateTimeOffset?)feed.Element(Atom + "updated"), Is.Not.Null);
            Assert.That(
                LinkOf(feed, "self"),
                Is.EqualTo($"{App.Http.BaseAddress}v1/changes?subject=forums/PACT&format=atom")
            );
            Assert.That(entries, Has.Length.EqualTo(9));
            Assert.That(LinkOf(entries[0], "alternate"), Does.EndWith("/v1/outcomes/pact-summit-1.1"));
            Assert.That(LinkOf(entries[^2], "alternate"), Does.EndWith("/v1/forums/PACT/bodies/staff"));
            Assert.That((string?)entries[^1].Element(Atom + "title"), Is.EqualTo("Forum PACT: created"));
            Assert.That(entries.Select(entry => (string?)entry.Element(Atom + "id")), Is.Unique);
            Assert.That(
                entries.Select(entry => (DateTimeOffset)entry.Element(Atom + "updated")!),
                Is.Ordered.Descending
            );
        }
    }

    [TestCase("/v1/changes?format=atom")]
    [TestCase("/v1/outcomes?format=atom")]
    public async Task Who_holds_a_feed_hears_that_nothing_changed(string path)
    {
        await Something.OfEveryKindAsync(App);

        // The time of the last change is told once its second is over.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        using var first = await App.GetAsync(path);
        var (tag, changed) = (first.Headers.ETag!, first.Content.Headers.LastModified!.Value);

        using var byTag = await AskAsync(path, request => request.Headers.IfNoneMatch.Add(tag));
        using var byTime = await AskAsync(path, request => request.Headers.IfModifiedSince = changed);
        using var headless = await AskAsync(path, request => request.Headers.IfNoneMatch.Add(tag), HttpMethod.Head);
        using var older = await AskAsync(path, request => request.Headers.IfModifiedSince = changed.AddSeconds(-1));
        using var other = await AskAsync(
            path,
            request =>
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"another\"");
                request.Headers.IfModifiedSince = changed;
            }
        );
        await App.PatchAsync("/v1/outcomes/pact-summit-1.1", new { texts = Something.Texts("New") });
        using var later = await AskAsync(path, request => request.Headers.IfNoneMatch.Add(tag));
        using var laterByTime = await AskAsync(path, request => request.Headers.IfModifiedSince = changed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[] { byTag, byTime, headless, older, other, later, laterByTime }.Select(answer =>
                    (int)answer.StatusCode
                ),
                Is.EqualTo(new[] { 304, 304, 304, 200, 200, 200, 200 })
            );
            Assert.That(await byTag.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(byTag.Headers.ETag, Is.EqualTo(tag));
        }
    }

    [TestCase("/v1/changes?format=atom")]
    [TestCase("/v1/outcomes?format=atom")]
    public async Task Who_holds_the_first_of_two_changes_of_one_second_is_given_the_second(string path)
    {
        await Something.OfEveryKindAsync(App);
        for (var round = 0; round < 5; round++)
        {
            await ChangeAsync($"{round}, first");
            using var first = await App.GetAsync(path);
            await ChangeAsync($"{round}, second");

            using var second = await AskAsync(
                path,
                request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified
            );

            Assert.That((int)second.StatusCode, Is.EqualTo(200));
        }

        async Task ChangeAsync(string text) =>
            await (
                await App.PatchAsync("/v1/outcomes/pact-summit-1.1", new { texts = Something.Texts(text) })
            ).OkAsync();
    }

    [Test]
    public async Task It_is_given_to_who_accepts_it_and_its_ids_never_change()
    {
        await App.EstablishStateAsync("KAZ");
        var first = await FeedAsync("/v1/changes?format=atom");
        await App.EstablishStateAsync("UZB");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes");
        request.Headers.Add("Accept", "application/atom+xml, application/json;q=0.5");
        using var answer = await App.Http.SendAsync(request);
        var second = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/atom+xml"));
        Assert.That(
            (string?)second.Elements(Atom + "entry").Last().Element(Atom + "id"),
            Is.EqualTo((string?)first.Elements(Atom + "entry").Single().Element(Atom + "id"))
        );
    }

    [Test]
    public async Task Older_entries_are_on_the_next_page()
    {
        foreach (var code in new[] { "AAA", "BBB", "CCC" })
        {
            await App.EstablishStateAsync(code);
        }

        var first = await FeedAsync("/v1/changes?format=atom&limit=2");
        var second = await FeedAsync(LinkOf(first, "next")!);

        Assert.That(
            first.Elements(Atom + "entry").Concat(second.Elements(Atom + "entry")).Select(TitleOf),
            Is.EqualTo(new[] { "State CCC: created", "State BBB: created", "State AAA: created" })
        );
        Assert.That(LinkOf(second, "next"), Is.Null);
    }

    [Test]
    public async Task Outcomes_are_a_feed_too()
    {
        await Something.OfEveryKindAsync(App);
        await App.PostAsync(
            "/v1/meetings/pact-summit-1/outcomes",
            new { verb = "noted", texts = Something.Texts("<Peace> & \"quiet\"") }
        );

        var feed = await FeedAsync("/v1/outcomes?forum=PACT&sort=-id&limit=1&format=atom");
        var older = await FeedAsync(LinkOf(feed, "next")!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TitleOf(feed.Element(Atom + "entry")!), Is.EqualTo("noted: <Peace> & \"quiet\""));
            Assert.That(TitleOf(older.Element(Atom + "entry")!), Is.EqualTo("decided: To meet again"));
            Assert.That(
                LinkOf(older.Element(Atom + "entry")!, "alternate"),
                Does.EndWith("/v1/outcomes/pact-summit-1.1")
            );
        }
    }

    [Test]
    public async Task An_empty_feed_is_well_formed()
    {
        Assert.That((await FeedAsync("/v1/changes?format=atom")).Elements(Atom + "entry"), Is.Empty);
        Assert.That((await FeedAsync("/v1/outcomes?format=atom")).Elements(Atom + "entry"), Is.Empty);
    }

    [Test]
    public void What_xml_cannot_hold_is_left_out() =>
        Assert.That(AtomAnswer.Printable("a\0b\u000bc\uffffd\ttab \U0001F54A"), Is.EqualTo("abcd\ttab \U0001F54A"));

    private static string? TitleOf(XElement entry) => (string?)entry.Element(Atom + "title");

    private static string? LinkOf(XElement element, string relation) =>
        (string?)
            element
                .Elements(Atom + "link")
                .SingleOrDefault(link => (string?)link.Attribute("rel") == relation)
                ?.Attribute("href");

    private async Task<HttpResponseMessage> AskAsync(
        string path,
        Action<HttpRequestMessage> condition,
        HttpMethod? method = null
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        condition(request);
        return await App.Http.SendAsync(request);
    }

    private async Task<XElement> FeedAsync(string path) => XDocument.Parse(await App.Http.GetStringAsync(path)).Root!;
}
