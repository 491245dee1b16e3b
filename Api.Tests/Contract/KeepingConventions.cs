using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// What holds for every operation there is, also for those that come later: the operations are read from the contract, and
/// tried with its examples. Nothing is written but what the examples speak of.
/// </summary>
/// <remarks>One test after the other: each asks hundreds of questions of one program.</remarks>
[OnEveryEngine]
[Parallelizable(ParallelScope.Self)]
public sealed class KeepingConventions(Engine engine)
{
    private const string Problem = "application/problem+json";

    private RegistryApp App { get; set; } = null!;

    private JsonNode _contract = null!;

    private IReadOnlyList<Operation> _operations = null!;

    private IEnumerable<Operation> Reads =>
        _operations.Where(operation => operation is { IsRead: true, IsStream: false });

    private IEnumerable<Operation> Lists => _operations.Where(operation => operation.IsList);

    private IEnumerable<Operation> Writes => _operations.Where(operation => !operation.IsRead);

    [OneTimeSetUp]
    public async Task Read_the_contract()
    {
        App = await RegistryApp.StartAsync(await TestDatabases.TakeUntouchedAsync(engine), withCatalogue: true);
        await ExampleWalk.MakeAsync(App);
        _contract = await App.ReadAsync("/openapi/v1.json");
        _operations = Operation.Of(_contract);
    }

    [OneTimeTearDown]
    public async Task Stop() => await App.DisposeAsync();

    [Test]
    public async Task An_unknown_parameter_is_named() =>
        await EachAsync(
            _operations,
            async (operation, faults) =>
            {
                using var answer = await App.Http.SendAsync(operation.Request(query: "nonsense=1"));
                faults.AddRange(await FaultsOfProblemAsync(operation, answer, 400, "invalid-request"));
                faults.AddRange(await FaultsOfFieldsAsync(answer, "nonsense"));
            }
        );

