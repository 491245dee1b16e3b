using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>The ways to write meetings, documents and outcomes.</summary>
internal static class MeetingWriting
{
    private const string Sources = """
        [{ "citation": "Gazette 7 of 2001", "url": "https://example.org/8", "confidence": "medium" }]
        """;

    private const string Texts = """[{ "language": "en", "text": "First" }, { "language": "ru", "text": "Первое" }]""";

    private const string Links = """
        [{ "url": "https://example.org/text", "title": "Text", "language": "en", "mediaType": "application/pdf" }]
        """;

    private static readonly string[] MeetingNeeds =
    [
        "titles",
        "forum",
        "starts",
        "steps[0].status",
        "steps[1].status",
        "agenda[0].titles",
        "agenda[0].items[0].titles",
        "participants[0].of",
        "participants[0].capacity",
        "links[0].url",
    ];

    private static readonly string[] DocumentNeeds =
    [
        "titles",
        "steps",
        "steps[0].status",
        "steps[0].on",
        "steps[1].status",
        "steps[1].on",
        "relations[0].document",
        "links[0].url",
    ];

    private static readonly string[] OutcomeNeeds = ["verb", "texts", "followUp.what"];

    public static readonly WritingOperation[] All =
    [
        new("create a meeting", HttpMethod.Post, "/v1/meetings", Meeting("fresh")) { Required = MeetingNeeds },
        new("put a new meeting", HttpMethod.Put, "/v1/meetings/fresh", Meeting("fresh")) { Required = MeetingNeeds },
        new("replace a meeting", HttpMethod.Put, "/v1/meetings/retreat", Meeting("retreat"))
        {
            Required = MeetingNeeds,
        },
        new("correct a meeting", HttpMethod.Patch, "/v1/meetings/retreat", Meeting("retreat"))
        {
            Required = MeetingNeeds,
        },
        new("delete a meeting", HttpMethod.Delete, "/v1/meetings/retreat", null),
        new(
            "take a step with a meeting",
            HttpMethod.Post,
            "/v1/meetings/retreat/steps",
            $$"""
            {
              "step": "confirm", "on": "2004-02", "starts": "2005-05-01", "ends": "2005-05-02", "basis": "Note 1",
              "sources": {{Sources}}
            }
            """
        ),
        new(
            "add an agenda item",
            HttpMethod.Post,
            "/v1/meetings/first-council/agenda",
            $$"""{ "number": "2", "titles": {{Texts}}, "items": [{ "titles": {{Texts}} }] }"""
        )
        {
            Required = ["titles", "items[0].titles"],
        },
        new(
            "add a participant",
            HttpMethod.Post,
            "/v1/meetings/first-council/participants",
            $$"""
            {
              "of": { "kind": "body", "code": "PACT/staff" }, "name": "Second First", "title": "Head", "minister": "bea",
              "capacity": "secretariat", "sources": {{Sources}}
            }
            """
        )
        {
            Required = ["of", "capacity"],
        },
        new("create a document", HttpMethod.Post, "/v1/documents", Document("fresh")) { Required = DocumentNeeds },
        new("put a new document", HttpMethod.Put, "/v1/documents/fresh", Document("fresh"))
        {
            Required = DocumentNeeds,
        },
        new("replace a document", HttpMethod.Put, "/v1/documents/note", Document("note")) { Required = DocumentNeeds },
        new("correct a document", HttpMethod.Patch, "/v1/documents/note", Document("note"))
        {
            Required = DocumentNeeds,
        },
        new("delete a document", HttpMethod.Delete, "/v1/documents/note", null),
        new(
            "take a step with a document",
            HttpMethod.Post,
            "/v1/documents/charter/steps",
            $$"""
            {
              "status": "in-force", "on": "2002-01", "meeting": "first-council", "basis": "Article 9",
              "fulfils": ["first-council.1"], "sources": {{Sources}}
            }
            """
        )
        {
            Required = ["status", "on"],
        },
        new("record an outcome", HttpMethod.Post, "/v1/meetings/first-council/outcomes", Outcome("fresh"))
        {
            Required = OutcomeNeeds,
        },
        new("put a new outcome", HttpMethod.Put, "/v1/outcomes/fresh", Outcome("fresh"))
        {
            Required = [.. OutcomeNeeds, "meeting"],
        },
        new("replace an outcome", HttpMethod.Put, "/v1/outcomes/first-council.2", Outcome("first-council.2"))
        {
            Required = [.. OutcomeNeeds, "meeting"],
        },
        new("correct an outcome", HttpMethod.Patch, "/v1/outcomes/first-council.2", Outcome("first-council.2"))
        {
            Required = [.. OutcomeNeeds, "meeting"],
        },
        new("delete an outcome", HttpMethod.Delete, "/v1/outcomes/first-council.2", null),
    ];

