using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;
using Registry.Domain;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// The default catalogue and what it has none of: records that were changed and deleted since an instant, imports,
/// subscriptions with deliveries, chairmanships that overlap. Made once for an engine; then it is only read.
/// </summary>
internal sealed class ParameterScene
{
    private static readonly string[] Collections =
    [
        "forums",
        "states",
        "memberships",
        "chairmanships",
        "ministers",
        "posts",
        "appointments",
        "meetings",
        "documents",
        "outcomes",
        "sources",
        "claims",
    ];

    private static readonly Dictionary<Engine, Lazy<Task<ParameterScene>>> Made = Enum.GetValues<Engine>()
        .ToDictionary(engine => engine, engine => new Lazy<Task<ParameterScene>>(() => MakeAsync(engine)));

    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<JsonNode>>>> _lists = new();
    private readonly Dictionary<string, IReadOnlyList<JsonNode>> _records = [];

    private ParameterScene(RegistryApp app) => App = app;

    public RegistryApp App { get; }

    public JsonNode Contract { get; private set; } = null!;

    public IReadOnlyDictionary<string, Operation> Operations { get; private set; } = null!;

    /// <summary>After the catalogue was loaded, before records were changed and deleted.</summary>
    public string Then { get; private set; } = "";

    /// <summary>After all that was written.</summary>
    public string Now { get; private set; } = "";

    /// <summary>The sequence of a change that was sent to a subscriber.</summary>
    public string Delivered { get; private set; } = "";

    /// <summary>The id of the request that revoked a key.</summary>
    public string Revocation { get; private set; } = "";

    /// <summary>Before anything was recorded.</summary>
    public static string Before => Text(RegistryApp.Today.ToDateTime(new TimeOnly(11, 0), DateTimeKind.Utc));

    public static Task<ParameterScene> OfAsync(Engine engine) => Made[engine].Value;

    public static async Task StopAllAsync()
    {
        foreach (var scene in Made.Values.Where(scene => scene.IsValueCreated))
        {
            await (await scene.Value).App.DisposeAsync();
        }
    }

    /// <summary>Every record of the collection that stands.</summary>
    public IReadOnlyList<JsonNode> All(string collection) => _records[collection];

    public JsonNode? Find(string collection, string? id) =>
        All(collection).SingleOrDefault(record => (string?)(record["id"] ?? record["code"]) == id);

    public Task<JsonNode> ReadAsync(string address) => App.ReadAsync(address);

    public Task<IReadOnlyList<JsonNode>> ItemsAsync(string address) =>
        _lists.GetOrAdd(address, wanted => new Lazy<Task<IReadOnlyList<JsonNode>>>(() => WalkAsync(wanted))).Value;

    /// <summary>The schema, or the one that it names.</summary>
    public JsonNode Resolved(JsonNode schema) =>
        (string?)schema["$ref"] is { } name
            ? name.Split('/').Skip(1).Aggregate(Contract, (node, segment) => node[segment]!)
            : schema;

    public static string With(string address, string? query) =>
        query is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    /// <summary>True where the period of the record may hold on one of the days, at the widest reading of its dates.</summary>
    public static bool MayHold(
        JsonNode? record,
        string? first = null,
        string? last = null,
        string from = "from",
        string until = "until"
    )
    {
        var period = new Period(DateOf(record?[from]), DateOf(record?[until]), (bool?)record?["ended"] == true);
        return (first is null || period.LatestEnd >= PartialDate.Parse(first).FirstDay)
            && (last is null || period.EarliestStart <= PartialDate.Parse(last).LastDay);
    }

    private static PartialDate? DateOf(JsonNode? date) => date is null ? null : PartialDate.Parse((string)date!);

    private string Instant() => Text(App.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);

    private static string Text(DateTime instant) =>
        instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<JsonNode>> WalkAsync(string address)
    {
        var items = new List<JsonNode>();
        var hasLimit = address.Contains("limit=", StringComparison.Ordinal);
        string? next = hasLimit ? address : With(address, "limit=200");
        while (next is not null)
        {
            var page = await ReadAsync(next);
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = (string?)page["next"];
        }

        return items;
    }

    private static async Task<ParameterScene> MakeAsync(Engine engine)
    {
        var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(engine),
            withCatalogue: true,
            settings: [("Webhooks:AllowedHosts", "127.0.0.1"), ("Webhooks:Pauses", "01:00:00")]
        );
        var scene = new ParameterScene(app);
        await scene.MakeRecordsAsync();
        scene.Then = scene.Instant();
        await scene.ChangeRecordsAsync();
        scene.Now = scene.Instant();
        foreach (var collection in Collections)
        {
            scene._records[collection] = await scene.WalkAsync($"/v1/{collection}");
        }

