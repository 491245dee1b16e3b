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

    private static readonly string[] PersonNeeds = ["links[0].url"];
    private static readonly string[] PostNeeds = ["titles", "of"];
    private static readonly string[] AppointmentNeeds = ["minister", "post", "from"];
    private static readonly string[] ChairmanshipNeeds = ["forum", "chair"];

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
        new("create a minister", HttpMethod.Post, "/v1/ministers", Minister("fresh")) { Required = PersonNeeds },
        new("put a new minister", HttpMethod.Put, "/v1/ministers/fresh", Minister("fresh")) { Required = PersonNeeds },
        new("replace a minister", HttpMethod.Put, "/v1/ministers/ada", Minister("ada")) { Required = PersonNeeds },
        new("correct a minister", HttpMethod.Patch, "/v1/ministers/ada", Minister("ada")) { Required = PersonNeeds },
        new("delete a minister", HttpMethod.Delete, "/v1/ministers/bea", null),
        new("merge a minister", HttpMethod.Post, "/v1/ministers/bea/merge", """{ "into": "ada" }""")
        {
            Required = ["into"],
        },
        new("create a post", HttpMethod.Post, "/v1/posts", Post("fresh")) { Required = PostNeeds },
        new("put a new post", HttpMethod.Put, "/v1/posts/fresh", Post("fresh")) { Required = PostNeeds },
        new("replace a post", HttpMethod.Put, "/v1/posts/kaz.envoy", Post("kaz.envoy")) { Required = PostNeeds },
        new("correct a post", HttpMethod.Patch, "/v1/posts/kaz.envoy", Post("kaz.envoy")) { Required = PostNeeds },
        new("delete a post", HttpMethod.Delete, "/v1/posts/kaz.deputy", null),
        new("appoint", HttpMethod.Post, "/v1/ministers/bea/appointments", Appointment("fresh", "bea"))
        {
            Required = ["post", "from"],
        },
        new(
            "end an appointment",
            HttpMethod.Post,
            "/v1/appointments/ada-envoy/ending",
            $$"""{ "until": "2006-10", "ended": true, "ending": "resigned", "basis": "Letter 6", "sources": {{Sources}} }"""
        ),
        new("put a new appointment", HttpMethod.Put, "/v1/appointments/fresh", Appointment("fresh", "bea"))
        {
            Required = AppointmentNeeds,
        },
        new("replace an appointment", HttpMethod.Put, "/v1/appointments/ada-envoy", Appointment("ada-envoy", "ada"))
        {
            Required = AppointmentNeeds,
        },
        new("correct an appointment", HttpMethod.Patch, "/v1/appointments/ada-envoy", Appointment("ada-envoy", "ada"))
        {
            Required = AppointmentNeeds,
        },
        new("delete an appointment", HttpMethod.Delete, "/v1/appointments/ada-envoy", null),
        new("record a chairmanship", HttpMethod.Post, "/v1/forums/PACT/chairmanships", Chairmanship("fresh"))
        {
            Required = ["chair"],
        },
        new("put a new chairmanship", HttpMethod.Put, "/v1/chairmanships/fresh", Chairmanship("fresh"))
        {
            Required = ChairmanshipNeeds,
        },
        new("replace a chairmanship", HttpMethod.Put, "/v1/chairmanships/pact-kaz", Chairmanship("pact-kaz"))
        {
            Required = ChairmanshipNeeds,
        },
        new("correct a chairmanship", HttpMethod.Patch, "/v1/chairmanships/pact-kaz", Chairmanship("pact-kaz"))
        {
            Required = ChairmanshipNeeds,
        },
        new("delete a chairmanship", HttpMethod.Delete, "/v1/chairmanships/pact-kaz", null),
    ];

    public static IEnumerable<WritingOperation> Every => All.Concat(MeetingWriting.All);

    public static IEnumerable<WritingOperation> WithBody => Every.Where(operation => operation.Body is not null);

    public static IEnumerable<WritingOperation> Posts => Every.Where(operation => operation.Method == HttpMethod.Post);

    /// <summary>Those whose body may tell both ends of a period.</summary>
    public static IEnumerable<WritingOperation> WithPeriods =>
        WithBody.Where(operation =>
            operation.Name is not ("accede" or "withdraw" or "end an appointment") && operation.Has(JsonPlace.Ends)
        );

    /// <summary>Those whose body has a date.</summary>
    public static IEnumerable<WritingOperation> WithDates =>
        WithBody.Where(operation => operation.Has(JsonPlace.Dates));

    /// <summary>Those whose body has a word of a closed list.</summary>
    public static IEnumerable<WritingOperation> WithWords =>
        WithBody.Where(operation => operation.Has(JsonPlace.Words));

    /// <summary>The paths of what this body cannot do without, though the bodies of other operations can.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>The paths of what this body can do without, though the bodies of other operations cannot.</summary>
    public string[] Optional =>
        Path.Split('/')[2] switch
        {
            "ministers" or "documents" => ["links[0].language"],
            "meetings" => ["links[0].language", "city"],
            _ => [],
        };

    public bool IsPatch => Method == HttpMethod.Patch;

    public string MediaType => IsPatch ? "application/merge-patch+json" : "application/json";

    /// <summary>The same address where nothing was ever put; null for collections, which are always there.</summary>
    public string? PathToNothing
    {
        get
        {
            // "", "v1", then collections and the ids in them in turn.
            var parts = Path.Split('/');
            if (parts.Length == 3)
            {
                return null;
            }

            var id = parts.Length % 2 == 0 ? parts.Length - 1 : parts.Length - 2;
            parts[id] = parts[id - 1] switch
            {
                "forums" => "NOWHERE",
                "memberships" => "pact.zzz",
                _ => "zzz",
            };
            return string.Join('/', parts);
        }
    }

    private bool Has(string[] members) => JsonPlace.Of(Valid()).Any(place => members.Contains(place.Member));

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
        await app.EstablishBodyAsync("PACT", "council", founded: "1990");
        await app.EstablishBodyAsync("PACT", "staff", founded: "1990");
        await (await app.AdmitAsync("PACT", "KAZ", from: "2000", standing: "observer")).CreatedAsync();
        await app.EstablishMinisterAsync("ada");
        await app.EstablishMinisterAsync("bea");
        await app.EstablishPostAsync("kaz.envoy");
        await app.EstablishPostAsync("kaz.deputy");
        await (await app.AppointAsync("ada", "kaz.envoy", from: "2000", id: "ada-envoy")).CreatedAsync();
        await (await app.ChairAsync("PACT", "KAZ", from: "2000", id: "pact-kaz")).CreatedAsync();
        await MeetingWriting.SettleAsync(app);
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

    private static string Minister(string id) =>
        $$"""
            {
              "id": "{{id}}", "sortName": "First, Second", "born": "1950-02", "died": "2020-12-31",
              "names": [
                {
                  "language": "en", "text": "Second First", "family": "First", "given": "Second", "patronymic": "Third",
                  "from": "1950", "until": "1999-12-31", "ended": true
                },
                { "language": "ru", "text": "Вторая Первая", "from": "1950" }
              ],
              "identifiers": [{ "scheme": "wikidata", "value": "Q4458371", "preferred": true }],
              "links": [
                {
                  "url": "https://example.org/cv", "title": "Biography", "language": "en", "mediaType": "text/html",
                  "sha256": "{{new string('a', 64)}}"
                }
              ],
              "sources": {{Sources}}
            }
            """;

    private static string Post(string id) =>
        $$"""
            {
              "id": "{{id}}", "kind": "permanent-representative", "of": { "kind": "state", "code": "KAZ" },
              "accreditedTo": "PACT", {{Titles}}, "singleHolder": true, "established": "1991-12",
              "abolished": "2020-12-31", "ended": true, "sources": {{Sources}}
            }
            """;

    private static string Appointment(string id, string minister) =>
        $$"""
            {
              "id": "{{id}}", "minister": "{{minister}}", "post": "kaz.envoy", "acting": true, "from": "1995-05",
              "until": "2005-06", "ended": true, {{Titles}}, "basis": "Decree 5", "ending": "reassigned",
              "endingBasis": "Decree 6", "sources": {{Sources}}
            }
            """;

    private static string Chairmanship(string id) =>
        $$"""
            {
              "id": "{{id}}", "forum": "PACT", "body": "council", "chair": { "kind": "state", "code": "PER" },
              "from": "2001-02", "until": "2003-05-01", "ended": true, "sources": {{Sources}}
            }
            """;

    private const string Titles = """
        "titles": [
          { "language": "en", "text": "First", "from": "1995", "until": "1999-12-31", "ended": true },
          { "language": "en", "text": "Second", "from": "2000-01-01" }
        ]
        """;

    private const string Names = """
        "names": [
          { "kind": "official", "language": "en", "text": "First", "from": "1990", "until": "1999-12-31", "ended": true },
          { "kind": "official", "language": "en", "text": "Second", "from": "2000-01-01" }
        ]
        """;
}
