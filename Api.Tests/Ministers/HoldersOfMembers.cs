using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Ministers;

/// <summary>Who holds a post of each member of a forum: <c>holders?memberOf=</c>.</summary>
public sealed class HoldersOfMembers(Engine engine) : RegistryTest(engine)
{
    private const string List = "/v1/holders?memberOf=PACT&kind=foreign-minister";

    [SetUp]
    public async Task Four_members()
    {
        await App.EstablishForumAsync("PACT");
        foreach (var state in new[] { "KAZ", "PER", "QAT", "UZB" })
        {
            await App.EstablishStateAsync(state);
            await (await App.AdmitAsync("PACT", state, from: "2000-01-01")).CreatedAsync();
        }

        foreach (var minister in new[] { "ada", "bea", "cem" })
        {
            await App.EstablishMinisterAsync(minister);
        }

        foreach (var state in new[] { "KAZ", "PER", "QAT" })
        {
            await PostAsync(state);
        }
    }

    [Test]
    public async Task Held_vacant_and_unknown_are_three_things()
    {
        await AppointAsync("ada", "KAZ", "2010-01-01");
        await AppointAsync("bea", "PER", "2010-01-01", "2019-12-31");
        await (
            await App.PatchAsync("/v1/appointments/per.foreign-minister.bea", new { ending = "resigned" })
        ).OkAsync();

        var page = await App.ReadAsync($"{List}&on=2020-06-01&count=true");

        const string Vacant = """
            {
              "post": "per.foreign-minister", "kind": "foreign-minister", "of": { "kind": "state", "code": "PER" },
              "holding": "vacant", "lastHeld": "2019-12-31", "certain": false
            }
            """;
        const string Unknown = """
            { "kind": "foreign-minister", "of": { "kind": "state", "code": "UZB" }, "holding": "unknown", "certain": true }
            """;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)page["total"]!, Is.EqualTo(4));
            Assert.That(page.Each(row => row["of"]!["code"]), Is.EqualTo(new[] { "KAZ", "PER", "QAT", "UZB" }));
            Assert.That(page.Each(row => row["holding"]), Is.EqualTo(new[] { "held", "vacant", "unknown", "unknown" }));
            Assert.That((string?)page["items"]![0]!["minister"]!["id"], Is.EqualTo("ada"));
            Assert.That(JsonNode.DeepEquals(page["items"]![1], JsonNode.Parse(Vacant)), Is.True, page.ToString());
            Assert.That((string?)page["items"]![2]!["post"], Is.EqualTo("qat.foreign-minister"));
            Assert.That(JsonNode.DeepEquals(page["items"]![3], JsonNode.Parse(Unknown)), Is.True, page.ToString());
        }
    }

    [TestCase("2009-12-31", "unknown", true)]
    [TestCase("2015-01-01", "held", true)]
    [TestCase("2020-01-01", "vacant", true)]
    [TestCase("2020-12-31", "vacant", true)]
    [TestCase("2020", "vacant", true)]
    [TestCase("2021-01-01", "held", true)]
    [TestCase("2022-01-01", "vacant", false)]
    public async Task A_vacancy_is_certain_where_a_later_appointment_is_on_record(
        string on,
        string holding,
        bool certain
    )
    {
        await AppointAsync("ada", "KAZ", "2010-01-01", "2019-12-31");
        await AppointAsync("bea", "KAZ", "2021-01-01", "2021-12-31");

        var row = (await App.ReadAsync($"{List}&on={on}&state=KAZ"))["items"]!.AsArray().Single()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)row["holding"], Is.EqualTo(holding));
            Assert.That((bool?)row["certain"], Is.EqualTo(certain));
        }
    }

    [TestCase("replaced", "unknown")]
    [TestCase("post-abolished", "unknown")]
    [TestCase("resigned", "vacant")]
    [TestCase("dismissed", "vacant")]
    public async Task Who_was_replaced_left_the_post_to_somebody(string ending, string holding)
    {
        await AppointAsync("ada", "KAZ", "2010", "2019");
        await (await App.PatchAsync("/v1/appointments/kaz.foreign-minister.ada", new { ending })).OkAsync();

        Assert.That(await HoldingAsync("2020-06-01"), Is.EqualTo(new[] { holding }));
    }

    [Test]
    public async Task A_post_is_left_by_death_too()
    {
        await AppointAsync("ada", "KAZ", "2010");
        await (await App.PatchAsync("/v1/ministers/ada", new { died = "2019-05-01" })).OkAsync();

        var row = (await App.ReadAsync($"{List}&on=2020&state=KAZ"))["items"]!.AsArray().Single()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)row["holding"], Is.EqualTo("vacant"));
            Assert.That((string?)row["lastHeld"], Is.EqualTo("2019-05-01"));
        }
    }

    [Test]
    public async Task Who_ended_nobody_knows_when_may_still_hold_the_post()
    {
        await (await App.AppointAsync("ada", "kaz.foreign-minister", "2010", ended: true)).CreatedAsync();

        Assert.That(await HoldingAsync("2020-06-01"), Is.EqualTo(new[] { "held" }));
    }

    [Test]
    public async Task Both_are_told_where_one_followed_on_the_other_in_the_month()
    {
        await AppointAsync("ada", "KAZ", "2010", "2020-05-14");
        await AppointAsync("bea", "KAZ", "2020-05-15");

        var page = await App.ReadAsync($"{List}&on=2020-05&state=KAZ");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(row => row["minister"]!["id"]), Is.EqualTo(new[] { "ada", "bea" }));
            Assert.That(page["items"]!.AsArray().Select(row => (bool)row!["certain"]!), Is.All.False);
        }
    }

    [Test]
    public async Task Only_members_of_the_day_count()
    {
        await App.EstablishStateAsync("ZMB");
        await (await App.AdmitAsync("PACT", "ZMB", from: "2015", standing: "observer")).CreatedAsync();
        await (await App.StepAsync("pact.qat", new { step = "withdraw", until = "2018-03-01" })).CreatedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatesAsync("1999-12-31"), Is.Empty);
            Assert.That(await StatesAsync("2010-01-01"), Is.EqualTo(new[] { "KAZ", "PER", "QAT", "UZB" }));
            Assert.That(await StatesAsync("2019-01-01"), Is.EqualTo(new[] { "KAZ", "PER", "UZB" }));
        }
    }

    [Test]
    public async Task The_forms_and_pages_of_lists_are_those_of_the_neighbours()
    {
        await AppointAsync("ada", "KAZ", "2010-01-01");
        await AppointAsync("bea", "PER", "2005-01-01");

        var csv = await (
            await App.GetAsync($"{List}&format=csv&fields=of,holding,minister")
        ).Content.ReadAsStringAsync();
        var lines = await (await App.GetAsync($"{List}&format=ndjson&fields=holding")).Content.ReadAsStringAsync();
        var byName = await App.ReadAsync($"{List}&sort=-name&limit=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                csv.ReplaceLineEndings("\n"),
                Is.EqualTo(
                    """
                    of.kind,of.code,holding,minister.id,minister.name,minister.nameLanguage
                    state,KAZ,held,ada,Minister ada,
                    state,PER,held,bea,Minister bea,
                    state,QAT,unknown,,,
                    state,UZB,unknown,,,

                    """.ReplaceLineEndings("\n")
                )
            );
            Assert.That(lines.Split('\n')[0], Is.EqualTo("""{"holding":"held"}"""));
            Assert.That((string?)byName["items"]![0]!["minister"]!["id"], Is.EqualTo("bea"));
            Assert.That(
                await App.WalkAsync($"{List}&limit=1", row => row["of"]!["code"]),
                Is.EqualTo(new[] { "KAZ", "PER", "QAT", "UZB" })
            );
            Assert.That(
                await App.WalkAsync($"{List}&limit=3&sort=-since", row => row["of"]!["code"]),
                Is.EqualTo(new[] { "KAZ", "PER", "UZB", "QAT" })
            );
        }
    }

    [Test]
    public async Task It_is_told_as_it_was_known_too()
    {
        var known = await App.ReadAsync("/v1/posts/qat.foreign-minister");
        var instant = DateTimeOffset.Parse((string)known["recordedAt"]!, null).AddMilliseconds(200);
        await Task.Delay(250);
        await AppointAsync("ada", "KAZ", "2010-01-01", "2019-12-31");

        var then = $"&knownAt={instant.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await HoldingAsync("2015-01-01"), Is.EqualTo(new[] { "held" }));
            Assert.That(await HoldingAsync("2015-01-01", then), Is.EqualTo(new[] { "unknown" }));
            Assert.That(await HoldingAsync("2020-06-01"), Is.EqualTo(new[] { "vacant" }));
            Assert.That(await HoldingAsync("2020-06-01", then), Is.EqualTo(new[] { "unknown" }));
        }
    }

    [TestCase("memberOf=PACT", "kind")]
    [TestCase("memberOf=NOPE&kind=foreign-minister", "memberOf")]
    [TestCase("memberOf=!PACT&kind=foreign-minister", "memberOf")]
    [TestCase("memberOf=PACT,CICA&kind=foreign-minister", "memberOf")]
    [TestCase("memberOf=PACT&kind=foreign-minister&forum=PACT", "forum")]
    [TestCase("memberOf=PACT&kind=foreign-minister&body=PACT/staff", "body")]
    [TestCase("memberOf=PACT&kind=foreign-minister&minister=ada", "minister")]
    [TestCase("memberOf=PACT&kind=foreign-minister&acting=false", "acting")]
    public async Task What_does_not_go_with_it_is_refused(string query, string field) =>
        Assert.That(
            await (await App.GetAsync($"/v1/holders?{query}")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { field })
        );

    [Test]
    public async Task A_body_of_a_forum_has_no_post_that_only_states_have()
    {
        await App.EstablishBodyAsync("PACT", "staff");

        var refused = await App.PostAsync(
            "/v1/posts",
            new
            {
                kind = "foreign-minister",
                of = new { kind = "body", code = "PACT/staff" },
                titles = RegistryApp.TextsOf("Minister"),
            }
        );

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await refused.JsonAsync())["errors"]!["kind"], Is.Not.Null);
    }

    private Task PostAsync(string state) =>
        App.EstablishPostAsync($"{state.ToLowerInvariant()}.foreign-minister", of: state, kind: "foreign-minister");

    private async Task AppointAsync(string minister, string state, string from, string? until = null)
    {
        var post = $"{state.ToLowerInvariant()}.foreign-minister";
        await (await App.AppointAsync(minister, post, from, until, id: $"{post}.{minister}")).CreatedAsync();
    }

    private async Task<IReadOnlyList<string?>> HoldingAsync(string on, string more = "") =>
        (await App.ReadAsync($"{List}&state=KAZ&on={on}{more}")).Each(row => row["holding"]);

    private async Task<IReadOnlyList<string?>> StatesAsync(string on) =>
        (await App.ReadAsync($"{List}&on={on}")).Each(row => row["of"]!["code"]);
}

/// <summary>The same of the default catalogue.</summary>
public sealed class ForeignMinistersOfTheConference(Engine engine) : CatalogueTest(engine)
{
    [Test]
    public async Task The_foreign_ministers_of_its_members_are_one_call()
    {
        const string Day = "on=2022-09-22";
        var page = await App.ReadAsync($"/v1/holders?memberOf=CICA&kind=foreign-minister&{Day}&count=true");
        var members = await App.ReadAsync($"/v1/forums/CICA/members?{Day}&standing=member");

        var states = page.Each(row => row["of"]!["code"]);
        using (Assert.EnterMultipleScope())
        {
            // The acting minister of Uzbekistan may have stood in until the end of the month.
            Assert.That((int)page["total"]!, Is.EqualTo(28));
            Assert.That(states.Distinct(), Is.EquivalentTo(members.Each(row => row["member"]!["code"])));
            Assert.That(states.Count(state => state == "UZB"), Is.EqualTo(2));
            Assert.That(page.Each(row => row["holding"]), Is.All.EqualTo("held"));
        }
    }
}
