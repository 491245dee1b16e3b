using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Provenance;

public sealed class ReconcilingCounts(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Establish()
    {
        await App.EstablishMembershipAsync();
        foreach (var state in new[] { "AAA", "BBB", "CCC" })
        {
            await App.EstablishStateAsync(state);
        }

        await App.AdmitAsync("PACT", "AAA", from: "2000", until: "2005-12-31");
        await App.AdmitAsync("PACT", "BBB", from: "2012-03-01");
        await App.AdmitAsync("PACT", "CCC", from: "2010", standing: "observer");
        await App.PatchAsync(
            "/v1/forums/PACT",
            new
            {
                declaredCounts = new object[]
                {
                    Count("2003", 2),
                    Count("2013-01-01", 3),
                    new
                    {
                        on = "2011",
                        standing = "observer",
                        count = 1,
                    },
                },
            }
        );
    }

    [Test]
    public async Task The_latest_count_declared_is_held_against_the_members_of_the_day()
    {
        var answer = await App.ReadAsync("/v1/forums/pact/reconciliation?on=2012-06-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)answer["declared"]!["on"], Is.EqualTo("2003"));
            Assert.That((int?)answer["computed"], Is.EqualTo(2));
            Assert.That((int?)answer["computedThen"], Is.EqualTo(2));
            Assert.That((int?)answer["difference"], Is.Zero);
            Assert.That((int?)answer["remainder"], Is.Zero);
            Assert.That(Reasons(answer), Is.EqualTo(new[] { "BBB joined", "AAA left" }));
        }
    }

    [Test]
    public async Task What_joining_and_leaving_do_not_explain_remains()
    {
        await App.ClaimAsync("/standings/0/until", "2020", subject: "pact.aaa", id: "stayed");
        await App.ClaimAsync("/standings/0/from", "1999", id: "no-matter");

        var answer = await App.ReadAsync("/v1/forums/PACT/reconciliation");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)answer["declared"]!["count"], Is.EqualTo(3));
            Assert.That((int?)answer["difference"], Is.EqualTo(-1));
            Assert.That((int?)answer["remainder"], Is.EqualTo(-1));
            Assert.That(Reasons(answer), Is.EqualTo(new[] { "AAA disputed" }));
            Assert.That((string?)answer["members"]![0]!["claims"]![0], Is.EqualTo("stayed"));
        }
    }

    [Test]
    public async Task A_member_whose_dates_are_not_exact_may_explain_it()
    {
        await App.PatchAsync("/v1/forums/PACT", new { declaredCounts = new[] { Count("2000-06-01", 1) } });

        var answer = await App.ReadAsync("/v1/forums/PACT/reconciliation?on=2000-07-01");

        Assert.That(Reasons(answer), Is.EqualTo(new[] { "AAA uncertain", "KAZ uncertain" }));
        Assert.That((int?)answer["remainder"], Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_declared_count_there_is_only_the_number_on_record()
    {
        var answer = await App.ReadAsync("/v1/forums/PACT/reconciliation?on=2001-01-01&standing=member");

        Assert.That(answer["declared"], Is.Null);
        Assert.That((int?)answer["computed"], Is.EqualTo(2));
        await (await App.GetAsync("/v1/forums/NOPE/reconciliation")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Another_standing_is_counted_for_itself()
    {
        var answer = await App.ReadAsync("/v1/forums/PACT/reconciliation?standing=observer");

        Assert.That(((int?)answer["computed"], (int?)answer["difference"]), Is.EqualTo((1, 0)));
    }

    private static object Count(string on, int count) =>
        new
        {
            on,
            standing = "member",
            count,
        };

    private static IEnumerable<string> Reasons(JsonNode answer) =>
        answer["members"]!.AsArray().Select(row => $"{row!["member"]!["code"]} {row["reason"]}");
}
