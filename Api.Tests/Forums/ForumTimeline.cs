using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Forums;

public sealed class ForumTimeline(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/forums/PACT/timeline";

    private static readonly string[] Everything =
    [
        "1992 conference stage forums/PACT",
        "1999-09-14 State KAZ admission memberships/pact.kaz",
        "1999-09-14 State KAZ chairmanship chairmanships/a-z",
        "1999-09-14 State TUR chairmanship chairmanships/ab",
        "1999-09-14 treaty: Declaration stage forums/PACT",
        "2005 State TUR admission memberships/pact.tur",
        "2005-06-17 Forum UNION chairmanship chairmanships/council-union",
        "2010-05 organization stage forums/PACT",
    ];

    [SetUp]
    public async Task A_forum_with_a_past()
    {
        await App.EstablishForumAsync("UNION");
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("TUR");
        await (
            await App.PostAsync(
                "/v1/forums",
                """
                {
                  "code": "PACT", "names": [{ "kind": "official", "language": "en", "text": "Pact" }],
                  "stages": [
                    { "nature": "organization", "from": "2010-05" },
                    { "nature": "conference", "from": "1992", "until": "1999-09-13" },
                    { "nature": "treaty", "instrument": "Declaration", "from": "1999-09-14", "until": "2010-04" }
                  ]
                }
                """
            )
        ).CreatedAsync();
        await App.EstablishBodyAsync("PACT", "council");
        await (await App.AdmitAsync("PACT", "KAZ", from: "1999-09-14")).CreatedAsync();
        await (
            await App.PutAsync(
                "/v1/memberships/pact.tur",
                """
                {
                  "standings": [
                    { "standing": "observer", "from": "2000", "until": "2004" },
                    { "standing": "member", "from": "2005", "until": "2008" },
                    { "standing": "suspended", "from": "2009-01-01", "until": "2009" },
                    { "standing": "member", "from": "2010-01-01" }
                  ]
                }
                """
            )
        ).CreatedAsync();
        await (await App.ChairAsync("PACT", "TUR", "1999-09-14", "2000", id: "ab")).CreatedAsync();
        await (await App.ChairAsync("PACT", "KAZ", "1999-09-14", id: "a-z")).CreatedAsync();
        await (
            await App.ChairAsync("PACT", "UNION", "2005-06-17", body: "council", kind: "forum", id: "council-union")
        ).CreatedAsync();
    }

    [Test]
    public async Task What_a_forum_went_through_is_told_in_order()
    {
        var page = await App.ReadAsync($"{Path}?count=true");

        Assert.That(page["items"]!.AsArray().Select(Line), Is.EqualTo(Everything));
        Assert.That((int?)page["total"], Is.EqualTo(Everything.Length));
        Assert.That(page["next"], Is.Null);
    }

    [TestCase("date", 1)]
    [TestCase("date", 2)]
    [TestCase("date", 3)]
    [TestCase("date", 8)]
    [TestCase("-date", 1)]
    [TestCase("-date", 2)]
    [TestCase("-date", 5)]
    public async Task Every_entry_is_met_once_on_a_walk(string sort, int limit)
    {
        var met = await App.WalkAsync($"{Path}?sort={sort}&limit={limit}", entry => Line(entry));

        Assert.That(met, Is.EqualTo(sort == "date" ? Everything : Everything.Reverse()));
    }

    [TestCase("from=1992-12-31", 0, 8)]
    [TestCase("from=1993-01-01", 1, 8)]
    [TestCase("from=2005-06-18&until=2010-04-30", 5, 6)]
    [TestCase("until=1991-12-31", 0, 0)]
    [TestCase("until=1992-01-01", 0, 1)]
    [TestCase("until=1999-09-14", 0, 5)]
    [TestCase("from=2010-05-31", 7, 8)]
    [TestCase("from=2010-06-01", 8, 8)]
    [TestCase("from=1999-09-14&until=1999-09-14", 1, 5)]
    public async Task A_stretch_of_time_has_what_may_have_happened_in_it(string stretch, int first, int end)
    {
        var page = await App.ReadAsync($"{Path}?{stretch}&count=true");
        var walked = await App.WalkAsync($"{Path}?{stretch}&limit=1", entry => Line(entry));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page["items"]!.AsArray().Select(Line), Is.EqualTo(Everything[first..end]));
            Assert.That((int?)page["total"], Is.EqualTo(end - first));
            Assert.That(walked, Is.EqualTo(Everything[first..end]));
        }
    }

    [Test]
    public async Task What_nobody_dated_comes_first_and_has_no_date()
    {
        await (await App.ChairAsync("PACT", "KAZ", body: "council", id: "undated")).CreatedAsync();

        var page = await App.ReadAsync(Path);

        Assert.That((string?)page["items"]![0]!["record"], Is.EqualTo("chairmanships/undated"));
        Assert.That(page["items"]![0]!["date"], Is.Null);
    }

    [Test]
    public async Task Who_comes_back_after_an_end_is_admitted_again()
    {
        await App.StepAsync("pact.kaz", new { step = "withdraw", until = "2012" });
        await (
            await App.StepAsync(
                "pact.kaz",
                new
                {
                    step = "accede",
                    standing = "member",
                    from = "2015",
                }
            )
        ).CreatedAsync();

        var page = await App.ReadAsync($"{Path}?from=2012-01-01");

        Assert.That(
            page["items"]!.AsArray().Select(Line),
            Is.EqualTo(new[] { "2015 State KAZ admission memberships/pact.kaz" })
        );
    }

    [Test]
    public async Task A_forum_that_is_not_there_has_no_past()
    {
        await (await App.GetAsync("/v1/forums/NOWHERE/timeline")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static string Line(JsonNode? entry) =>
        $"{entry!["date"]} {entry["title"]} {entry["kind"]} {entry["record"]}";
}
