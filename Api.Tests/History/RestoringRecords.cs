using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Provenance;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.History;

public sealed class RestoringRecords(Engine engine) : RegistryTest(engine)
{
    private const string Membership = "/v1/memberships/pact.kaz";

    /// <summary>One record of each kind, those first that others refer to.</summary>
    private static readonly string[] OfEveryKind =
    [
        "/v1/sources/gazette",
        "/v1/states/KAZ",
        "/v1/forums/PACT",
        "/v1/forums/PACT/bodies/staff",
        Membership,
        "/v1/ministers/jane-doe",
        "/v1/posts/pact.staff.head",
        "/v1/appointments/pact.staff.head.jane-doe",
        "/v1/meetings/pact-summit-1",
        "/v1/documents/pact-charter",
        "/v1/outcomes/pact-summit-1.1",
        "/v1/chairmanships/pact.kaz.2020",
        "/v1/claims/one",
    ];

    [SetUp]
    public async Task A_record_of_every_kind()
    {
        await Something.OfEveryKindAsync(App);
        await App.EstablishSourceAsync("gazette");
        await (await App.ClaimAsync("/standings/0/from", "2000", id: "one")).CreatedAsync();
    }

    [Test]
    public async Task A_record_of_any_kind_comes_back_with_what_it_said()
    {
        var before = new Dictionary<string, JsonNode>();
        foreach (var address in OfEveryKind.Reverse())
        {
            before[address] = await App.ReadAsync(address);
            Assert.That((await App.DeleteAsync(address)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent), address);
            await (await App.GetAsync(address)).ProblemAsync(HttpStatusCode.Gone, "gone");
        }

        foreach (var address in OfEveryKind)
        {
            var answer = await RestoreAsync(address);
            var restored = await answer.CreatedAsync();

            var version = (int)before[address]["version"]! + 2;
            using (Assert.EnterMultipleScope())
            {
                Assert.That((int?)restored["version"], Is.EqualTo(version), address);
                Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo($"\"{version}\""), address);
                Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo(address));
                Assert.That(Content(restored), Is.EqualTo(Content(before[address])), address);
                Assert.That(
                    (await App.ReadAsync(address)).ToJsonString(),
                    Is.EqualTo(restored.ToJsonString()),
                    address
                );
            }
        }
    }

    [Test]
    public async Task Only_a_record_that_was_deleted_is_restored()
    {
        foreach (var address in OfEveryKind)
        {
            await (await RestoreAsync(address)).ProblemAsync(HttpStatusCode.Conflict, "not-deleted");
            Assert.That((int?)(await App.ReadAsync(address))["version"], Is.LessThan(3), address);
            var unknown = address[..(address.LastIndexOf('/') + 1)] + (address.Contains("states") ? "XYZ" : "unknown");
            await (await RestoreAsync(unknown)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Test]
    public async Task The_history_goes_on_where_it_ended()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);
        await (await RestoreAsync(Membership, reason: "Deleted by mistake")).CreatedAsync();
        await (await App.StepAsync("pact.kaz", new { step = "suspend", from = "2010" })).CreatedAsync();

        var history = await App.ReadAsync($"{Membership}/history");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                history["items"]!.AsArray().Select(item => $"{item!["version"]} {item["operation"]}"),
                Is.EqualTo(new[] { "1 created", "2 deleted", "3 restored", "4 updated" })
            );
            Assert.That((string?)history["items"]![2]!["reason"], Is.EqualTo("Deleted by mistake"));
            Assert.That(history["items"]![2]!["changes"]!.AsArray(), Is.Empty);
            Assert.That(history["items"]![3]!["changes"]!.AsArray(), Is.Not.Empty);
            Assert.That(
                Content(await App.ReadAsync($"{Membership}?version=3")),
                Is.EqualTo(Content(await App.ReadAsync($"{Membership}?version=1")))
            );
        }

        await (await App.GetAsync($"{Membership}?version=2")).ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    [Test]
    public async Task What_comes_back_changed_tells_from_what_to_what()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);
        await (await App.AdmitAsync("PACT", "KAZ", from: "2001")).CreatedAsync();

        var restored = (await App.ReadAsync($"{Membership}/history"))["items"]![2]!;

        Assert.That(
            restored["changes"]!.ToJsonString(),
            Is.EqualTo("""[{"op":"replace","path":"/standings/0/from","from":"2000","to":"2001"}]""")
        );
    }

    [Test]
    public async Task Each_read_knows_when_it_was_gone()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);
        await (await RestoreAsync(Membership)).CreatedAsync();
        var instants = (await App.ReadAsync($"{Membership}/history")).Each(item => item["recordedAt"]);

        await (await App.GetAsync($"{Membership}?knownAt=2020-01-01T00:00:00Z")).ProblemAsync(
            HttpStatusCode.NotFound,
            "not-found"
        );
        Assert.That((int?)(await App.ReadAsync($"{Membership}?knownAt={instants[0]}"))["version"], Is.EqualTo(1));
        await (await App.GetAsync($"{Membership}?knownAt={instants[1]}")).ProblemAsync(HttpStatusCode.Gone, "gone");
        Assert.That((int?)(await App.ReadAsync($"{Membership}?knownAt={instants[2]}"))["version"], Is.EqualTo(3));
        foreach (var (instant, members) in instants.Zip([1, 0, 1]))
        {
            var page = await App.ReadAsync($"/v1/forums/PACT/members?on=2005-01-01&knownAt={instant}");
            Assert.That(page["items"]!.AsArray(), Has.Count.EqualTo(members), instant);
        }
    }

    [TestCase(null)]
    [TestCase("*")]
    public async Task A_put_brings_a_deleted_record_back_as_its_next_version(string? ifNoneMatch)
    {
        await DeleteForumAsync();
        var body = new { code = "PACT", names = RegistryApp.NamesOf("Pact anew") };

        await (await App.PutAsync("/v1/forums/PACT", body, "*")).ProblemAsync(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
        await (await App.PutAsync("/v1/forums/PACT", body, "\"1\"")).ProblemAsync(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
        await (await App.PatchAsync("/v1/forums/PACT", new { founded = "1992" })).ProblemAsync(
            HttpStatusCode.Gone,
            "gone"
        );
        var answer = await App.SendAsync(HttpMethod.Put, "/v1/forums/PACT", body, ifNoneMatch: ifNoneMatch);
        var created = await answer.CreatedAsync();

        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"3\""));
        Assert.That((string?)created["name"], Is.EqualTo("Pact anew"));
        await (await App.PutAsync("/v1/forums/PACT", body)).ProblemAsync(
            HttpStatusCode.PreconditionRequired,
            "version-required"
        );
        await (await App.SendAsync(HttpMethod.Put, "/v1/forums/PACT", body, ifNoneMatch: "*")).ProblemAsync(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
    }

    [Test]
    public async Task A_post_that_makes_the_same_id_brings_the_record_back()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);

        var admitted = await App.AdmitAsync("PACT", "KAZ", from: "2000");

        Assert.That((int?)(await admitted.CreatedAsync())["version"], Is.EqualTo(3));
        await (await App.AdmitAsync("PACT", "KAZ", from: "2000")).ProblemAsync(
            HttpStatusCode.Conflict,
            "already-exists"
        );
    }

    [Test]
    public async Task An_id_that_is_named_is_that_of_the_deleted_record_and_one_that_is_made_of_names_is_not()
    {
        await (await App.PostAsync("/v1/ministers", Named("Ann Other"))).CreatedAsync();
        await App.DeleteAsync("/v1/ministers/ann-other");

        var namesake = await (await App.PostAsync("/v1/ministers", Named("Ann Other"))).CreatedAsync();
        var again = await (
            await App.PostAsync("/v1/ministers", new { id = "ann-other", names = RegistryApp.TextsOf("Ann Other") })
        ).CreatedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)namesake["id"], Is.EqualTo("ann-other-2"));
            Assert.That((string?)again["id"], Is.EqualTo("ann-other"));
            Assert.That((int?)again["version"], Is.EqualTo(3));
        }
    }

    [Test]
    public async Task A_line_without_an_id_is_the_deleted_record_that_said_the_same()
    {
        const string Line = """{"collection":"ministers","record":{"names":[{"language":"en","text":"Ann Other"}]}}""";
        const string Namesake =
            """{"collection":"ministers","record":{"names":[{"language":"en","text":"Ann Other"}],"born":"1970"}}""";
        await App.ImportAsync(Line);
        await App.DeleteAsync("/v1/ministers/ann-other");

        await App.ImportAsync(Namesake);
        await App.ImportAsync(Line);
        await App.ImportAsync(Line);

        Assert.That((int?)(await App.ReadAsync("/v1/ministers/ann-other"))["version"], Is.EqualTo(3));
        Assert.That((int?)(await App.ReadAsync("/v1/ministers/ann-other-2"))["version"], Is.EqualTo(1));
        await (await App.GetAsync("/v1/ministers/ann-other-3")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task What_it_names_has_to_be_there()
    {
        await App.DeleteAsync("/v1/claims/one");
        await (
            await App.PatchAsync(
                "/v1/documents/pact-charter",
                new
                {
                    forum = (string?)null,
                    body = (string?)null,
                    sources = new[] { new { source = "gazette", confidence = "high" } },
                }
            )
        ).OkAsync();
        await App.DeleteAsync("/v1/documents/pact-charter");
        await App.DeleteAsync("/v1/sources/gazette");
        await DeleteForumAsync();

        foreach (
            var (address, name) in new[]
            {
                (Membership, "PACT"),
                ("/v1/forums/PACT/bodies/staff", "PACT"),
                ("/v1/appointments/pact.staff.head.jane-doe", "pact.staff.head"),
                ("/v1/outcomes/pact-summit-1.1", "pact-summit-1"),
                ("/v1/chairmanships/pact.kaz.2020", "PACT"),
                ("/v1/documents/pact-charter", "gazette"),
                ("/v1/claims/one", "pact.kaz"),
            }
        )
        {
            var problem = await (await RestoreAsync(address)).ProblemAsync(
                HttpStatusCode.Conflict,
                "unknown-reference"
            );
            Assert.That((string?)problem["detail"], Does.Contain(name), address);
            await (await App.GetAsync(address)).ProblemAsync(HttpStatusCode.Gone, "gone");
        }
    }

    [Test]
    public async Task Whoever_follows_hears_of_it()
    {
        await App.DeleteAsync("/v1/claims/one");
        var since = (string?)(await App.ReadAsync($"{Membership}/history"))["items"]![0]!["recordedAt"];
        await App.DeleteAsync(Membership);
        var tombstones = await App.ReadAsync($"/v1/memberships?changedSince={since}&deleted=true");
        await (await RestoreAsync(Membership)).CreatedAsync();

        var listed = await App.ReadAsync($"/v1/memberships?changedSince={since}&deleted=true");
        var changes = (await App.ReadAsync("/v1/changes?subject=forums/PACT"))["items"]!.AsArray();
        var feed = await (await App.GetAsync("/v1/changes?format=atom")).Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tombstones.Each(item => item["id"]), Is.EqualTo(new[] { "pact.kaz" }));
            Assert.That((bool?)tombstones["items"]![0]!["deleted"], Is.True);
            Assert.That(listed["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(listed["items"]![0]!["deleted"], Is.Null);
            Assert.That((int?)listed["items"]![0]!["version"], Is.EqualTo(3));
            Assert.That((string?)changes[^1]!["operation"], Is.EqualTo("restored"));
            Assert.That((string?)changes[^1]!["record"]!["id"], Is.EqualTo("pact.kaz"));
            Assert.That(feed, Does.Contain("memberships/pact.kaz: restored"));
        }

        await App.DeleteAsync(Membership);
        listed = await App.ReadAsync($"/v1/memberships?changedSince={since}&deleted=true&count=true");
        Assert.That((int?)listed["total"], Is.EqualTo(1));
        Assert.That((int?)listed["items"]![0]!["version"], Is.EqualTo(4));
    }

    [Test]
    public async Task It_is_found_by_its_names_again()
    {
        await (await App.PostAsync("/v1/ministers", Named("Zanele Quixote"))).CreatedAsync();
        await App.DeleteAsync("/v1/ministers/zanele-quixote");
        Assert.That((await App.ReadAsync("/v1/search?q=quixote"))["items"]!.AsArray(), Is.Empty);

        await (await RestoreAsync("/v1/ministers/zanele-quixote")).CreatedAsync();

        Assert.That(
            (await App.ReadAsync("/v1/search?q=quixote")).Each(hit => hit["id"]),
            Is.EqualTo(new[] { "zanele-quixote" })
        );
    }

    [Test]
    public async Task Of_two_at_once_one_restores_it()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RestoreAsync(Membership)));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(7));
        Assert.That((int?)(await App.ReadAsync(Membership))["version"], Is.EqualTo(3));
    }

    [Test]
    public async Task Sent_twice_with_a_key_it_is_done_once()
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);

        var first = await (await RestoreAsync(Membership, key: "again")).CreatedAsync();
        var second = await (await RestoreAsync(Membership, key: "again")).CreatedAsync();

        Assert.That(second.ToJsonString(), Is.EqualTo(first.ToJsonString()));
        Assert.That((await App.ReadAsync($"{Membership}/history"))["items"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task It_needs_a_key()
    {
        using var stranger = App.WithoutKey();

        await (await stranger.PostAsync($"{Membership}/restore", null)).ProblemAsync(
            HttpStatusCode.Unauthorized,
            "unauthorized"
        );
    }

    [Test]
    public async Task A_merged_record_does_not_come_back()
    {
        await App.EstablishMinisterAsync("john-doe");
        await (await App.PostAsync("/v1/ministers/john-doe/merge", new { into = "jane-doe" })).OkAsync();

        await (await RestoreAsync("/v1/ministers/john-doe")).ProblemAsync(HttpStatusCode.Conflict, "id-retired");
        var post = await App.PostAsync("/v1/ministers", new { id = "john-doe", names = RegistryApp.TextsOf("John") });
        var problem = await post.ProblemAsync(HttpStatusCode.Conflict, "id-retired");
        Assert.That((string?)problem["detail"], Does.Contain("jane-doe"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = App.Http.BaseAddress,
            DefaultRequestHeaders = { { "X-Api-Key", RegistryApp.AdminKey } },
        };
        var put = await client.PutAsJsonAsync("/v1/ministers/john-doe", Named("John"));
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.PermanentRedirect));
        var import = await App.ImportAsync(
            """{"collection":"ministers","id":"john-doe","record":{"id":"john-doe","names":[{"language":"en","text":"John"}]}}"""
        );
        Assert.That((string?)import["status"], Is.EqualTo("refused"));
    }

    [TestCase(
        """{"collection":"memberships","id":"pact.kaz","record":{"id":"pact.kaz","forum":"PACT","member":{"kind":"state","code":"KAZ"},"standings":[{"standing":"member","from":"2000"}]}}""",
        Imports.NdJson,
        ""
    )]
    [TestCase("id,standing,from\npact.kaz,member,2000\n", Imports.Csv, "?collection=memberships")]
    public async Task An_import_brings_a_deleted_record_back(string file, string mediaType, string query)
    {
        await App.DeleteAsync("/v1/claims/one");
        await App.DeleteAsync(Membership);

        var import = await App.ImportAsync(file, mediaType, query);

        Assert.That((string?)import["status"], Is.EqualTo("done"), import.ToString());
        Assert.That((int?)(await App.ReadAsync(Membership))["version"], Is.EqualTo(3));
        Assert.That(
            (await App.ReadAsync($"{Membership}/history")).Each(item => item["operation"]),
            Is.EqualTo(new[] { "created", "deleted", "restored" })
        );
    }

    [Test]
    public async Task A_popolo_document_brings_a_deleted_record_back()
    {
        const string File = """{"persons":[{"id":"ann-other","name":"Ann Other"}]}""";
        await App.ImportAsync(File, Imports.Json);
        await App.DeleteAsync("/v1/ministers/ann-other");

        var import = await App.ImportAsync(File, Imports.Json);

        Assert.That((string?)import["status"], Is.EqualTo("done"), import.ToString());
        Assert.That((int?)(await App.ReadAsync("/v1/ministers/ann-other"))["version"], Is.EqualTo(3));
    }

    [Test]
    public async Task A_preferred_claim_comes_back_preferred_where_no_other_one_is()
    {
        await (await App.PreferAsync("one", new { reason = "The gazette" })).CreatedAsync();
        await App.DeleteAsync("/v1/claims/one");
        var back = await (await RestoreAsync("/v1/claims/one")).CreatedAsync();
        Assert.That((bool?)back["preferred"], Is.True);
        Assert.That((string?)back["reason"], Is.EqualTo("The gazette"));

        await App.DeleteAsync("/v1/claims/one");
        await App.EstablishSourceAsync("dataset");
        await (await App.ClaimAsync("/standings/0/from", "2000", "dataset", id: "two")).CreatedAsync();
        await (await App.PreferAsync("two")).CreatedAsync();
        back = await (await RestoreAsync("/v1/claims/one")).CreatedAsync();

        Assert.That((bool?)back["preferred"], Is.False);
        Assert.That((bool?)(await App.ReadAsync("/v1/claims/two"))["preferred"], Is.True);
    }

    private static object Named(string name) => new { names = RegistryApp.TextsOf(name) };

    private static string Content(JsonNode record)
    {
        var content = record.DeepClone().AsObject();
        content.Remove("version");
        content.Remove("recordedAt");
        return content.ToJsonString();
    }

    /// <summary>Takes the forum off file, and before it what refers to it.</summary>
    private async Task DeleteForumAsync()
    {
        foreach (var address in OfEveryKind.Skip(2).Reverse())
        {
            await App.DeleteAsync(address);
        }

        await (await App.GetAsync("/v1/forums/PACT")).ProblemAsync(HttpStatusCode.Gone, "gone");
    }

    private Task<HttpResponseMessage> RestoreAsync(string address, string? key = null, string? reason = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/restore");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (reason is not null)
        {
            request.Headers.Add("X-Reason", reason);
        }

        return App.Http.SendAsync(request);
    }
}
