using System.Net;
using System.Text.Json;
using Registry.Api.Http.Problems;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

public sealed class Negotiation(Engine engine) : UnwrittenTest(engine)
{
    private static readonly string[] Lists =
    [
        "/v1/forums",
        "/v1/forums?limit=1&count=true",
        "/v1/forums/PACT/bodies",
        "/v1/forums/PACT/members",
        "/v1/forums/PACT/memberships",
        "/v1/memberships",
        "/v1/states",
        "/v1/states/KAZ/memberships",
        "/v1/ministers",
        "/v1/ministers/ada/appointments",
        "/v1/ministers/ada/timeline",
        "/v1/posts",
        "/v1/posts/kaz.envoy/holders",
        "/v1/appointments",
        "/v1/holders",
        "/v1/forums/PACT/chairmanships",
        "/v1/forums/PACT/chairmanships/review",
        "/v1/forums/PACT/timeline",
        "/v1/chairmanships",
    ];

    private static readonly string[] Records =
    [
        "/v1/forums/PACT",
        "/v1/forums/PACT/bodies/staff",
        "/v1/states/KAZ",
        "/v1/memberships/pact.kaz",
        "/v1/ministers/ada",
        "/v1/posts/kaz.envoy",
        "/v1/appointments/ada-envoy",
        "/v1/chairmanships/pact-kaz",
    ];

    /// <summary>Every address that is read, with something there.</summary>
    internal static readonly string[] Reads = [.. Lists, .. Records];

    private static readonly string[] Pages = ["/health/live", "/health/ready", "/problems", "/problems/not-found"];

