using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>One way to write, with a body that the records of <see cref="SettleAsync"/> allow; null where there is none.</summary>
public sealed record WritingOperation(string Name, HttpMethod Method, string Path, string? Body)
{
    private const string Sources = """
        [{ "citation": "Gazette 7 of 1992", "url": "https://example.org/7", "confidence": "high" }]
        """;

    private static readonly WritingOperation[] All =
    [
        new("create a forum", HttpMethod.Post, "/v1/forums", Forum("FRESH")),
        new("put a new forum", HttpMethod.Put, "/v1/forums/FRESH", Forum("FRESH")),
        new("replace a forum", HttpMethod.Put, "/v1/forums/PACT", Forum("PACT")),
        new("correct a forum", HttpMethod.Patch, "/v1/forums/PACT", Forum("PACT")),
        new("delete a forum", HttpMethod.Delete, "/v1/forums/LEAGUE", null),
        new("create a body", HttpMethod.Post, "/v1/forums/PACT/bodies", Organ("fresh")),
        new("put a new body", HttpMethod.Put, "/v1/forums/PACT/bodies/fresh", Organ("fresh")),
        new("replace a body", HttpMethod.Put, "/v1/forums/PACT/bodies/staff", Organ("staff")),
        new("correct a body", HttpMethod.Patch, "/v1/forums/PACT/bodies/staff", Organ("staff")),
        new("delete a body", HttpMethod.Delete, "/v1/forums/PACT/bodies/staff", null),
        new("create a state", HttpMethod.Post, "/v1/states", State("NPL")),
        new("put a new state", HttpMethod.Put, "/v1/states/NPL", State("NPL")),
        new("replace a state", HttpMethod.Put, "/v1/states/KAZ", State("KAZ")),
        new("correct a state", HttpMethod.Patch, "/v1/states/KAZ", State("KAZ")),
        new("delete a state", HttpMethod.Delete, "/v1/states/PER", null),
        new(
            "admit a member",
            HttpMethod.Post,
            "/v1/forums/PACT/memberships",
            $$"""
            {
              "member": { "kind": "state", "code": "PER" }, "standing": "member", "from": "1995", "until": "1999-05",
              "ended": true, "basis": "Decision 1", "ending": "withdrew", "endingBasis": "Note 2", "sources": {{Sources}}
            }
            """
        ),
        new(
            "accede",
            HttpMethod.Post,
            "/v1/memberships/pact.kaz/standings",
            $$"""{ "step": "accede", "standing": "member", "from": "2005-01-01", "basis": "Decision 3", "sources": {{Sources}} }"""
        ),
        new(
            "withdraw",
            HttpMethod.Post,
            "/v1/memberships/pact.kaz/standings",
            $$"""{ "step": "withdraw", "until": "2006-10", "ended": true, "ending": "not-renewed", "basis": "Note 4", "sources": {{Sources}} }"""
        ),
        new("put a new membership", HttpMethod.Put, "/v1/memberships/pact.per", Standings()),
        new("replace a membership", HttpMethod.Put, "/v1/memberships/pact.kaz", Standings()),
        new("correct a membership", HttpMethod.Patch, "/v1/memberships/pact.kaz", Standings()),
        new("delete a membership", HttpMethod.Delete, "/v1/memberships/pact.kaz", null),
    ];

    public static IEnumerable<WritingOperation> Every => All;

    public static IEnumerable<WritingOperation> WithBody => All.Where(operation => operation.Body is not null);

    /// <summary>Those whose body may tell both ends of a period.</summary>
    public static IEnumerable<WritingOperation> WithPeriods =>
        WithBody.Where(operation => operation.Name is not ("accede" or "withdraw"));

    public bool IsPatch => Method == HttpMethod.Patch;

    public string MediaType => IsPatch ? "application/merge-patch+json" : "application/json";

