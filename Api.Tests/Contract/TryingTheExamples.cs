using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Every example of the contract, writes included, in its order against the default catalogue; and with each write, what
/// the headers do that it may have.
/// </summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed partial class TryingTheExamples(Engine engine)
{
    /// <summary>Writes <c>TriedAnswers.json</c> anew where it is set.</summary>
    private const string Variable = "REGISTRY_TEST_RECORD_ANSWERS";

    private const int MostItems = 2;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string File = Path.Combine(Repository.Root, "Api/Contract/Examples/TriedAnswers.json");

    /// <summary>What cannot succeed on any registry, with the refusal that its example gives.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        // The import that the example before it started has ended by then.
        ["cancelImport"] = "/problems/import-ended",
    };

    /// <summary>What is another every time, as the network is; and lists that have nothing in them where they are tried.</summary>
    private static readonly string[] NotCompared =
    [
        "testSubscription",
        "listDeliveries",
        "reviewChairmanships",
        "listImports",
        "listSubscriptions",
        "listAudit",
        "listKeys",
        "getCaller",
        "getStatus",
    ];

    [Test]
    public async Task Every_example_succeeds_in_the_order_of_the_contract_and_gives_what_it_shows()
    {
        await using var app = await StartAsync();
        var operations = Operation.Of(await app.ReadAsync("/openapi/v1.json"));
        var faults = new List<string>();
        var tried = new JsonObject();
        foreach (var example in operations.SelectMany(ExampleWalk.Of))
        {
            using var answer = await app.Http.SendAsync(example.Request(), HttpCompletionOption.ResponseHeadersRead);
            var id = example.Operation.Id;
            if (Refused.GetValueOrDefault(id) is { } type)
            {
                var problem = await answer.JsonAsync();
                if ((string?)problem["type"] != type)
                {
                    faults.Add($"{example} is {(int)answer.StatusCode} {problem["type"]} and not {type}");
                }
            }
            else if (!answer.IsSuccessStatusCode)
            {
                faults.Add($"{example} is {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
            else if (answer.Content.Headers.ContentType?.MediaType == "application/json")
            {
                var given = Settled(await answer.JsonAsync());
                if (
                    example.IsFirst
                    && Shortened(
                        example.Operation.IsList || id == "listChanges"
                            ? given["items"]?.AsArray().FirstOrDefault()
                            : given
                    )
                        is { } shown
                )
                {
                    tried[id] = shown;
                }

                if (
                    !NotCompared.Contains(id)
                    && example.IsFirst
                    && ShownBy(example.Operation) is { } expected
                    && FaultOf(expected, given) is { } fault
                )
                {
                    faults.Add($"{example} gives {fault}");
                }
            }
        }

        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            await System.IO.File.WriteAllTextAsync(File, tried.ToJsonString(Readable) + "\n");
        }

        Assert.That(
            faults,
            Is.Empty,
            $"{string.Join('\n', faults)}\nWhere the answers are right, write them down with {Variable}=1 dotnet test "
                + "--filter TryingTheExamples, then build and make openapi.yaml anew."
        );
    }

    [Test]
    public async Task Every_header_of_a_write_has_an_effect_and_refuses_what_it_cannot_understand()
    {
        await using var app = await StartAsync();
        var faults = new List<string>();
        foreach (
            var example in Operation
                .Of(await app.ReadAsync("/openapi/v1.json"))
                .Where(operation => !operation.IsRead && !operation.IsQuestion && !Refused.ContainsKey(operation.Id))
                .SelectMany(ExampleWalk.Of)
        )
        {
            faults.AddRange((await FaultsOfHeadersAsync(app, example)).Select(fault => $"{example}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    private async Task<RegistryApp> StartAsync() =>
        await RegistryApp.StartAsync(await TestDatabases.TakeUntouchedAsync(engine), withCatalogue: true);

    /// <summary>Sends the example with headers that are refused, then once with those that have an effect.</summary>
    private static async Task<IReadOnlyList<string>> FaultsOfHeadersAsync(RegistryApp app, Example example)
    {
        var faults = new List<string>();
        var has = example.Operation.Parameters("header");
        var unknown = has.Keys.Except(["X-Reason", "Idempotency-Key", "If-Match", "If-None-Match", "Prefer"]).ToList();
        faults.AddRange(unknown.Select(name => $"{name} is new: {nameof(TryingTheExamples)} shows what it does."));
        await RefusedAsync("X-Reason", new string('a', 501), 400);
        await RefusedAsync("Idempotency-Key", new string('a', 256), 400);
        await RefusedAsync("If-Match", "nonsense", 400);
        await RefusedAsync("If-None-Match", "\"1\"", 400);
        await RefusedAsync("Prefer", new string('a', 201), 400);
        if (example.Operation.Method != "put")
        {
            await RefusedAsync("If-Match", "\"999999\"", 412);
        }

        if (example.Operation.Method is "patch" or "delete")
        {
            await RefusedAsync("If-Match", null, 428);
        }

        // What takes effect: the reason is in the change, and with its key the request is answered as before.
        var last = await app.LastSequenceAsync();
        const string Reason = "Because it is so.";
        (string, string?)[] headers =
        [
            .. has.ContainsKey("X-Reason") ? [("X-Reason", (string?)Reason)] : Array.Empty<(string, string?)>(),
            .. has.ContainsKey("Idempotency-Key")
                ? [("Idempotency-Key", (string?)$"{Guid.NewGuid()}")]
                : Array.Empty<(string, string?)>(),
        ];
        using var answer = await app.Http.SendAsync(example.Request(headers));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            faults.Add($"{(int)answer.StatusCode} {text}");
            return faults;
        }

        var written = (await app.ReadAsync($"/v1/changes?after={last}"))["items"]!.AsArray();
        if (
            has.ContainsKey("X-Reason")
            && (
                example.Operation.Id == "startImport"
                    ? (string?)JsonNode.Parse(text)!["reason"] != Reason
                    : written.Count == 0 || written.Any(change => (string?)change!["reason"] != Reason)
            )
        )
        {
            faults.Add("X-Reason is nowhere to be seen");
        }

        if (has.ContainsKey("Prefer") != answer.Headers.Contains("Preference-Applied"))
        {
            faults.Add("Prefer is not applied");
        }

        if (has.ContainsKey("Idempotency-Key"))
        {
            using var again = await app.Http.SendAsync(example.Request(headers));
            if (again.StatusCode != answer.StatusCode || await again.Content.ReadAsStringAsync() != text)
            {
                faults.Add($"sent again with its key it is {(int)again.StatusCode}");
            }

            if ((await app.ReadAsync($"/v1/changes?after={last}"))["items"]!.AsArray().Count != written.Count)
            {
                faults.Add("sent again with its key it is carried out again");
            }
        }

        if (has.ContainsKey("If-None-Match"))
        {
            await RefusedAsync("If-None-Match", "*", 412);
            await RefusedAsync("If-None-Match", null, 428);
            using var held = await app.Http.SendAsync(
                example.Request(("If-None-Match", null), ("If-Match", answer.Headers.ETag!.ToString()))
            );
            if (!held.IsSuccessStatusCode)
            {
                faults.Add($"If-Match with its ETag is {(int)held.StatusCode}");
            }
        }

        return faults;

        async Task RefusedAsync(string header, string? value, int status)
        {
            if (!has.ContainsKey(header))
            {
                return;
            }

            using var refused = await app.Http.SendAsync(example.Request((header, value)));
            var problem = JsonNode.Parse(
                await refused.Content.ReadAsStringAsync() is { Length: > 0 } body ? body : "{}"
            )!;
            if ((int)refused.StatusCode != status || (status == 400 && problem["errors"]?[header] is null))
            {
                faults.Add($"{header}: {value} is {(int)refused.StatusCode} {problem}");
            }
        }
    }

    private static JsonNode? ShownBy(Operation operation) =>
        operation.Contents.FirstOrDefault(content => content.Key == "application/json").Value?["example"];

    /// <summary>Where the answer is not as the example shows it, which may leave members and later items out.</summary>
    private static string? FaultOf(JsonNode? shown, JsonNode? given, string place = "")
    {
        switch (shown)
        {
            case JsonObject members:
                return members
                    .Select(member =>
                        member.Key is "version" or "etag" or "sequence" or "next" or "position" or "duration"
                            ? null
                            : FaultOf(member.Value, (given as JsonObject)?[member.Key], $"{place}/{member.Key}")
                    )
                    .FirstOrDefault(fault => fault is not null);
            case JsonArray items:
                return items
                    .Select(
                        (item, index) =>
                            FaultOf(item, (given as JsonArray)?.ElementAtOrDefault(index), $"{place}/{index}")
                    )
                    .FirstOrDefault(fault => fault is not null);
            default:
                return JsonNode.DeepEquals(Settled(shown?.DeepClone()), given)
                    ? null
                    : $"{given?.ToJsonString() ?? "nothing"} and not {shown?.ToJsonString()} at {place}";
        }
    }

    /// <summary>The answer with the instants, secrets and hosts of every other try.</summary>
    private static JsonNode Settled(JsonNode? answer) =>
        answer is null
            ? null!
            : JsonNode.Parse(
                Keys()
                    .Replace(
                        Secrets()
                            .Replace(
                                Hosts()
                                    .Replace(
                                        Instants().Replace(answer.ToJsonString(), "2026-01-15T09:30:00.000000Z"),
                                        "https://registry.example"
                                    ),
                                "whsec_YW4gZXhhbXBsZSwgbm90IGEgc2VjcmV0"
                            ),
                        $"reg_{new string('0', 49)}"
                    )
            )!;

    /// <summary>The answer with no more than the first items of every list in it.</summary>
    private static JsonNode? Shortened(JsonNode? answer) =>
        answer switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Shortened(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Take(MostItems).Select(Shortened)]),
            _ => answer?.DeepClone(),
        };

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Instants();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Hosts();

    [GeneratedRegex(@"whsec_[A-Za-z0-9\\+/=]+")]
    private static partial Regex Secrets();

    [GeneratedRegex("reg_[A-Za-z0-9]{49}")]
    private static partial Regex Keys();
}