    [Test]
    public async Task HEAD_is_GET_without_the_body() =>
        await EachAsync(
            _operations.Where(operation => operation.IsRead),
            async (operation, faults) =>
            {
                using var get = await App.Http.GetAsync(operation.Path, HttpCompletionOption.ResponseHeadersRead);
                using var head = await App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, operation.Path));
                Expect(head.StatusCode == get.StatusCode, $"HEAD is {head.StatusCode}, GET {get.StatusCode}", faults);
                var (asked, given) = (HeadersOf(head), HeadersOf(get));
                Expect(
                    asked.SetEquals(given),
                    string.Join(" / ", asked.Union(given).Except(asked.Intersect(given))),
                    faults
                );
                Expect((await head.Content.ReadAsByteArrayAsync()).Length == 0, "HEAD has a body", faults);
            }
        );

    [Test]
    public async Task A_page_has_no_more_than_it_may() =>
        await EachAsync(
            _operations.Where(operation => operation.IsRead && operation.Parameters("query").ContainsKey("limit")),
            async (operation, faults) =>
            {
                var limit = operation.Parameters("query")["limit"]["schema"]!;
                var (least, most) = ((int)limit["minimum"]!, (int)limit["maximum"]!);
                foreach (var bad in new[] { $"{least - 1}", $"{most + 1}", "-1", "1.5", "many", "99999999999" })
                {
                    using var answer = await App.GetAsync(operation.With($"limit={bad}"));
                    faults.AddRange(await FaultsOfProblemAsync(operation, answer, 400, "invalid-request"));
                    faults.AddRange(await FaultsOfFieldsAsync(answer, "limit"));
                }

                foreach (var good in new[] { least, most })
                {
                    using var answer = await App.GetAsync(operation.With($"limit={good}"));
                    Expect(answer.StatusCode == HttpStatusCode.OK, $"limit={good} is {answer.StatusCode}", faults);
                    var body = await answer.JsonAsync();
                    var given = (body["items"] ?? body["properties"])?.AsArray().Count;
                    Expect(given <= good, $"limit={good} gives {given}", faults);
                }
            }
        );

    [Test]
    public async Task Nobody_is_answered_in_a_form_that_was_not_asked_for() =>
        await EachAsync(
            _operations,
            async (operation, faults) =>
            {
                using var request = operation.Request();
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/png"));
                using var answer = await App.Http.SendAsync(request);
                faults.AddRange(await FaultsOfProblemAsync(operation, answer, 406, "not-acceptable"));
            }
        );

    [Test]
    public async Task Every_form_that_is_described_is_served() =>
        await EachAsync(
            _operations.Where(operation => operation.IsRead),
            async (operation, faults) =>
            {
                foreach (var (mediaType, _) in operation.Contents)
                {
                    using var request = operation.Request();
                    request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
                    using var answer = await App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    var given = answer.Content.Headers.ContentType?.MediaType;
                    Expect(answer.IsSuccessStatusCode && given == mediaType, $"{mediaType} is {given}", faults);
                }
            }
        );

    [Test]
    public async Task An_answer_is_as_its_schema_has_it()
    {
        var schemas = new SchemaCheck(_contract);
        await EachAsync(
            Reads,
            async (operation, faults) =>
            {
                using var answer = await App.GetAsync(
                    operation.IsList ? operation.With("limit=200&count=true") : operation.Path
                );
                faults.AddRange(schemas.FaultsOf(await answer.JsonAsync(), operation.Answer).Take(5));
                foreach (var header in DescribedHeadersOf(operation, answer).Where(name => name is not "Link"))
                {
                    Expect(answer.Headers.Contains(header), $"it has no {header}", faults);
                }
            }
        );
    }

    [Test]
    public async Task Who_has_the_answer_is_told_so() =>
        await EachAsync(
            Reads.Where(operation => operation.Parameters("header").ContainsKey("If-None-Match")),
            async (operation, faults) =>
            {
                using var first = await App.GetAsync(operation.Path);
                var tag = first.Headers.ETag?.ToString() ?? "";
                Expect(tag.Length > 0, "it has no ETag", faults);
                using var again = await App.SendAsync(HttpMethod.Get, operation.Path, ifNoneMatch: tag);
                Expect(again.StatusCode == HttpStatusCode.NotModified, $"{tag} is answered {again.StatusCode}", faults);
                Expect(again.Headers.ETag?.ToString() == tag, $"304 has the ETag {again.Headers.ETag}", faults);
                Expect(again.Headers.CacheControl is not null, "304 has no Cache-Control", faults);
                Expect(Told(operation, again), "304 is not in the contract", faults);
                using var other = await App.SendAsync(HttpMethod.Get, operation.Path, ifNoneMatch: "\"nothing\"");
                Expect(other.StatusCode == HttpStatusCode.OK, $"another tag is answered {other.StatusCode}", faults);
            }
        );

    [Test]
    public async Task Who_has_the_feed_is_told_so() =>
        await EachAsync(
            Reads.Where(operation => operation.Contents.Any(content => content.Key == "application/atom+xml")),
            async (operation, faults) =>
            {
                using var first = await App.GetAsync(operation.With("format=atom"));
                using var again = await App.SendAsync(
                    HttpMethod.Get,
                    operation.With("format=atom"),
                    ifNoneMatch: first.Headers.ETag?.ToString()
                );
                Expect(again.StatusCode == HttpStatusCode.NotModified, $"it is answered {again.StatusCode}", faults);
                Expect(Told(operation, again), "304 is not in the contract", faults);
            }
        );

    [Test]
    public async Task Nothing_is_written_without_a_key()
    {
        using var stranger = App.WithoutKey();
        await EachAsync(
            _operations.Where(operation => operation.NeedsKey || !(operation.IsRead || operation.IsQuestion)),
            async (operation, faults) =>
            {
                Expect(operation.NeedsKey, "the contract asks for no key", faults);

                // Even where nothing else about it is right.
                using var request = operation.Request(query: "nonsense=1", mediaType: "text/plain");
                using var answer = await stranger.SendAsync(request);
                faults.AddRange(await FaultsOfProblemAsync(operation, answer, 401, "unauthorized"));
                Expect(answer.Headers.WwwAuthenticate.Count > 0, "it does not say what is asked for", faults);
            }
        );
    }

    [Test]
    public async Task A_body_of_another_media_type_is_refused() =>
        await EachAsync(
            Writes.Where(operation => operation.Body is not null),
            async (operation, faults) =>
            {
                var mediaType = operation.Body!.Value.MediaType;
                var isPatch = operation.Method == "patch";
                foreach (
                    var other in new[] { "text/plain", isPatch ? "application/json" : "application/merge-patch+json" }
                )
                {
                    using var answer = await App.Http.SendAsync(operation.Request(mediaType: other));
                    faults.AddRange(await FaultsOfProblemAsync(operation, answer, 415, "unsupported-media-type"));
                    var header = isPatch ? "Accept-Patch" : "Accept";
                    Expect(
                        answer.Headers.TryGetValues(header, out var accepted)
                            && accepted.Single().Split(", ").Contains(mediaType),
                        $"{header} does not say {mediaType}",
                        faults
                    );
                }
            }
        );

    [Test]
    public async Task A_change_says_which_version_it_means() =>
        await EachAsync(
            Writes.Where(operation =>
                operation.Method is "put" or "patch"
                || (operation.Method == "delete" && operation.Parameters("header").ContainsKey("If-Match"))
            ),
            async (operation, faults) =>
            {
                using var blind = operation.Request();
                blind.Headers.Remove("If-Match");
                using var unsaid = await App.Http.SendAsync(blind);
                faults.AddRange(await FaultsOfProblemAsync(operation, unsaid, 428, "version-required"));

                using var late = operation.Request();
                late.Headers.Remove("If-Match");
                late.Headers.TryAddWithoutValidation("If-Match", "\"999999\"");
                using var stale = await App.Http.SendAsync(late);
                faults.AddRange(await FaultsOfProblemAsync(operation, stale, 412, "stale-version"));
            }
        );

    [Test]
    public async Task Following_a_list_gives_each_item_once() =>
        await EachAsync(
            Lists,
            async (operation, faults) =>
            {
                const int Enough = 24;
                var whole = await App.ReadAsync(operation.With("limit=200&count=true"));
                string[] items = [.. whole["items"]!.AsArray().Select(item => item!.ToJsonString())];
                Expect(items.Distinct().Count() == items.Length, "a page has an item twice", faults);
                Expect(
                    whole["next"] is not null || (int?)whole["total"] == items.Length,
                    $"{items.Length} items and a total of {whole["total"]}",
                    faults
                );

                // The size of pages may change on the way.
                var met = new List<string>();
                string? next = operation.With("limit=1");
                for (var pages = 1; next is not null && met.Count < Enough; pages++)
                {
                    using var answer = await App.GetAsync(next);
                    var page = await answer.JsonAsync();
                    met.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
                    next = (string?)page["next"];
                    var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
                    Expect(link == (next is null ? null : $"<{next}>; rel=\"next\""), $"Link is {link}", faults);
                    next = next?.Replace(
                        $"limit={((pages - 1) % 3) + 1}",
                        $"limit={(pages % 3) + 1}",
                        StringComparison.Ordinal
                    );
                }

                Expect(met.SequenceEqual(items.Take(met.Count)), "the pages are not the list", faults);
                Expect(next is not null || met.Count == items.Length, $"{met.Count} of {items.Length} items", faults);
            }
        );

    [Test]
    public async Task Every_order_gives_the_same_items() =>
        await EachAsync(
            Lists,
            async (operation, faults) =>
            {
                var expected = await ItemsAsync(operation.With("limit=200"));
                foreach (var order in OrdersOf(operation).Where(_ => expected.Count < 200))
                {
                    var items = await ItemsAsync(operation.With($"limit=200&sort={order}"));
                    Expect(items.SetEquals(expected), $"sort={order} gives others", faults);
                }

                using var answer = await App.GetAsync(operation.With("sort=nonsense"));
                faults.AddRange(await FaultsOfProblemAsync(operation, answer, 400, "invalid-request"));
                faults.AddRange(await FaultsOfFieldsAsync(answer, "sort"));
            }
        );

    [Test]
    public async Task A_cursor_that_was_changed_is_refused() =>
        await EachAsync(
            Lists,
            async (operation, faults) =>
            {
                var next = (string?)(await App.ReadAsync(operation.With("limit=1")))["next"];
                var cursors = new List<string> { "AAAAAAAAAAAAAAAA", "nonsense" };
                if (next is not null)
                {
                    var own = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..];
                    cursors.Add((own[0] == 'A' ? 'B' : 'A') + own[1..]);
                    cursors.Add(own[..^2]);
                }

                foreach (var cursor in cursors)
                {
                    using var answer = await App.GetAsync(operation.With($"limit=1&cursor={cursor}"));
                    faults.AddRange(await FaultsOfProblemAsync(operation, answer, 400, "invalid-cursor"));
                }
            }
        );

    [Test]
    public async Task What_is_not_there_is_not_found() =>
        await EachAsync(
            _operations,
            async (operation, faults) =>
            {
                foreach (var (name, parameter) in operation.Parameters("path"))
                {
                    // A PUT of what is not there makes it.
                    if (
                        operation.Method == "put"
                        && operation.Pattern.EndsWith($"{{{name}}}", StringComparison.Ordinal)
                    )
                    {
                        continue;
                    }

                    var isCode = char.IsUpper(((string)parameter["example"]!)[0]);
                    var elsewhere = operation.Pattern.Replace(
                        $"{{{name}}}",
                        isCode ? "ZZZ" : "nowhere-at-all",
                        StringComparison.Ordinal
                    );
                    using var request = operation.Request(Contracts.Filled(elsewhere, operation.Description));
                    if (operation.Method == "put")
                    {
                        request.Headers.Remove("If-Match");
                        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
                    }

                    using var answer = await App.Http.SendAsync(request);
                    faults.AddRange(await FaultsOfProblemAsync(operation, answer, 404, "not-found"));
                }
            }
        );

    [Test]
    public async Task Every_address_tells_its_methods() =>
        await EachAsync(
            _operations.DistinctBy(operation => operation.Pattern),
            async (operation, faults) =>
            {
                HashSet<string> described =
                [
                    .. _operations
                        .Where(other => other.Pattern == operation.Pattern)
                        .Select(other => other.Method.ToUpperInvariant()),
                ];
                if (described.Contains("GET"))
                {
                    described.Add("HEAD");
                }

                using var options = await App.Http.SendAsync(
                    new HttpRequestMessage(HttpMethod.Options, operation.Path)
                );
                Expect(options.StatusCode == HttpStatusCode.NoContent, $"OPTIONS is {options.StatusCode}", faults);
                Expect(
                    described.Append("OPTIONS").ToHashSet().SetEquals(AllowOf(options)),
                    "OPTIONS has other methods",
                    faults
                );
                Expect(
                    options.Headers.Contains("Accept-Patch") == described.Contains("PATCH"),
                    "Accept-Patch stands where nothing is patched, or not where it is",
                    faults
                );
                foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE" }.Except(described))
                {
                    using var answer = await App.SendAsync(new HttpMethod(method), operation.Path);
                    faults.AddRange(await FaultsOfProblemAsync(null, answer, 405, "method-not-allowed"));
                    Expect(described.SetEquals(AllowOf(answer)), $"{method} allows other methods", faults);
                }
            }
        );

    [Test]
    public async Task Every_answer_says_how_long_it_may_be_kept() =>
        await EachAsync(
            _operations.Where(operation => operation.IsRead),
            async (operation, faults) =>
            {
                using var answer = await App.Http.GetAsync(operation.Path, HttpCompletionOption.ResponseHeadersRead);
                Expect(answer.Headers.CacheControl is not null, "it has no Cache-Control", faults);
                Expect(Told(operation, answer), $"{answer.StatusCode} is not in the contract", faults);
            }
        );

    [Test]
    public void Every_operation_is_called_by_a_verb_and_a_noun()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_operations.Select(operation => operation.Id), Is.Unique);
            Assert.That(_operations.Select(operation => operation.Id), Has.All.Match("^[a-z]+([A-Z][a-z]+)+$"));
        }
    }

    [Test]
    public void Every_schema_of_an_object_has_a_name()
    {
        var nameless =
            from operation in _operations
            from schema in Under(operation.Description)
            where (string?)schema["type"] == "object" && schema["properties"] is not null
            select $"{operation}: {schema.ToJsonString()}";

        Assert.That(nameless, Is.Empty);
    }

    [Test]
    public void Every_list_of_words_has_a_name()
    {
        var nameless =
            from place in _operations
                .Select(operation => (Name: $"{operation}", Node: operation.Description))
                .Concat(
                    _contract["components"]!["schemas"]!.AsObject().Select(one => (Name: one.Key, Node: one.Value!))
                )
            from schema in Under(place.Node)
            where schema["enum"] is JsonArray && schema != place.Node
            select $"{place.Name}: {schema.ToJsonString()}";

        Assert.That(nameless, Is.Empty);
    }

    [Test]
    public async Task Every_kind_of_refusal_is_explained()
    {
        var responses = _contract["components"]!["responses"]!.AsObject();
        foreach (var (name, response) in responses)
        {
            foreach (var (code, example) in response!["content"]![Problem]!["examples"]!.AsObject())
            {
                Assert.That((string?)example!["value"]!["type"], Is.EqualTo($"/problems/{code}"), name);
                using var explained = await App.GetAsync($"/problems/{code}");
                Assert.That(explained.StatusCode, Is.EqualTo(HttpStatusCode.OK), code);
            }
        }

        var refusals =
            from operation in _operations
            from answer in operation.Description["responses"]!.AsObject()
            where answer.Key[0] is '4' or '5'
            select (string?)answer.Value!["$ref"];
        Assert.That(refusals, Has.All.StartsWith("#/components/responses/Problem"));
    }

    private static async Task EachAsync(IEnumerable<Operation> operations, Func<Operation, List<string>, Task> check)
    {
        var all = new List<string>();
        var tried = 0;
        foreach (var operation in operations)
        {
            var faults = new List<string>();
            await check(operation, faults);
            all.AddRange(faults.Select(fault => $"{operation}: {fault}"));
            tried++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tried, Is.Positive);
            Assert.That(all, Is.Empty, string.Join('\n', all));
        }
    }

    private static void Expect(bool held, string otherwise, List<string> faults)
    {
        if (!held)
        {
            faults.Add(otherwise);
        }
    }

    /// <summary>What is wrong with a refusal: its status, its form, its type, or that the contract does not tell of it.</summary>
    private async Task<IReadOnlyList<string>> FaultsOfProblemAsync(
        Operation? operation,
        HttpResponseMessage answer,
        int status,
        string type
    )
    {
        if ((int)answer.StatusCode != status || answer.Content.Headers.ContentType?.MediaType != Problem)
        {
            return
            [
                $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} and not {status}: {await answer.Content.ReadAsStringAsync()}",
            ];
        }

        var problem = await answer.JsonAsync();
        var faults = new SchemaCheck(_contract)
            .FaultsOf(problem, _contract["components"]!["schemas"]!["Problem"]!)
            .ToList();
        Expect((string?)problem["type"] == $"/problems/{type}", $"it is of the type {problem["type"]}", faults);
        Expect((int?)problem["status"] == status, $"it has the status {problem["status"]}", faults);
        Expect(answer.Headers.CacheControl?.NoStore == true, "it may be kept", faults);
        Expect(operation is null || Told(operation, answer), $"{status} is not in the contract", faults);
        return faults;
    }

    private static async Task<IReadOnlyList<string>> FaultsOfFieldsAsync(HttpResponseMessage answer, string field)
    {
        var named = (await answer.JsonAsync())["errors"]?.AsObject().Select(error => error.Key).ToArray() ?? [];
        return named.SequenceEqual([field]) ? [] : [$"it names {string.Join(", ", named)} and not {field}"];
    }

    private static bool Told(Operation operation, HttpResponseMessage answer) =>
        operation.Description["responses"]![$"{(int)answer.StatusCode}"] is not null;

    private static IEnumerable<string> DescribedHeadersOf(Operation operation, HttpResponseMessage answer) =>
        operation.Description["responses"]![$"{(int)answer.StatusCode}"]?["headers"]?.AsObject().Select(one => one.Key)
        ?? [];

    private static HashSet<string> HeadersOf(HttpResponseMessage answer) =>
        [
            .. answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "Connection"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"),
        ];

    private static IEnumerable<string> AllowOf(HttpResponseMessage answer) => answer.Content.Headers.Allow;

    private static IEnumerable<JsonObject> Under(JsonNode? node) =>
        node switch
        {
            JsonObject members => members
                .Where(member => member.Key is not ("example" or "examples"))
                .SelectMany(member => Under(member.Value))
                .Append(members),
            JsonArray items => items.SelectMany(Under),
            _ => [],
        };

    private IEnumerable<string> OrdersOf(Operation operation)
    {
        var schema = operation.Parameters("query")["sort"]["schema"]!;
        var name = ((string)(schema["items"]?["$ref"] ?? schema["$ref"])!).Split('/')[^1];
        return _contract["components"]!["schemas"]![name]!["enum"]!.AsArray().Select(order => (string)order!);
    }

    private async Task<HashSet<string>> ItemsAsync(string path) =>
        [.. (await App.ReadAsync(path))["items"]!.AsArray().Select(item => item!.ToJsonString())];
}
