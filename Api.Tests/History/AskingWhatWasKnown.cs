using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.History;

/// <summary>
/// Whatever was answered once is answered again when the registry is asked as of that instant: records, lists and what
/// is worked out from many records.
/// </summary>
public sealed class AskingWhatWasKnown(Engine engine) : RegistryTest(engine)
{
    private const int Rounds = 45;

    private static readonly string[] Standings = ["observer", "member", "applicant", "partner"];

    private static readonly string[] Reads =
    [
        "/v1/states",
        "/v1/states/AAA",
        "/v1/states/AAB/memberships?on=2010-06-30",
        "/v1/forums",
        "/v1/forums/PACT",
        "/v1/forums/PACT/members?on=2010-06-30",
        "/v1/forums/PACT/members?on=2015-01-01&standing=member&sort=-since",
        "/v1/forums/PACT/memberships?count=true",
        "/v1/forums/PACT/timeline",
        "/v1/forums/PACT/chairmanships?on=2012-01-01",
        "/v1/forums/PACT/chairmanships/review",
        "/v1/forums/PACT/bodies",
        "/v1/memberships?standing=member&on=2012-01-01",
        "/v1/memberships/pact.aac",
        "/v1/ministers",
        "/v1/ministers/minister-1/timeline",
        "/v1/posts",
        "/v1/appointments",
        "/v1/holders?on=2012-06-01",
        "/v1/meetings",
        "/v1/meetings/council-1/delegations",
        "/v1/meetings/council-1/chair",
        "/v1/documents?status=adopted",
        "/v1/outcomes",
        "/v1/follow-ups?on=2015-01-01",
    ];

    [Test]
    public async Task Whatever_was_answered_is_answered_again()
    {
        var random = new Random(20260630);
        var heard = new List<(string Instant, string Path, string Answer)>();
        await SettleAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await ChangeAsync(random);
            var instant = await LastInstantAsync();
            foreach (var path in Reads)
            {
                heard.Add((instant, path, await HearAsync(path)));
            }
        }

