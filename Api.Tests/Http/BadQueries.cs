using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Api.Features.Forums;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

public sealed class BadQueries(Engine engine) : RegistryTest(engine)
{
    private static readonly string[] Shared =
    [
        "nonsense=1",
        "Limit=1",
        "nonsense",
        "limit=1&limit=1",
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=abc",
        "limit=1e3",
        "limit=1.0",
        "limit=0x10",
        "limit=%2B5",
        "limit=99999999999999999999",
        "limit=",
        "limit=%20",
        "limit=%00",
        "sort=nonsense",
        "sort=-",
        "sort=--{0}",
        "sort={0}-",
        "sort={0}%20DESC",
        "sort={0},{0}",
        "sort=Record",
        "sort=1",
        "sort=",
        "sort=-{0}&sort={0}",
        "count=maybe",
        "count=1",
        "count=True",
        "count=",
        "count=true&count=true",
    ];

    private static readonly string[] OnADay =
    [
        "on=2022-02-30",
        "on=0000",
        "on=0000-01-01",
        "on=2022",
        "on=2022-1-1",
        "on=22-01-01",
        "on=2022-01-01T00:00:00Z",
        "on=tomorrow",
        "on=",
        "on=2022-01-01&on=2022-01-01",
    ];

    private static readonly string[] WithStanding =
    [
        "standing=king",
        "standing=Member",
        "standing=4",
        "standing=member,observer",
        "standing=",
        "standing=member&standing=observer",
    ];

    private static readonly string[] WithIdentifier =
    [
        "identifier=Q7184",
        "identifier=wikidata",
        "identifier=wikidata:",
        "identifier=:Q7184",
        "identifier=WIKIDATA:Q7184",
        "identifier=a b:c",
        "identifier=",
        "identifier=wikidata:Q1&identifier=wikidata:Q2",
    ];

    private static readonly BadList[] Lists =
    [
        new(
            "/v1/forums",
            "code",
            [
                .. OnADay,
                .. WithIdentifier,
                "nature=club",
                "nature=",
                "seatCountry=kaz",
                "seatCountry=KA",
                "seatCountry=' OR 1=1 --",
            ]
        ),
        new("/v1/forums/PACT/bodies", "code", [.. OnADay, "kind=king", "kind=workinggroup", "kind=0"]),
        new("/v1/forums/PACT/members", "member", [.. OnADay, .. WithStanding]),
        new("/v1/forums/PACT/memberships", "id", [.. OnADay, .. WithStanding, "memberKind=planet"]),
        new("/v1/memberships", "id", [.. OnADay, .. WithStanding, "memberKind=planet", "member=", "forum=%09"]),
        new("/v1/states", "code", [.. OnADay, .. WithIdentifier, "region=atlantis", "code=", "code=A%00B"]),
        new("/v1/states/KAZ/memberships", "forum", [.. OnADay, .. WithStanding]),
    ];

    private static readonly TextFilter[] Filters =
    [
        new("/v1/forums", "identifier", "wikidata:{0}", "Q1"),
        new("/v1/states", "identifier", "wikidata:{0}", "Q1"),
        new("/v1/states", "code", "{0}", "KAZ"),
        new("/v1/memberships", "member", "{0}", "KAZ"),
        new("/v1/memberships", "forum", "{0}", "PACT"),
        new("/v1/forums/PACT/memberships", "member", "{0}", "KAZ"),
    ];

