using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

public sealed class MinisterTimeline(Engine engine) : RegistryTest(engine)
{
    private const string Path = "/v1/ministers/ada/timeline";

    private static readonly string[] Everything =
    [
        "1992 Post kaz.deputy appointments/a-z",
        "1992 Post kaz.envoy appointments/ab",
        "1999-09-14 Post kaz.head appointments/first",
        "2004-05 Post kaz.head appointments/second",
    ];

    [SetUp]
    public async Task A_minister_with_a_past()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishMinisterAsync("ada");
        await App.EstablishMinisterAsync("bea");
        foreach (var post in new[] { "kaz.deputy", "kaz.envoy", "kaz.head" })
        {
            await App.EstablishPostAsync(post);
        }

        await (await App.AppointAsync("ada", "kaz.head", "2004-05", id: "second")).CreatedAsync();
        await (await App.AppointAsync("ada", "kaz.head", "1999-09-14", "2000", id: "first")).CreatedAsync();
        await (await App.AppointAsync("ada", "kaz.envoy", "1992", "1993", id: "ab")).CreatedAsync();
        await (await App.AppointAsync("ada", "kaz.deputy", "1992", "1993", id: "a-z")).CreatedAsync();
        await (await App.AppointAsync("bea", "kaz.deputy", "1994", id: "other")).CreatedAsync();
    }

    [Test]
    public async Task What_a_minister_did_is_told_in_order()
    {
        var page = await App.ReadAsync($"{Path}?count=true");

        Assert.That(page["items"]!.AsArray().Select(Line).Order(), Is.EqualTo(Everything));
        Assert.That(page.Each(entry => entry["kind"]), Is.All.EqualTo("appointment"));
        Assert.That(page.Each(entry => entry["date"]), Is.Ordered);
        Assert.That((int?)page["total"], Is.EqualTo(Everything.Length));
    }

    [TestCase("date")]
    [TestCase("-date")]
    public async Task Every_entry_is_met_once_on_a_walk(string sort)
    {
        var met = await App.WalkAsync($"{Path}?sort={sort}&limit=1", entry => Line(entry));

        var dates = met.Select(line => line!.Split(' ')[0]);
        Assert.That(met, Is.EquivalentTo(Everything));
        Assert.That(dates, sort == "date" ? Is.Ordered : Is.Ordered.Descending);
    }

    [TestCase("from=1992-12-31", 0, 4)]
    [TestCase("from=1993-01-01", 2, 4)]
    [TestCase("until=1992-01-01", 0, 2)]
    [TestCase("until=1991-12-31", 0, 0)]
    [TestCase("from=1999-09-14&until=1999-09-14", 2, 3)]
    [TestCase("from=2004-05-31", 3, 4)]
    [TestCase("from=2004-06-01", 4, 4)]
    public async Task A_stretch_of_time_has_what_may_have_happened_in_it(string stretch, int first, int end)
    {
        var page = await App.ReadAsync($"{Path}?{stretch}&count=true");

        Assert.That(page["items"]!.AsArray().Select(Line), Is.EquivalentTo(Everything[first..end]));
        Assert.That((int?)page["total"], Is.EqualTo(end - first));
    }

    [Test]
    public async Task A_minister_who_is_not_there_has_no_past()
    {
        await (await App.GetAsync("/v1/ministers/nobody/timeline")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static string Line(JsonNode? entry) => $"{entry!["date"]} {entry["title"]} {entry["record"]}";
}