    /// <summary>Puts on file what the operations change and refer to.</summary>
    public static async Task SettleAsync(RegistryApp app)
    {
        await PutAsync(
            "meetings/congress",
            new
            {
                titles = Titles("Congress"),
                forum = "OLD",
                kind = "session",
                starts = "2000",
            }
        );
        await PutAsync(
            "meetings/first-council",
            new
            {
                titles = Titles("First council"),
                forum = "PACT",
                kind = "council",
                status = "held",
                starts = "2001-03",
                agenda = new[] { new { number = "1", titles = Titles("Opening") } },
            }
        );
        await PutAsync(
            "meetings/retreat",
            new
            {
                titles = Titles("Retreat"),
                forum = "PACT",
                kind = "council",
                starts = "2003",
            }
        );
        foreach (var id in new[] { "charter", "note" })
        {
            await PutAsync(
                $"documents/{id}",
                new
                {
                    titles = Titles(id),
                    kind = "decision",
                    steps = new[] { new { status = "adopted", on = "2001-03" } },
                }
            );
        }

        foreach (var number in new[] { 1, 2 })
        {
            await PutAsync(
                $"outcomes/first-council.{number}",
                new
                {
                    meeting = "first-council",
                    verb = "agreed",
                    texts = Titles("Agreed"),
                    followUp = new { what = Titles("Do it") },
                }
            );
        }

        async Task PutAsync(string path, object body) => await (await app.PutAsync($"/v1/{path}", body)).CreatedAsync();
    }

    private static object[] Titles(string text) => [new { language = "en", text }];

    private static string Meeting(string id) =>
        $$"""
            {
              "id": "{{id}}", "titles": {{Texts}}, "forum": "PACT", "body": "council", "kind": "ministerial",
              "format": "special", "mode": "hybrid", "ordinal": 3, "status": "held",
              "steps": [
                { "status": "planned", "on": "1999", "basis": "Note 1", "sources": {{Sources}} },
                { "status": "held", "on": "2000-05-02" }
              ],
              "starts": "2000-05-01", "ends": "2000-05-02", "startTime": "10:00", "endTime": "17:30",
              "timeZone": "Asia/Almaty", "city": "Almaty", "country": "KAZ", "venue": "Palace", "host": "KAZ",
              "onMarginsOf": "congress",
              "chair": { "member": { "kind": "state", "code": "KAZ" }, "minister": "ada", "name": "S. First" },
              "level": "foreign-minister",
              "agenda": [{ "number": "1", "titles": {{Texts}}, "items": [{ "number": "1.1", "titles": {{Texts}} }] }],
              "participants": [
                {
                  "of": { "kind": "state", "code": "KAZ" }, "name": "S. First", "title": "Envoy", "minister": "ada",
                  "capacity": "chair", "sources": {{Sources}}
                }
              ],
              "links": {{Links}}, "sources": {{Sources}}
            }
            """;

    private static string Document(string id) =>
        $$"""
            {
              "id": "{{id}}", "symbol": "PACT/1", "titles": {{Texts}}, "kind": "decision", "forum": "PACT",
              "body": "council", "status": "adopted",
              "steps": [
                { "status": "drafted", "on": "1999" },
                {
                  "status": "adopted", "on": "2001-03", "meeting": "first-council", "basis": "Rule 2",
                  "fulfils": ["first-council.1"], "sources": {{Sources}}
                }
              ],
              "relations": [{ "kind": "amends", "document": "charter" }], "links": {{Links}}, "sources": {{Sources}}
            }
            """;

    private static string Outcome(string id) =>
        $$"""
            {
              "id": "{{id}}", "meeting": "first-council", "agendaItem": "1", "verb": "agreed", "document": "charter",
              "actors": [{ "kind": "minister", "code": "ada" }], "mentions": [{ "kind": "forum", "code": "LEAGUE" }],
              "texts": {{Texts}},
              "followUp": {
                "what": {{Texts}}, "who": [{ "kind": "body", "code": "PACT/staff" }], "due": "2003-01", "status": "open"
              },
              "fulfils": ["first-council.1"], "sources": {{Sources}}
            }
            """;
}
