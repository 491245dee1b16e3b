using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Catalogue;

/// <summary>Questions with well-known answers.</summary>
public sealed class AskingTheCatalogue(Engine engine) : CatalogueTest(engine)
{
    [TestCase("CICA", "2022-09-22", 27)]
    [TestCase("CICA", "2022-10-13", 28)]
    [TestCase("CSTO", "1994-06-01", 9)]
    [TestCase("CSTO", "2000-01-01", 6)]
    [TestCase("CSTO", "2012-12-18", 7)]
    [TestCase("UN", "1945-12-31", 51)]
    [TestCase("UN", "1991-09-16", 159)]
    [TestCase("UN", "2011-07-14", 193)]
    [TestCase("EU", "2020-01-30", 28)]
    [TestCase("EU", "2020-02-01", 27)]
    [TestCase("COE", "2022-03-17", 46)]
    public async Task A_forum_had_so_many_members(string forum, string day, int members)
    {
        var page = await App.ReadAsync($"/v1/forums/{forum}/members?on={day}&standing=member&count=true");

        Assert.That((int?)page["total"], Is.EqualTo(members));
    }

    [Test]
    public async Task Kuwait_is_the_28th_member_of_the_conference()
    {
        var before = await App.ReadAsync("/v1/forums/CICA/members?on=2022-10-12&standing=member");
        var after = await App.ReadAsync("/v1/forums/CICA/members?on=2022-10-13&standing=member");

        Assert.That(Codes(after).Except(Codes(before)), Is.EqualTo(new[] { "KWT" }));
    }

    [Test]
    public async Task Uzbekistan_stands_as_suspended_the_day_after_it_was_suspended()
    {
        var page = await App.ReadAsync("/v1/forums/CSTO/members?on=2012-12-20&standing=suspended");

        Assert.That(Codes(page), Is.EqualTo(new[] { "UZB" }));
    }

    [Test]
    public async Task Kazakhstan_was_in_ten_forums_when_the_ministers_met()
    {
        var page = await App.ReadAsync("/v1/states/KAZ/memberships?on=2022-09-22&standing=member");

        Assert.That(
            page.Each(row => row["forum"]),
            Is.SupersetOf(new[] { "CICA", "CSTO", "UN", "OSCE", "SCO", "CIS", "EAEU", "OTS", "OIC", "ECO" })
        );
    }

    [Test]
    public async Task A_forum_can_stand_in_a_forum()
    {
        var conference = await App.ReadAsync("/v1/forums/CICA/members?on=2022-09-22&standing=observer");
        var group = await App.ReadAsync("/v1/forums/G20/members?on=2022-09-22&standing=member");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes(conference), Does.Contain("UN"));
            Assert.That(Codes(group), Does.Contain("EU"));
        }
    }

    [Test]
    public async Task A_state_that_is_gone_names_its_successors()
    {
        var union = await App.ReadAsync("/v1/states/SUN");

        Assert.That(
            union["successors"]!.AsArray().Select(code => (string?)code),
            Does.Contain("RUS").And.Contains("KAZ")
        );
    }

    [Test]
    public async Task Everything_the_catalogue_says_has_a_source()
    {
        string[] collections =
        [
            "/v1/states",
            "/v1/forums",
            "/v1/memberships",
            "/v1/forums/CICA/bodies",
            "/v1/ministers",
            "/v1/posts",
            "/v1/appointments",
            "/v1/chairmanships",
            "/v1/meetings",
            "/v1/documents",
            "/v1/outcomes",
        ];
        foreach (var collection in collections)
        {
            for (var next = $"{collection}?limit=100"; next is not null; )
            {
                var page = await App.ReadAsync(next);
                foreach (var record in page["items"]!.AsArray())
                {
                    var sourced = record!["standings"]?.AsArray() ?? [record.DeepClone()];
                    Assert.That(
                        sourced.All(fact => fact!["sources"] is { } sources && sources.AsArray().Count > 0),
                        Is.True,
                        record.ToJsonString()
                    );
                }

                next = (string?)page["next"];
            }
        }
    }

    private static IEnumerable<string?> Codes(System.Text.Json.Nodes.JsonNode page) =>
        page.Each(row => row["member"]!["code"]);
}
