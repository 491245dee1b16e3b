using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Api.Features.Forums;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Tests.Http;

public sealed class BadQueries(Engine engine) : SharedTest(engine)
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

    private static readonly string[] Days =
    [
        "2022-02-30",
        "0000",
        "0000-01-01",
        "202",
        "2022-9",
        "2022-13",
        "2022-00",
        "2022-09-31",
        "2022-1-1",
        "22-01-01",
        "2022-01-01T00:00:00Z",
        "tomorrow",
        "",
        "2022-01-01&{0}=2022-01-01",
    ];

    private static readonly string[] WithStanding =
    [
        "standing=king",
        "standing=Member",
        "standing=4",
        "standing=member,king",
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

    private static readonly string[] WithActing = ["acting=maybe", "acting=1", "acting=True", "acting="];

    private static readonly string[] WithPost =
    [
        "kind=king",
        "kind=ForeignMinister",
        "kind=0",
        "kind=",
        "kind=ambassador&kind=ambassador",
        "state=",
        "state=A%00B",
        "forum=%09",
    ];

    private static readonly BadList[] Lists =
    [
        new(
            "/v1/forums",
            "code",
            [
                .. WithIdentifier,
                "nature=club",
                "nature=",
                "seatCountry=kaz",
                "seatCountry=KA",
                "seatCountry=' OR 1=1 --",
            ]
        ),
        new("/v1/forums/PACT/bodies", "code", ["kind=king", "kind=workinggroup", "kind=0"]),
        new("/v1/forums/PACT/members", "member", [.. WithStanding]),
        new("/v1/forums/PACT/memberships", "id", [.. WithStanding, "memberKind=planet"]),
        new("/v1/memberships", "id", [.. WithStanding, "memberKind=planet", "member=", "forum=%09"]),
        new("/v1/states", "code", [.. WithIdentifier, "region=atlantis", "code=", "code=A%00B"]),
        new("/v1/states/KAZ/memberships", "forum", [.. WithStanding]),
        new("/v1/ministers", "id", [.. WithIdentifier, .. WithPost, "post="]) { DayParameters = [] },
        new("/v1/ministers/ada/appointments", "id", [.. WithActing, "post="]),
        new("/v1/ministers/ada/timeline", "date", []) { DayParameters = ["from", "until"] },
        new("/v1/posts", "id", [.. WithPost, "accreditedTo=", "body="]),
        new("/v1/posts/kaz.deputy/holders", "since", [.. WithActing]),
        new("/v1/appointments", "id", [.. WithActing, "minister=", "post="]),
        new("/v1/holders", "post", [.. WithActing, .. WithPost, "minister=", "body="]),
        new("/v1/forums/PACT/chairmanships", "since", ["body=", "body=Staff", "body=PACT/staff"]),
        new("/v1/forums/PACT/chairmanships/review", "body", []) { DayParameters = [] },
        new("/v1/forums/PACT/timeline", "date", []) { DayParameters = ["from", "until"] },
        new("/v1/chairmanships", "id", ["chairKind=planet", "chairKind=body", "chair=", "forum=", "body="]),
    ];

    private static readonly TextFilter[] Filters =
    [
        new("/v1/forums", "identifier", "wikidata:{0}", "Q1"),
        new("/v1/states", "identifier", "wikidata:{0}", "Q1"),
        new("/v1/states", "code", "{0}", "KAZ"),
        new("/v1/memberships", "member", "{0}", "KAZ"),
        new("/v1/memberships", "forum", "{0}", "PACT"),
        new("/v1/forums/PACT/memberships", "member", "{0}", "KAZ"),
        new("/v1/ministers", "identifier", "wikidata:{0}", "Q1"),
        new("/v1/ministers", "post", "{0}", "kaz.deputy"),
        new("/v1/ministers", "state", "{0}", "KAZ"),
        new("/v1/ministers", "forum", "{0}", "PACT"),
        new("/v1/ministers/ada/appointments", "post", "{0}", "kaz.deputy"),
        new("/v1/posts", "state", "{0}", "KAZ"),
        new("/v1/posts", "forum", "{0}", "PACT"),
        new("/v1/posts", "body", "{0}", "PACT/staff"),
        new("/v1/posts", "accreditedTo", "{0}", "PACT"),
        new("/v1/appointments", "minister", "{0}", "ada"),
        new("/v1/appointments", "post", "{0}", "kaz.deputy"),
        new("/v1/holders", "state", "{0}", "KAZ"),
        new("/v1/holders", "forum", "{0}", "PACT"),
        new("/v1/holders", "body", "{0}", "PACT/staff"),
        new("/v1/holders", "minister", "{0}", "ada"),
        new("/v1/chairmanships", "forum", "{0}", "PACT"),
        new("/v1/chairmanships", "body", "{0}", "PACT/staff"),
        new("/v1/chairmanships", "chair", "{0}", "KAZ"),
    ];

    [OneTimeSetUp]
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

        await App.EstablishBodyAsync("PACT", "council");
        await App.EstablishBodyAsync("PACT", "staff");
        await App.EstablishPostAsync("kaz.deputy", singleHolder: false);
        await App.EstablishPostAsync("pact.deputy", of: "PACT/staff", singleHolder: false);
        await (
            await App.PostAsync(
                "/v1/posts",
                new
                {
                    id = "kaz.representative",
                    kind = "permanent-representative",
                    of = new { kind = "state", code = "KAZ" },
                    accreditedTo = "PACT",
                    titles = RegistryApp.TextsOf("Representative"),
                }
            )
        ).CreatedAsync();
        foreach (var id in new[] { "ada", "bea" })
        {
            await (
                await App.PostAsync(
                    "/v1/ministers",
                    new
                    {
                        id,
                        names = RegistryApp.TextsOf(id),
                        identifiers = new[] { new { scheme = "wikidata", value = "Q1" } },
                    }
                )
            ).CreatedAsync();
            await (await App.AppointAsync(id, "kaz.deputy", from: "2000")).CreatedAsync();
            await (await App.AppointAsync(id, "pact.deputy", from: "2000")).CreatedAsync();
        }

        // Two who chair at once are something for the review.
        foreach (var body in new[] { null, "staff" })
        {
            await (await App.ChairAsync("PACT", "KAZ", from: "2000", body: body)).CreatedAsync();
            await (await App.ChairAsync("PACT", "PER", from: "2000", body: body)).CreatedAsync();
        }
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_parameter_at_fault_is_named(BadList list)
    {
        var failures = new List<string>();
        foreach (
            var query in Shared
                .Select(one => string.Format(null, one, list.Sort))
                .Concat(list.Queries)
                .Concat(list.BadDays)
        )
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
        var days = string.Concat(list.DayParameters.Select(name => $"&{name}=0000"));

        using var answer = await App.GetAsync($"{list.Path}?limit=0&sort=x&count=2&nonsense=1&cursor={days}");

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EquivalentTo(new[] { "limit", "sort", "count", "nonsense", "cursor" }.Concat(list.DayParameters))
        );
    }

    [TestCaseSource(nameof(Lists))]
    public async Task Parameters_as_they_are_meant_are_understood(BadList list)
    {
        foreach (var sort in new[] { list.Sort, $"-{list.Sort}" })
        {
            var page = await App.ReadAsync($"{list.Path}?limit=200&sort={sort}&count=true{list.Day}");

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
        ];
        if (list.Day.Length > 0)
        {
            strangers.Add(await CursorAsync($"{list.Path}?limit=1{list.Day}"));
        }

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
        using var answer = await App.GetAsync(
            $"/v1/forums?limit=1&cursor={Forged(payload, new ListForums { Sort = "code" })}"
        );

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid-cursor");
    }

    [TestCase("[\"\",\"B\"]")]
    [TestCase("[\"\",\"-1\"]")]
    [TestCase("[\"\",\"\"]")]
    [TestCase("[\"\",\"99999999999\"]")]
    public async Task A_forged_cursor_of_a_list_in_memory_is_a_place_like_any_other(string payload)
    {
        var cursor = Forged(payload, new ReviewChairmanships { Forum = "PACT", Sort = "body" });

        await App.ReadAsync($"/v1/forums/PACT/chairmanships/review?limit=1&cursor={cursor}");
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_parameter_of_7_KB_is_named(BadList list)
    {
        var failures = new List<string>();
        foreach (var name in new[] { "limit", "sort", "count", "cursor", "nonsense" }.Concat(list.DayParameters))
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
    public async Task A_filter_takes_its_text_as_it_is_or_refuses_it(TextFilter filter)
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
                "x' UNION SELECT Hash FROM ApiKey --",
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
            using var answer = await App.GetAsync(filter.Query(text));
            var isRefused = answer.StatusCode == HttpStatusCode.BadRequest;
            if (
                isRefused
                    ? !(await FieldsAsync(answer)).SequenceEqual([filter.Name])
                    : await CountAsync(filter, text) != 0
            )
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
    [TestCase("/v1/ministers/ada")]
    [TestCase("/v1/posts/kaz.deputy")]
    [TestCase("/v1/appointments/kaz.deputy.ada")]
    [TestCase("/v1/chairmanships/pact.kaz.2000")]
    public async Task A_record_takes_no_parameters(string path)
    {
        using var answer = await App.GetAsync($"{path}?on=2022-01-01");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "on" }));
    }

    private static string Forged<T>(string payload, T query)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var list = $"{typeof(T).Name}{JsonSerializer.Serialize(query, RegistryJson.Options)}";
        var checksum = SHA256.HashData([.. bytes, .. Encoding.UTF8.GetBytes(list)])[..8];
        return WebEncoders.Base64UrlEncode([.. checksum, .. bytes]);
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
        /// <summary>The parameters that take a day.</summary>
        public string[] DayParameters { get; init; } = ["on"];

        /// <summary>A good day for the last of them, to go on with.</summary>
        public string Day => DayParameters.Length == 0 ? "" : $"&{DayParameters[^1]}=2022-01-01";

        public IEnumerable<string> BadDays =>
            DayParameters.SelectMany(name => Days.Select(day => $"{name}={string.Format(null, day, name)}"));

        public override string ToString() => Path;
    }

    /// <summary>A parameter that takes any text, and a text that finds something.</summary>
    public sealed record TextFilter(string Path, string Name, string Format, string Known)
    {
        public string Query(string text) => $"{Path}?{Name}={Uri.EscapeDataString(string.Format(null, Format, text))}";

        public override string ToString() => $"{Path}?{Name}";
    }
}