        var differences = new List<string>();
        foreach (var (instant, path, answer) in heard)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var again = await HearAsync($"{path}{separator}knownAt={instant}");
            if (again != answer)
            {
                differences.Add($"{path} at {instant}:\n{answer}\n{again}");
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(heard, Has.Count.AtLeast(1000));
            Assert.That(heard.Select(one => one.Answer).Distinct().Count(), Is.GreaterThan(Rounds));
            Assert.That(differences, Is.Empty, string.Join('\n', differences.Take(3)));
        }
    }

    [Test]
    public async Task A_record_that_was_deleted_since_stands_where_it_stood()
    {
        await App.EstablishStateAsync("KAZ");
        var stood = await LastInstantAsync();
        await App.DeleteAsync("/v1/states/KAZ");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await App.GetAsync("/v1/states/KAZ")).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That((string?)(await App.ReadAsync($"/v1/states/KAZ?knownAt={stood}"))["code"], Is.EqualTo("KAZ"));
            Assert.That(
                (await App.ReadAsync($"/v1/states?knownAt={stood}")).Each(state => state["code"]),
                Is.EqualTo(new[] { "KAZ" })
            );
            Assert.That(
                (await App.GetAsync($"/v1/states/KAZ?knownAt={await LastInstantAsync()}")).StatusCode,
                Is.EqualTo(HttpStatusCode.Gone)
            );
        }
    }

    [Test]
    public async Task Before_anything_was_recorded_there_is_nothing()
    {
        await App.EstablishStateAsync("KAZ");

        var states = await App.ReadAsync("/v1/states?knownAt=2001-01-01T00:00:00Z&count=true");

        Assert.That((int?)states["total"], Is.Zero);
        await (await App.GetAsync("/v1/states/KAZ?knownAt=2001-01-01T00:00:00Z")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [TestCase("2999-01-01T00:00:00Z")]
    [TestCase("2026-02-30T00:00:00Z")]
    [TestCase("2026-05-31")]
    [TestCase("2026-05-31T12:00:00")]
    [TestCase("2026-05-31 12:00:00Z")]
    [TestCase("now")]
    [TestCase("")]
    public async Task What_is_no_instant_or_lies_in_the_future_is_named(string instant) =>
        Assert.That(
            await (await App.GetAsync($"/v1/states?knownAt={instant}")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "knownAt" })
        );

    [TestCase("2026-06-30T17:00:00%2B05:00")]
    [TestCase("2026-06-30t12:00:00z")]
    [TestCase("2026-06-30T12:00:00.0000001Z")]
    public async Task An_instant_may_have_an_offset_and_a_fraction(string instant) =>
        await App.ReadAsync($"/v1/states?knownAt={instant}");

    private async Task SettleAsync()
    {
        foreach (var code in new[] { "AAA", "AAB", "AAC", "AAD" })
        {
            await App.EstablishStateAsync(code);
        }

        await App.EstablishForumAsync("PACT", founded: "1990");
        await App.EstablishForumAsync("LEAGUE", founded: "1980");
    }

    /// <summary>Any change, good or refused: what matters is that the answers before it can be had again.</summary>
    private async Task ChangeAsync(Random random)
    {
        var state = $"AA{(char)('A' + random.Next(4))}";
        var number = random.Next(1, 4);
        var year = $"{random.Next(1995, 2020)}";
        var membership = $"/v1/memberships/pact.{state.ToLowerInvariant()}";
        var text = new[] { new { language = "en", text = $"Text {random.Next()}" } };
        using var answer = await (
            random.Next(18) switch
            {
                0 or 1 => App.AdmitAsync("PACT", state, from: year, standing: Standings[random.Next(4)]),
                2 => App.StepAsync($"pact.{state.ToLowerInvariant()}", new { step = "suspend", from = year }),
                3 => App.StepAsync(
                    $"pact.{state.ToLowerInvariant()}",
                    new
                    {
                        step = "accede",
                        standing = Standings[random.Next(4)],
                        from = year,
                    }
                ),
                4 => App.PutAsync(
                    membership,
                    new { standings = new[] { new { standing = Standings[random.Next(4)], from = year } } },
                    "*"
                ),
                5 => App.DeleteAsync(membership),
                6 => App.PatchAsync($"/v1/states/{state}", new { subregion = $"Region {random.Next(9)}" }),
                7 => App.PatchAsync("/v1/forums/PACT", new { founded = $"{random.Next(1985, 1995)}" }),
                8 => App.PostAsync(
                    "/v1/forums/PACT/bodies",
                    new
                    {
                        code = $"body-{number}",
                        kind = "council",
                        names = RegistryApp.NamesOf($"Body {number}"),
                    }
                ),
                9 => App.PutAsync(
                    $"/v1/ministers/minister-{number}",
                    new { names = new[] { new { language = "en", text = $"Minister {random.Next()}" } } },
                    random.Next(2) == 0 ? "*" : null
                ),
                10 => App.PutAsync(
                    $"/v1/posts/post-{number}",
                    new
                    {
                        kind = "foreign-minister",
                        of = new { kind = "state", code = state },
                        titles = text,
                    },
                    random.Next(2) == 0 ? "*" : null
                ),
                11 => App.PostAsync(
                    $"/v1/ministers/minister-{number}/appointments",
                    new { post = $"post-{random.Next(1, 4)}", from = year }
                ),
                12 => App.PostAsync(
                    "/v1/forums/PACT/chairmanships",
                    new
                    {
                        chair = new { kind = "state", code = state },
                        from = year,
                        until = random.Next(2) == 0 ? "2021" : null,
                    }
                ),
                13 or 14 => App.PutAsync(
                    $"/v1/meetings/council-{number}",
                    new
                    {
                        titles = text,
                        forum = "PACT",
                        kind = "ministerial",
                        status = "held",
                        starts = "2012-03",
                    },
                    random.Next(2) == 0 ? "*" : null
                ),
                15 => App.PostAsync(
                    "/v1/documents",
                    new
                    {
                        titles = text,
                        kind = "decision",
                        forum = "PACT",
                        steps = new[] { new { status = "adopted", on = year } },
                    }
                ),
                16 => App.PostAsync(
                    $"/v1/meetings/council-{number}/outcomes",
                    new
                    {
                        verb = "agreed",
                        texts = text,
                        followUp = new { what = text, due = "2014" },
                    }
                ),
                _ => App.DeleteAsync($"/v1/ministers/minister-{number}"),
            }
        );
        Assert.That((int)answer.StatusCode, Is.LessThan(500), await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> LastInstantAsync()
    {
        var last = (await App.QueryAsync<DateTimeOffset>("SELECT Instant FROM ChangeCounter WHERE Id = 1")).Single();
        return last.UtcDateTime.ToString(
            "yyyy-MM-ddTHH:mm:ss.ffffffZ",
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    /// <summary>The status and the body, without what is said of the request itself.</summary>
    private async Task<string> HearAsync(string path)
    {
        using var answer = await App.GetAsync(path);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("next");
        body.Remove("traceId");
        return $"{(int)answer.StatusCode} {body.ToJsonString()}";
    }
}