    /// <summary>The same address where nothing was ever put; null for collections, which are always there.</summary>
    public string? PathToNothing =>
        Path switch
        {
            "/v1/forums" or "/v1/states" => null,
            "/v1/forums/PACT/bodies" => "/v1/forums/NOWHERE/bodies",
            "/v1/forums/PACT/memberships" => "/v1/forums/NOWHERE/memberships",
            "/v1/memberships/pact.kaz/standings" => "/v1/memberships/pact.zzz/standings",
            _ => Path[..(Path.LastIndexOf('/') + 1)]
                + (Path.Contains("/memberships/", StringComparison.Ordinal) ? "pact.zzz" : "zzz"),
        };

    public JsonObject Valid() => JsonNode.Parse(Body!)!.AsObject();

    /// <summary>The request with any bytes as its body, ready to change any record there is.</summary>
    public HttpRequestMessage With(byte[]? body, string? mediaType = null)
    {
        var request = new HttpRequestMessage(Method, Path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType ?? MediaType);
        }

        if (Method != HttpMethod.Post && !Name.StartsWith("put a new", StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        return request;
    }

    public override string ToString() => Name;

    /// <summary>Puts on file what the operations change and refer to.</summary>
    public static async Task SettleAsync(RegistryApp app)
    {
        await app.EstablishStateAsync("SUN");
        await app.EstablishStateAsync("KAZ");
        await app.EstablishStateAsync("PER");
        await app.EstablishForumAsync("LEAGUE");
        await app.EstablishForumAsync("OLD");
        await app.EstablishForumAsync("PACT");
        foreach (var code in new[] { "council", "staff" })
        {
            var names = RegistryApp.NamesOf(code);
            await (
                await app.PostAsync(
                    "/v1/forums/PACT/bodies",
                    new
                    {
                        code,
                        kind = "council",
                        names,
                        founded = "1990",
                    }
                )
            ).CreatedAsync();
        }

        await (await app.AdmitAsync("PACT", "KAZ", from: "2000", standing: "observer")).CreatedAsync();
    }

    private static string Forum(string code) =>
        $$"""
            {
              "code": "{{code}}", {{Names}}, "founded": "1990", "dissolved": "2020-12-31", "ended": true,
              "seat": { "city": "Almaty", "country": "KAZ" },
              "stages": [
                { "nature": "dialogue", "instrument": "Minutes", "from": "1990", "until": "1999", "ended": true },
                { "nature": "treaty", "from": "2000" }
              ],
              "identifiers": [{ "scheme": "wikidata", "value": "Q7184", "preferred": true }],
              "predecessors": ["OLD"], "sources": {{Sources}}
            }
            """;

    private static string Organ(string code) =>
        $$"""
            {
              "code": "{{code}}", {{Names}}, "kind": "working-group", "parent": "council", "founded": "1990-02",
              "dissolved": "2020", "ended": true, "seat": { "city": "Almaty", "country": "KAZ" }, "sources": {{Sources}}
            }
            """;

    private static string State(string code) =>
        $$"""
            {
              "code": "{{code}}", {{Names}}, "existence": { "from": "1990", "until": "2020-12-31", "ended": true },
              "region": "asia", "subregion": "Central Asia", "alpha2": "KZ", "m49": "398",
              "identifiers": [{ "scheme": "wikidata", "value": "Q232", "preferred": true }],
              "predecessors": ["SUN"], "sources": {{Sources}}
            }
            """;

    private static string Standings() =>
        $$"""
            {
              "standings": [
                { "standing": "observer", "from": "2000", "until": "2004-12-31", "ended": true, "basis": "Decision 1" },
                {
                  "standing": "member", "from": "2005-01-01", "until": "2010-06", "ended": true, "basis": "Decision 2",
                  "ending": "expelled", "endingBasis": "Decision 5", "sources": {{Sources}}
                }
              ]
            }
            """;

    private const string Names = """
        "names": [
          { "kind": "official", "language": "en", "text": "First", "from": "1990", "until": "1999-12-31", "ended": true },
          { "kind": "official", "language": "en", "text": "Second", "from": "2000-01-01" }
        ]
        """;
}