    [SetUp]
    public async Task Two_of_every_kind()
    {
        foreach (var code in new[] { "KAZ", "PER" })
        {
            await (
                await App.PostAsync(
                    "/v1/states",
                    new
                    {
                        code,
                        names = RegistryApp.NamesOf(code, "short"),
                        identifiers = new[] { new { scheme = "wikidata", value = "Q1" } },
                    }
                )
            ).CreatedAsync();
        }

        foreach (var code in new[] { "PACT", "LEAGUE" })
        {
            await (
                await App.PostAsync(
                    "/v1/forums",
                    new
                    {
                        code,
                        names = RegistryApp.NamesOf(code),
                        identifiers = new[] { new { scheme = "wikidata", value = "Q1" } },
                    }
                )
            ).CreatedAsync();
            await (await App.AdmitAsync(code, "KAZ", from: "2000")).CreatedAsync();
            await (await App.AdmitAsync(code, "PER", from: "2000")).CreatedAsync();
        }

        foreach (var code in new[] { "council", "staff" })
        {
            var names = RegistryApp.NamesOf(code);
            await (
                await App.PostAsync(
                    "/v1/forums/PACT/bodies",
                    new
                    {
                        code,
                        kind = "council",
                        names,
                    }
                )
            ).CreatedAsync();
        }
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_parameter_at_fault_is_named(BadList list)
    {
        var failures = new List<string>();
        foreach (var query in Shared.Select(one => string.Format(null, one, list.Sort)).Concat(list.Queries))
        {
            using var answer = await App.GetAsync($"{list.Path}?{query}");
            var fields = await FieldsAsync(answer);
            if (answer.StatusCode != HttpStatusCode.BadRequest || !fields.SequenceEqual([query.Split('=', '&')[0]]))
            {
                failures.Add($"{query}: {(int)answer.StatusCode} {string.Join(", ", fields)}");
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [TestCaseSource(nameof(Lists))]
    public async Task All_parameters_at_fault_are_named_at_once(BadList list)
    {
        using var answer = await App.GetAsync($"{list.Path}?limit=0&sort=x&count=2&on=0000&nonsense=1&cursor=");

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EquivalentTo(new[] { "limit", "sort", "count", "on", "nonsense", "cursor" })
        );
    }

    [TestCaseSource(nameof(Lists))]
    public async Task Parameters_as_they_are_meant_are_understood(BadList list)
    {
        foreach (var sort in new[] { list.Sort, $"-{list.Sort}" })
        {
            var page = await App.ReadAsync($"{list.Path}?limit=200&sort={sort}&count=true&on=2022-01-01");

            Assert.That(page["items"]!.AsArray(), Has.Count.EqualTo((int)page["total"]!).And.Count.AtLeast(2));
        }
    }

    [TestCaseSource(nameof(Lists))]
    public async Task Only_a_cursor_of_the_list_itself_is_taken(BadList list)
    {
        var own = await CursorAsync($"{list.Path}?limit=1");
        var others = Lists.Where(other => other.Path != list.Path).Select(other => $"{other.Path}?limit=1");
        var tampered = own[0] == 'A' ? 'B' + own[1..] : 'A' + own[1..];
        List<string> strangers =
        [
            "garbage",
            "%25%25%25",
            "AAAA",
            "AAAAAAAAAAAAAAAA",
            "null",
            "é",
            tampered,
            own[..^1],
            own[..12],
            own + own,
            await CursorAsync($"{list.Path}?limit=1&sort=-{list.Sort}"),
            await CursorAsync($"{list.Path}?limit=1&on=2022-01-01"),
        ];
        foreach (var other in others)
        {
            strangers.Add(await CursorAsync(other));
        }

        var failures = new List<string>();
        foreach (var stranger in strangers)
        {
            using var answer = await App.GetAsync($"{list.Path}?limit=1&cursor={stranger}");
            var problem = await answer.JsonAsync();
            if ((string?)problem["type"] != "/problems/invalid-cursor" || !IsProblem(answer, HttpStatusCode.BadRequest))
            {
                failures.Add($"{stranger}: {(int)answer.StatusCode} {problem}");
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        var second = await App.ReadAsync($"{list.Path}?limit=7&count=true&cursor={own}");
        Assert.That(second["items"]!.AsArray(), Is.Not.Empty);
    }

    // The checksum is no secret: whoever reads the source can make one that fits.
    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("[\"A\"]")]
    [TestCase("[null,null]")]
    [TestCase("[1,2]")]
    [TestCase("{}")]
    [TestCase("[\"A\",\"B\"")]
    [TestCase("[\"\\ud800\",\"B\"]")]
    public async Task A_forged_cursor_is_refused(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var list = $"{nameof(ListForums)}{JsonSerializer.Serialize(new ListForums())}";
        var checksum = SHA256.HashData([.. bytes, .. Encoding.UTF8.GetBytes(list)])[..8];

        using var answer = await App.GetAsync(
            $"/v1/forums?limit=1&cursor={WebEncoders.Base64UrlEncode([.. checksum, .. bytes])}"
        );

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [TestCase("x")]
    [TestCase("Ж")]
    [TestCase("政")]
    [TestCase("\"")]
    public async Task The_next_page_of_the_longest_names_can_be_followed(string letter)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 300));
        foreach (var code in new[] { "ONE", "TWO" })
        {
            var names = RegistryApp.NamesOf(name);
            await (await App.PostAsync("/v1/forums", new { code, names })).CreatedAsync();
        }

        var seen = new List<string?>();
        for (var next = "/v1/forums?sort=name&limit=1"; next is not null; )
        {
            var page = await App.ReadAsync(next);
            seen.AddRange(page.Each(forum => forum["code"]));
            next = (string?)page["next"];
        }

        Assert.That(seen, Is.EquivalentTo(new[] { "LEAGUE", "ONE", "PACT", "TWO" }));
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_parameter_of_7_KB_is_named(BadList list)
    {
        var failures = new List<string>();
        foreach (var name in new[] { "limit", "sort", "count", "cursor", "on", "nonsense" })
        {
            using var answer = await App.GetAsync($"{list.Path}?{name}={new string('7', 7 * 1024)}");
            var fields = await FieldsAsync(answer);
            if (answer.StatusCode != HttpStatusCode.BadRequest || !fields.SequenceEqual([name]))
            {
                failures.Add($"{name}: {(int)answer.StatusCode} {string.Join(", ", fields)}");
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [TestCaseSource(nameof(Filters))]
    public async Task A_filter_takes_its_text_as_it_is(TextFilter filter)
    {
        var found = await CountAsync(filter, filter.Known);
        Assert.That(found, Is.Positive);

        var failures = new List<string>();
        foreach (
            var text in new[]
            {
                "%",
                "_",
                filter.Known[..^1] + "%",
                filter.Known[..^1] + "_",
                "[A-Z]",
                "*",
                "?",
                "'",
                "\"",
                "''",
                "\\",
                "' OR '1'='1",
                "' OR 1=1 --",
                "'; DROP TABLE Forum; --",
                "x' UNION SELECT Hash FROM AccessKey --",
                "@Forum",
                "@Take",
                "$1",
                "{0}",
                "<script>",
                "КАЗ",
                "\U0001F30D",
                "NULL",
                "../../etc/passwd",
            }
        )
        {
            if (await CountAsync(filter, text) != 0)
            {
                failures.Add(text);
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        Assert.That(await CountAsync(filter, filter.Known), Is.EqualTo(found));
    }

    [TestCaseSource(nameof(Filters))]
    public async Task A_filter_text_of_7_KB_is_named(TextFilter filter)
    {
        using var answer = await App.GetAsync(filter.Query(new string('A', 7 * 1024)));

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { filter.Name }));
    }

    [TestCase("/v1/forums/PACT")]
    [TestCase("/v1/forums/PACT/bodies/staff")]
    [TestCase("/v1/states/KAZ")]
    [TestCase("/v1/memberships/pact.kaz")]
    public async Task A_record_takes_no_parameters(string path)
    {
        using var answer = await App.GetAsync($"{path}?on=2022-01-01");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "on" }));
    }

    private static bool IsProblem(HttpResponseMessage answer, HttpStatusCode status) =>
        answer.StatusCode == status && answer.Content.Headers.ContentType?.MediaType == "application/problem+json";

    private static async Task<string[]> FieldsAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return IsProblem(answer, HttpStatusCode.BadRequest) && JsonNode.Parse(text)!["errors"] is JsonObject errors
            ? [.. errors.Select(error => error.Key)]
            : [];
    }

    private async Task<int> CountAsync(TextFilter filter, string text) =>
        (await App.ReadAsync(filter.Query(text)))["items"]!.AsArray().Count;

    private async Task<string> CursorAsync(string path)
    {
        var next = (string)(await App.ReadAsync(path))["next"]!;
        return QueryHelpers.ParseQuery(next[next.IndexOf('?', StringComparison.Ordinal)..])["cursor"].Single()!;
    }

    /// <summary>A list, one of its orders, and queries each with one parameter at fault.</summary>
    public sealed record BadList(string Path, string Sort, string[] Queries)
    {
        public override string ToString() => Path;
    }

    /// <summary>A parameter that takes any text, and a text that finds something.</summary>
    public sealed record TextFilter(string Path, string Name, string Format, string Known)
    {
        public string Query(string text) => $"{Path}?{Name}={Uri.EscapeDataString(string.Format(null, Format, text))}";

        public override string ToString() => $"{Path}?{Name}";
    }
}
