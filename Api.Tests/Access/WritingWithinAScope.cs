using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>An editor of one forum, with another forum beside it.</summary>
public sealed class WritingWithinAScope(Engine engine) : AccessTest(engine)
{
    private string _key = "";

    [SetUp]
    public async Task Record_two_forums()
    {
        foreach (var code in new[] { "CICA", "CSTO" })
        {
            await (await App.PostAsync("/v1/forums", RegistryApp.ForumOf(code))).CreatedAsync();
            await (
                await App.PostAsync(
                    $"/v1/forums/{code}/bodies",
                    new
                    {
                        code = "staff",
                        kind = "secretariat",
                        names = RegistryApp.NamesOf("Staff"),
                    }
                )
            ).CreatedAsync();
            await MeetingAsync(App.PostAsync, code, $"{code}-meeting".ToLowerInvariant());
        }

        await (
            await App.PostAsync("/v1/states", new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan") })
        ).CreatedAsync();
        await App.AdmitAsync("CSTO", "KAZ", "2000");
        _key = await NewEditorAsync("Secretariat", ["CICA"]);
    }

    [TestCase("PUT", "/v1/forums/CSTO")]
    [TestCase("PATCH", "/v1/forums/CSTO")]
    [TestCase("DELETE", "/v1/forums/CSTO")]
    [TestCase("PATCH", "/v1/forums/csto")]
    [TestCase("POST", "/v1/forums/CSTO/bodies")]
    [TestCase("PATCH", "/v1/forums/CSTO/bodies/staff")]
    [TestCase("DELETE", "/v1/forums/CSTO/bodies/staff")]
    [TestCase("POST", "/v1/forums/CSTO/memberships")]
    [TestCase("POST", "/v1/memberships/csto.kaz/standings")]
    [TestCase("DELETE", "/v1/memberships/csto.kaz")]
    [TestCase("PATCH", "/v1/memberships/CSTO.KAZ")]
    [TestCase("POST", "/v1/forums/CSTO/chairmanships")]
    [TestCase("POST", "/v1/meetings/csto-meeting/steps")]
    [TestCase("POST", "/v1/meetings/csto-meeting/agenda")]
    [TestCase("POST", "/v1/meetings/csto-meeting/participants")]
    [TestCase("POST", "/v1/meetings/csto-meeting/outcomes")]
    [TestCase("DELETE", "/v1/meetings/csto-meeting")]
    [TestCase("POST", "/v1/forums/CSTO/restore")]
    public async Task Another_forum_is_refused_by_the_path_before_the_body_is_read(string method, string path)
    {
        await IsForbiddenAsync(await SendAsync(_key, method, path, "{ broken", ("If-Match", "*")));
    }

    [Test]
    public async Task What_belongs_to_the_forum_is_written()
    {
        await (
            await SendAsync(_key, "PATCH", "/v1/forums/CICA", new { founded = "1992" }, ("If-Match", "*"))
        ).OkAsync();
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/forums/CICA/memberships",
                new
                {
                    member = new { kind = "state", code = "KAZ" },
                    standing = "member",
                    from = "1992",
                    sources = new[]
                    {
                        new
                        {
                            citation = "A new source",
                            url = "https://example.org/new",
                            confidence = "high",
                        },
                    },
                }
            )
        ).CreatedAsync();
        await (
            await SendAsync(_key, "PATCH", "/v1/forums/CICA/bodies/staff", new { kind = "council" }, ("If-Match", "*"))
        ).OkAsync();
        await MeetingAsync((path, body) => SendAsync(_key, "POST", path, body), "CICA", "cica-second");
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/meetings/cica-meeting/outcomes",
                new
                {
                    id = "cica-outcome",
                    verb = "noted",
                    texts = RegistryApp.TextsOf("Noted."),
                }
            )
        ).CreatedAsync();
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/posts",
                new
                {
                    id = "cica-head",
                    kind = "head-of-secretariat",
                    of = new { kind = "body", code = "CICA/staff" },
                    titles = RegistryApp.TextsOf("Head"),
                }
            )
        ).CreatedAsync();
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/sources",
                new
                {
                    id = "a-source",
                    title = "A source",
                    url = "https://example.org/a",
                    kind = "website",
                }
            )
        ).CreatedAsync();
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/claims",
                new
                {
                    subject = new { collection = "forums", id = "CICA" },
                    field = "/founded",
                    value = "1991",
                    source = "a-source",
                    confidence = "low",
                }
            )
        ).CreatedAsync();
    }

    [TestCase("states", """{"code":"UZB","names":[{"kind":"official","language":"en","text":"Uzbekistan"}]}""")]
    [TestCase("ministers", """{"names":[{"language":"en","text":"New One"}]}""")]
    [TestCase(
        "posts",
        """{"kind":"foreign-minister","of":{"kind":"state","code":"KAZ"},"titles":[{"language":"en","text":"Minister"}]}"""
    )]
    [TestCase(
        "posts",
        """{"kind":"head-of-secretariat","of":{"kind":"body","code":"CSTO/staff"},"titles":[{"language":"en","text":"Head"}]}"""
    )]
    [TestCase("forums", """{"code":"NEW","names":[{"kind":"official","language":"en","text":"New"}]}""")]
    public async Task A_new_record_outside_the_forum_is_refused(string collection, string body)
    {
        var before = await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter");

        await IsForbiddenAsync(await SendAsync(_key, "POST", $"/v1/{collection}", body));

        Assert.That(await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_reference_in_the_body_cannot_lead_out_of_the_forum()
    {
        var body = Meeting("CSTO", "sneaked");
        await IsForbiddenAsync(await SendAsync(_key, "POST", "/v1/meetings", body));
        await IsForbiddenAsync(
            await SendAsync(_key, "PATCH", "/v1/meetings/cica-meeting", new { forum = "CSTO" }, ("If-Match", "*"))
        );
        await IsForbiddenAsync(
            await SendAsync(_key, "PUT", "/v1/meetings/csto-meeting", Meeting("CICA", null), ("If-Match", "*"))
        );

        Assert.That((string?)(await App.ReadAsync("/v1/meetings/cica-meeting"))["forum"], Is.EqualTo("CICA"));
        Assert.That((string?)(await App.ReadAsync("/v1/meetings/csto-meeting"))["forum"], Is.EqualTo("CSTO"));
    }

    [Test]
    public async Task A_claim_on_a_record_of_another_forum_is_refused()
    {
        await (
            await App.PostAsync(
                "/v1/sources",
                new
                {
                    id = "a-source",
                    title = "A source",
                    url = "https://example.org/a",
                    kind = "website",
                }
            )
        ).CreatedAsync();

        await IsForbiddenAsync(
            await SendAsync(
                _key,
                "POST",
                "/v1/claims",
                new
                {
                    subject = new { collection = "memberships", id = "csto.kaz" },
                    field = "/standings/0/from",
                    value = "1991",
                    source = "a-source",
                    confidence = "low",
                }
            )
        );
    }

    [Test]
    public async Task A_source_may_be_added_and_not_changed()
    {
        await (
            await SendAsync(
                _key,
                "POST",
                "/v1/sources",
                new
                {
                    id = "a-source",
                    title = "A source",
                    url = "https://example.org/a",
                    kind = "website",
                }
            )
        ).CreatedAsync();

        await IsForbiddenAsync(await SendAsync(_key, "DELETE", "/v1/sources/a-source", null, ("If-Match", "*")));
        await IsForbiddenAsync(
            await SendAsync(_key, "PATCH", "/v1/sources/a-source", new { title = "Other" }, ("If-Match", "*"))
        );
    }

    [Test]
    public async Task An_import_is_refused_with_the_row_that_leads_out_of_the_forum()
    {
        var lines = $"{Line("CICA", "imported")}\n{Line("CSTO", "sneaked")}\n";

        var import = await ImportAsync("", lines);

        Assert.That((string?)import["status"], Is.EqualTo("refused"), import.ToJsonString());
        var rows = await App.ReadAsync($"/v1/imports/{import["id"]}/rows?result=refused");
        Assert.That((string?)rows["items"]![0]!["problem"]!["type"], Is.EqualTo("/problems/forbidden"));
        await (await App.GetAsync("/v1/meetings/imported")).ProblemAsync(HttpStatusCode.NotFound, "not-found");

        var partial = await ImportAsync("&partial=true", lines);

        Assert.That((int?)partial["created"], Is.EqualTo(1));
        await (await App.GetAsync("/v1/meetings/imported")).OkAsync();
        await (await App.GetAsync("/v1/meetings/sneaked")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            (await App.ReadAsync("/v1/meetings/imported/history")).Each(version => version["actor"]),
            Is.EqualTo(new[] { "Secretariat" })
        );
    }

    [Test]
    public async Task A_deleted_record_of_another_forum_is_not_restored()
    {
        await App.DeleteAsync("/v1/meetings/csto-meeting");
        await App.DeleteAsync("/v1/meetings/cica-meeting");

        await IsForbiddenAsync(await SendAsync(_key, "POST", "/v1/meetings/csto-meeting/restore"));
        await (await SendAsync(_key, "POST", "/v1/meetings/cica-meeting/restore")).CreatedAsync();
    }

    [Test]
    public async Task Other_collections_than_those_of_the_scope_are_refused()
    {
        var meetings = await NewEditorAsync("Meetings", null, ["meetings"]);

        await (
            await SendAsync(meetings, "PATCH", "/v1/meetings/csto-meeting", new { venue = "Hall" }, ("If-Match", "*"))
        ).OkAsync();
        await IsForbiddenAsync(await SendAsync(meetings, "PATCH", "/v1/forums/CSTO", "{ broken", ("If-Match", "*")));
        await IsForbiddenAsync(await SendAsync(meetings, "POST", "/v1/sources", "{ broken"));
    }

    [Test]
    public async Task Keys_and_the_audit_log_are_for_admins()
    {
        await IsForbiddenAsync(await SendAsync(_key, "GET", "/v1/keys"));
        await IsForbiddenAsync(await SendAsync(_key, "POST", "/v1/keys", "{ broken"));
        await IsForbiddenAsync(await SendAsync(_key, "GET", "/v1/audit"));
    }

    private async Task<JsonNode> ImportAsync(string query, string lines)
    {
        using var caller = App.WithoutKey();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports?{query}")
        {
            Content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Add(Header, _key);
        request.Headers.Add("Prefer", "wait=30");
        using var answer = await caller.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static string Line(string forum, string id) =>
        new JsonObject
        {
            ["collection"] = "meetings",
            ["record"] = System.Text.Json.JsonSerializer.SerializeToNode(Meeting(forum, id)),
        }.ToJsonString();

    private static object Meeting(string forum, string? id) =>
        new
        {
            id,
            forum,
            kind = "summit",
            titles = RegistryApp.TextsOf("Meeting"),
            status = "held",
            starts = "2001-05",
        };

    private static async Task MeetingAsync(
        Func<string, object, Task<HttpResponseMessage>> post,
        string forum,
        string id
    ) => await (await post("/v1/meetings", Meeting(forum, id))).CreatedAsync();
}