        scene.Contract = await app.ReadAsync("/openapi/v1.json");
        scene.Operations = Operation.Of(scene.Contract).ToDictionary(operation => operation.Id);
        return scene;
    }

    /// <summary>What the catalogue has none of; a part of it is deleted later.</summary>
    private async Task MakeRecordsAsync()
    {
        await App.ImportAsync("", query: "?id=spring-list");
        await MakeAsync(
            "subscriptions",
            new
            {
                id = "portal",
                url = "https://portal.example/",
                paused = true,
            }
        );
        await App.EstablishForumAsync("NET", "2000");
        await App.EstablishForumAsync("GONE-NET");
        await App.EstablishStateAsync("XAA");
        await App.EstablishBodyAsync("NET", "council", "2000");
        await App.EstablishBodyAsync("CICA", "gone-body");
        await App.EstablishMinisterAsync("net-minister");
        await App.EstablishMinisterAsync("gone-minister");
        await App.EstablishPostAsync("net-post", "NET/council");
        await App.EstablishPostAsync("gone-post");
        await CreatedAsync(App.AppointAsync("mukhtar-tileuberdi", "net-post", "2001", "2002-05", true, id: "net-term"));
        await CreatedAsync(App.AppointAsync("mukhtar-tileuberdi", "net-post", "2003", "2004", id: "gone-term"));
        await CreatedAsync(App.AdmitAsync("CICA", "NPL", "2020"));
        await CreatedAsync(App.AdmitAsync("NET", "CSTO", "2001", kind: "forum"));
        await CreatedAsync(App.ChairAsync("NET", "KAZ", "2000", "2004", id: "net-1"));
        await CreatedAsync(App.ChairAsync("NET", "CSTO", "2006", "2007", kind: "forum", id: "net-2"));
        await CreatedAsync(App.ChairAsync("NET", "KAZ", "2000", "2004", "council", id: "net-3"));
        await CreatedAsync(App.ChairAsync("NET", "UZB", "2009", null, "council", id: "net-4"));
        await CreatedAsync(App.ChairAsync("CICA", "KAZ", "2003", "2004", "summit", id: "gone-chair"));
        const string Ministerial = "cica-informal-ministerial-2022-09";
        await MakeAsync(
            "meetings",
            new
            {
                id = "gone-meeting",
                titles = RegistryApp.TextsOf("Gone"),
                forum = "CICA",
                kind = "summit",
                status = "held",
                starts = "2001-05",
            }
        );
        await MakeAsync(
            "meetings",
            new
            {
                id = "net-meeting",
                titles = RegistryApp.TextsOf("Meeting"),
                forum = "NET",
                kind = "summit",
                status = "held",
                starts = "2020-05",
            }
        );
        await MakeAsync(
            "documents",
            new
            {
                id = "gone-document",
                titles = RegistryApp.TextsOf("Gone"),
                kind = "statement",
                forum = "CICA",
                steps = new[]
                {
                    new
                    {
                        status = "discussed",
                        on = "2020-05",
                        meeting = "net-meeting",
                    },
                },
            }
        );
        await MakeAsync(
            $"meetings/{Ministerial}/outcomes",
            new
            {
                id = "gone-outcome",
                verb = "noted",
                texts = RegistryApp.TextsOf("Gone"),
            }
        );
        await MakeAsync(
            "meetings/net-meeting/outcomes",
            new
            {
                verb = "noted",
                texts = RegistryApp.TextsOf("Asked for."),
                followUp = new { what = RegistryApp.TextsOf("Do it"), due = "2021" },
            }
        );
        foreach (var (id, status) in new[] { ("net-document", "signed"), ("net-draft", "discussed") })
        {
            await MakeAsync(
                "documents",
                new
                {
                    id,
                    titles = RegistryApp.TextsOf(id),
                    kind = "statement",
                    forum = "NET",
                    steps = new[]
                    {
                        new
                        {
                            status,
                            on = "2020-05",
                            meeting = "net-meeting",
                        },
                    },
                }
            );
        }

        await MakeAsync(
            "claims",
            new
            {
                id = "net-claim",
                subject = new { collection = "forums", id = "NET" },
                field = "/founded",
                value = "2000",
                source = "wikidata",
                confidence = "low",
            }
        );
        await App.EstablishPostAsync("net-shared", "NET/council", singleHolder: false);
        await CreatedAsync(App.AppointAsync("net-minister", "net-shared", "2001"));
        await CreatedAsync(App.AppointAsync("wang-yi", "net-shared", "2002", acting: true));
        await MakeAsync(
            "posts",
            new
            {
                id = "net-envoy",
                kind = "permanent-representative",
                of = new { kind = "state", code = "KAZ" },
                accreditedTo = "NET",
                titles = RegistryApp.TextsOf("Envoy"),
                established = "2001",
            }
        );
        await MakeAsync(
            "sources",
            new
            {
                id = "gone-source",
                title = "Gone",
                kind = "press",
            }
        );
        await MakeAsync(
            "claims",
            new
            {
                id = "gone-claim",
                subject = new { collection = "forums", id = "CICA" },
                field = "/founded",
                value = "1991",
                source = "gone-source",
                confidence = "low",
            }
        );
        await App.ImportAsync(Imports.State("XBB") + "{}\n", query: "?id=net-rows&partial=true");
        await App.ImportAsync("{}\n", query: "?id=net-refused");
        await MakeAsync("subscriptions", new { id = "net-portal", url = "http://127.0.0.1:9/" });
        await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/net-portal/test");
        await MakeAsync(
            "keys",
            new
            {
                id = "net-reader",
                label = "Reader",
                role = "reader",
            }
        );
        await MakeAsync(
            "keys",
            new
            {
                id = "net-editor",
                label = "Editor",
                role = "editor",
            }
        );
        await MakeAsync(
            "keys",
            new
            {
                id = "net-revoked",
                label = "Revoked",
                role = "editor",
            }
        );
        await (await App.SendAsync(HttpMethod.Post, "/v1/keys/net-revoked/revoke")).OkAsync();
        var revocations = await ReadAsync("/v1/audit?action=key-revoked");
        Revocation = (string)revocations["items"]![0]!["requestId"]!;
    }

    /// <summary>Every record that the examples speak of is changed, one of every collection is deleted.</summary>
    private async Task ChangeRecordsAsync()
    {
        const string Term = "kaz.foreign-minister.mukhtar-tileuberdi";
        foreach (
            var (path, change) in new (string, object)[]
            {
                ("forums/CICA", new { seat = new { city = "Almaty", country = "KAZ" } }),
                ("forums/CICA/bodies/secretariat", new { seat = new { city = "Almaty", country = "KAZ" } }),
                ("states/KAZ", new { subregion = "Asia, central" }),
                ("memberships/cica.kwt", new { standings = new[] { new { standing = "member", from = "2022-10" } } }),
                ("chairmanships/cica.kaz.2020", new { until = "2024-12" }),
                ("ministers/mukhtar-tileuberdi", new { sortName = "Tileuberdi M." }),
                ("posts/kaz.foreign-minister", new { established = "1991" }),
                ($"appointments/{Term}", new { basis = "Decree" }),
                ("meetings/cica-informal-ministerial-2022-09", new { venue = "Headquarters" }),
                ("documents/cica-astana-statement-2022", new { symbol = "CICA/6/1" }),
                ("outcomes/cica-informal-ministerial-2022-09.1", new { texts = RegistryApp.TextsOf("Noted it.") }),
                ("documents/net-document", new { symbol = "NET/1" }),
                ("sources/cica-members", new { readOn = "2026-06-01" }),
                ("claims/cica.bhr.standings-0-from.forum-general", new { note = "Changed." }),
            }
        )
        {
            await (await App.PatchAsync($"/v1/{path}", change)).OkAsync();
        }

        foreach (
            var path in new[]
            {
                "claims/gone-claim",
                "sources/gone-source",
                "outcomes/gone-outcome",
                "documents/gone-document",
                "meetings/gone-meeting",
                "chairmanships/gone-chair",
                "memberships/cica.npl",
                "appointments/gone-term",
                "posts/gone-post",
                "ministers/gone-minister",
                "forums/CICA/bodies/gone-body",
                "states/XAA",
                "forums/GONE-NET",
            }
        )
        {
            var answer = await App.DeleteAsync($"/v1/{path}");
            Assert.That(answer.IsSuccessStatusCode, Is.True, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        const string Deliveries = "/v1/subscriptions/net-portal/deliveries";
        await Until.HoldsAsync(async () =>
        {
            var sent = (await ReadAsync(Deliveries))["items"]!.AsArray().Select(item => item!["sequence"]);
            Delivered = sent.FirstOrDefault(sequence => sequence is not null)?.ToJsonString() ?? "";
            return Delivered.Length > 0;
        });
    }

    private Task MakeAsync(string collection, object record) =>
        CreatedAsync(App.PostAsync($"/v1/{collection}", record));

    private static async Task CreatedAsync(Task<HttpResponseMessage> answer) => await (await answer).CreatedAsync();
}