    private static readonly Address[] Addresses =
    [
        new("/v1/forums", "GET, HEAD, POST"),
        new("/v1/forums/PACT", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/forums/PACT/bodies", "GET, HEAD, POST"),
        new("/v1/forums/PACT/bodies/staff", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/forums/PACT/members", "GET, HEAD"),
        new("/v1/forums/PACT/memberships", "GET, HEAD, POST"),
        new("/v1/memberships", "GET, HEAD"),
        new("/v1/memberships/pact.kaz", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/memberships/pact.kaz/standings", "POST"),
        new("/v1/states", "GET, HEAD, POST"),
        new("/v1/states/KAZ", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/states/KAZ/memberships", "GET, HEAD"),
        new("/v1/ministers", "GET, HEAD, POST"),
        new("/v1/ministers/ada", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/ministers/ada/appointments", "GET, HEAD, POST"),
        new("/v1/ministers/ada/timeline", "GET, HEAD"),
        new("/v1/posts", "GET, HEAD, POST"),
        new("/v1/posts/kaz.envoy", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/posts/kaz.envoy/holders", "GET, HEAD"),
        new("/v1/appointments", "GET, HEAD"),
        new("/v1/appointments/ada-envoy", "DELETE, GET, HEAD, PATCH, PUT"),
        new("/v1/appointments/ada-envoy/ending", "POST"),
        new("/v1/holders", "GET, HEAD"),
        new("/v1/forums/PACT/chairmanships", "GET, HEAD, POST"),
        new("/v1/forums/PACT/chairmanships/review", "GET, HEAD"),
        new("/v1/forums/PACT/timeline", "GET, HEAD"),
        new("/v1/chairmanships", "GET, HEAD"),
        new("/v1/chairmanships/pact-kaz", "DELETE, GET, HEAD, PATCH, PUT"),
    ];

    private static readonly string[] ProblemCodes = [.. ProblemTypes.All.Select(type => type.Code)];

    [TestCaseSource(nameof(Reads))]
    [TestCaseSource(nameof(Pages))]
    public async Task Head_tells_what_get_would_and_gives_no_body(string path)
    {
        using var get = await App.GetAsync(path);
        using var head = await App.SendAsync(HttpMethod.Head, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await get.Content.ReadAsByteArrayAsync(), Is.Not.Empty);
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(HeadersOf(head), Is.EqualTo(HeadersOf(get)));
        }
    }

    [TestCase("/openapi/v1.yaml")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/swagger/index.html")]
    public async Task Head_of_the_contract_finds_it(string path)
    {
        using var head = await App.SendAsync(HttpMethod.Head, path);

        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCaseSource(nameof(Reads))]
    public async Task The_length_of_an_answer_is_told_before_it(string path)
    {
        using var head = await App.SendAsync(HttpMethod.Head, path);
        var body = await (await App.GetAsync(path)).Content.ReadAsByteArrayAsync();

        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(body.Length));
    }

    [TestCaseSource(nameof(Records))]
    public async Task Head_of_a_record_tells_its_tag(string path)
    {
        using var head = await App.SendAsync(HttpMethod.Head, path);

        Assert.That(head.Headers.ETag, Is.Not.Null);
        Assert.That(head.Headers.ETag.IsWeak, Is.False);
    }

    [TestCase("/v1/forums/NOWHERE", 404)]
    [TestCase("/v1/nope", 404)]
    [TestCase("/v1/forums?limit=0", 400)]
    [TestCase("/v1/memberships/pact.kaz/standings", 405)]
    public async Task Head_of_a_refusal_has_the_status_alone(string path, int status)
    {
        using var head = await App.SendAsync(HttpMethod.Head, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)head.StatusCode, Is.EqualTo(status));
            Assert.That(head.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task Options_tells_what_can_be_done(Address address)
    {
        using var stranger = App.WithoutKey();

        using var answer = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Options, address.Path));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Allowed(answer), Is.EquivalentTo([.. address.Methods, "OPTIONS"]));
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(
                answer.Headers.TryGetValues("Accept-Patch", out var forms) ? forms : [],
                Is.EqualTo(address.Methods.Contains("PATCH") ? new[] { "application/merge-patch+json" } : [])
            );
        }
    }

    [Test]
    public async Task Options_of_nothing_is_not_found()
    {
        using var answer = await App.SendAsync(HttpMethod.Options, "/v1/nope");

        await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task Another_method_is_refused_and_those_allowed_are_named(Address address)
    {
        string[] methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"];
        foreach (var method in methods.Except(address.Methods))
        {
            foreach (var body in new[] { null, "{ broken" })
            {
                using var answer = await App.SendAsync(new HttpMethod(method), address.Path, body);

                await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
                Assert.That(Allowed(answer), Is.SupersetOf(address.Methods), method);
                Assert.That(Allowed(answer), Does.Not.Contain(method));
            }
        }
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Json_is_given_to_who_takes_it(string path)
    {
        string?[] accepts =
        [
            null,
            "*/*",
            "application/*",
            "application/json",
            "APPLICATION/JSON",
            "application/json; charset=utf-8",
            "application/json;q=0.1",
            "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            "image/png, application/json;q=0.5",
            "text/csv;q=0, */*",
        ];
        foreach (var accept in accepts)
        {
            using var answer = await AskAsync(HttpMethod.Get, path, accept);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), accept);
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
            }
        }
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Who_takes_no_json_is_told_so(string path)
    {
        string[] accepts =
        [
            "image/png",
            "application/xml",
            "text/html",
            "image/*",
            "application/json;q=0",
            "application/json;q=0.0, image/png",
            "*/*;q=0",
            "application/jsonp",
        ];
        foreach (var accept in accepts)
        {
            using var answer = await AskAsync(HttpMethod.Get, path, accept);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable), accept);
            await answer.ProblemAsync(HttpStatusCode.NotAcceptable, "not-acceptable");
        }
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task Nothing_is_written_whose_answer_could_not_be_given(WritingOperation operation)
    {
        var before = await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter");
        var request = operation.With(System.Text.Encoding.UTF8.GetBytes(operation.Body!));
        request.Headers.Add("Accept", "text/csv");

        using var answer = await App.Http.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.NotAcceptable, "not-acceptable");
        Assert.That(await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter"), Is.EqualTo(before));
    }

    [TestCase("/v2")]
    [TestCase("/v2/forums")]
    [TestCase("/nope")]
    [TestCase("/v1/nope")]
    [TestCase("/v1/forums/PACT/nope")]
    [TestCase("/v1/forums/PACT/bodies/staff/nope")]
    [TestCase("/v1/states/KAZ/members")]
    [TestCase("/v1/memberships/pact.kaz/members")]
    [TestCase("/health")]
    [TestCase("/openapi/v2.yaml")]
    [TestCase("/problems/nope")]
    [TestCase("/index.html")]
    [TestCase("/.env")]
    public async Task A_path_that_leads_nowhere_is_not_found(string path)
    {
        foreach (var accept in new[] { null, "application/json", "text/html" })
        {
            using var answer = await AskAsync(HttpMethod.Get, path, accept);

            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task The_form_that_a_body_should_have_is_named(WritingOperation operation)
    {
        var other = operation.IsPatch ? "application/json" : "text/plain";

        using var answer = await App.Http.SendAsync(
            operation.With(System.Text.Encoding.UTF8.GetBytes(operation.Body!), other)
        );

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        var named = operation.IsPatch ? "Accept-Patch" : "Accept";
        Assert.That(answer.Headers.GetValues(named), Is.EqualTo(new[] { operation.MediaType }));
    }

    [Test]
    public async Task Every_type_of_problem_is_explained_at_its_address()
    {
        foreach (var code in ProblemCodes)
        {
            using var answer = await AskAsync(HttpMethod.Get, $"/problems/{code}", accept: "application/json");

            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), code);
                Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/html; charset=utf-8"));
                Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(code));
            }
        }
    }

    [TestCase("nope")]
    [TestCase("%3Cscript%3E")]
    [TestCase("NOT-FOUND")]
    public async Task An_unknown_type_of_problem_is_not_found(string code)
    {
        using var answer = await App.GetAsync($"/problems/{code}");

        await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task The_list_of_problems_leads_to_every_one()
    {
        var page = await (await App.GetAsync("/problems")).Content.ReadAsStringAsync();

        foreach (var code in ProblemCodes)
        {
            Assert.That(page, Does.Contain($"href=\"/problems/{code}\""));
        }
    }

    [TestCaseSource(nameof(Reads))]
    public async Task What_is_read_is_kept_only_with_asking_again(string path)
    {
        using var answer = await App.GetAsync(path);

        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
    }

    [TestCase("GET", "/v1/forums/NOWHERE", 404)]
    [TestCase("GET", "/v1/nope", 404)]
    [TestCase("GET", "/v1/forums?limit=0", 400)]
    [TestCase("GET", "/v1/forums?cursor=x", 400)]
    [TestCase("PATCH", "/v1/forums", 405)]
    [TestCase("DELETE", "/v1/forums/PACT", 409)]
    [TestCase("POST", "/v1/forums", 415)]
    [TestCase("GET", "/problems/nope", 404)]
    public async Task A_refusal_is_never_kept(string method, string path, int status)
    {
        using var answer = await App.SendAsync(new HttpMethod(method), path, ifMatch: "*");

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    [Test]
    public async Task The_answer_to_a_stranger_who_writes_is_never_kept()
    {
        using var stranger = App.WithoutKey();

        using var answer = await stranger.DeleteAsync("/v1/forums/PACT");

        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    [TestCase("GET")]
    [TestCase("HEAD")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    [TestCase("POST")]
    public async Task A_segment_that_is_no_code_is_refused(string method)
    {
        string[] segments =
        [
            "%2F",
            "PACT%2Fbodies",
            "..%2F..%2Fetc",
            "%252F",
            "%20",
            "%09",
            "%7F",
            "%C2%85",
            "%FF",
            "%ED%A0%80",
            "%EF%BF%BF",
            "%F0%9F%8C%8D",
            "ПАКТ",
            "KA%C5%BB",
            "%C4%B1",
            "'%20OR%201=1%20--",
            "%25",
            "_",
            "...",
            "a.b.c.d",
            "pact.",
            ".kaz",
            "pact.forum.",
            "{code}",
            "null",
            new string('A', 2000),
            new string('.', 300) + "x",
        ];
        string[] patterns =
        [
            "/v1/forums/{0}",
            "/v1/forums/{0}/bodies",
            "/v1/forums/{0}/memberships",
            "/v1/forums/{0}/bodies/x",
            "/v1/forums/PACT/bodies/{0}",
            "/v1/states/{0}",
            "/v1/states/{0}/memberships",
            "/v1/memberships/{0}",
            "/v1/memberships/{0}/standings",
            "/v1/ministers/{0}",
            "/v1/ministers/{0}/appointments",
            "/v1/ministers/{0}/timeline",
            "/v1/posts/{0}",
            "/v1/posts/{0}/holders",
            "/v1/appointments/{0}",
            "/v1/appointments/{0}/ending",
            "/v1/forums/{0}/chairmanships",
            "/v1/forums/{0}/timeline",
            "/v1/chairmanships/{0}",
        ];
        var failures = new List<string>();
        foreach (var pattern in patterns)
        {
            foreach (var segment in segments)
            {
                var path = string.Format(null, pattern, segment);
                using var answer = await App.SendAsync(new HttpMethod(method), path, BodyOf(method, path), "*");
                var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
                if ((int)answer.StatusCode is not (400 or 404 or 405 or 412) || !isProblem)
                {
                    failures.Add($"{path[..Math.Min(path.Length, 80)]}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [TestCase("/v1/forums/%00", 400)]
    [TestCase("/v1/forums/PACT%00", 400)]
    [TestCase("/v1/forums/%", 404)]
    [TestCase("/v1/forums/%zz", 404)]
    [TestCase("/v1/forums/%u0041", 404)]
    [TestCase("/v1/../../etc/passwd", 404)]
    public async Task An_address_as_no_client_writes_it_is_refused(string path, int status)
    {
        var answer = await App.SendRawAsync($"GET {path} HTTP/1.1");

        Assert.That(RawRequest.StatusOf(answer), Is.EqualTo(status), answer);
    }

    [Test]
    public async Task An_address_of_9_KB_is_too_long()
    {
        using var answer = await App.GetAsync($"/v1/forums/{new string('A', 9 * 1024)}");

        Assert.That((int)answer.StatusCode, Is.AnyOf(400, 404, 414));
    }

    [TestCase("/v1/forums/pact", "PACT")]
    [TestCase("/v1/forums/Pact", "PACT")]
    [TestCase("/v1/forums/%50ACT", "PACT")]
    [TestCase("/v1/states/kaz", "KAZ")]
    [TestCase("/v1/forums/pact/bodies/STAFF", "staff")]
    [TestCase("/v1/ministers/Ada", "ada")]
    [TestCase("/v1/posts/KAZ.envoy", "kaz.envoy")]
    [TestCase("/v1/appointments/Ada-Envoy", "ada-envoy")]
    [TestCase("/v1/chairmanships/PACT-KAZ", "pact-kaz")]
    public async Task A_code_typed_by_hand_is_understood(string path, string code)
    {
        var record = await App.ReadAsync(path);

        Assert.That((string?)(record["code"] ?? record["id"]), Is.EqualTo(code));
    }

    /// <summary>A body that is good for the address, so that the segment alone is at fault.</summary>
    private static string? BodyOf(string method, string path)
    {
        var like = WritingOperation.WithBody.FirstOrDefault(operation =>
            operation.Method.Method == method
            && operation.Path.Split('/').Length == path.Split('/').Length
            && operation.Path.Split('/')[2] == path.Split('/')[2]
            && operation.Path.Split('/')[^2] == path.Split('/')[^2]
        );
        return like?.Body ?? (method is "GET" or "HEAD" or "DELETE" ? null : "{}");
    }

    private static string[] Allowed(HttpResponseMessage answer) => [.. answer.Content.Headers.Allow.Order()];

    private static string HeadersOf(HttpResponseMessage answer) =>
        JsonSerializer.Serialize(
            answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
                .OrderBy(header => header.Key)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
        );

    private Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? accept)
    {
        var request = new HttpRequestMessage(method, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return App.Http.SendAsync(request);
    }

    /// <summary>A path, and the methods it knows.</summary>
    public sealed record Address(string Path, string Allow)
    {
        public string[] Methods => Allow.Split(", ");

        public override string ToString() => Path;
    }
}
