using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Every member of every body is sent, read back in the record, in CSV, in NDJSON and in the export; and a wrong value of
/// it is refused by its place. The bodies stand in <c>WholeBodies.json</c>: a new member of the contract gets a value there.
/// </summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class SendingWholeBodies(Engine engine)
{
    private const string Table = "Api.Tests/Contract/WholeBodies.json";

    private static readonly IReadOnlyList<WholeBody> Bodies = JsonSerializer.Deserialize<IReadOnlyList<WholeBody>>(
        File.ReadAllText(Path.Combine(Repository.Root, Table)),
        JsonSerializerOptions.Web
    )!;

    /// <summary>What is no member of a record, and tried where questions are.</summary>
    private static readonly string[] Questions = ["matchNames", "reconcileNames"];

    [Test]
    public async Task Every_member_is_found_again_in_every_form()
    {
        await using var app = await StartAsync();
        var operations = await OperationsAsync(app);
        var faults = new List<string>();
        foreach (var body in Bodies)
        {
            using var sent = await SendAsync(app, operations[body.Operation], body, body.Body);
            if (!sent.IsSuccessStatusCode)
            {
                faults.Add($"{body} is {(int)sent.StatusCode} {await sent.Content.ReadAsStringAsync()}");
                continue;
            }

            var record = await app.ReadAsync(body.Record);
            faults.AddRange(LostOf(body, record).Select(place => $"{body}: {place} is not in {body.Record}"));
        }

        foreach (var list in Bodies.Where(body => !body.Merged).GroupBy(body => body.List))
        {
            var lines = (await app.Http.GetStringAsync($"{list.Key}?format=ndjson"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!)
                .ToList();
            var rows = Csv.Rows(await app.Http.GetStringAsync($"{list.Key}?format=csv"));
            foreach (var body in list)
            {
                var record = await app.ReadAsync(body.Record);
                if (!lines.Any(line => JsonNode.DeepEquals(line, record)))
                {
                    faults.Add($"{body}: the lines of {list.Key} do not have {record.ToJsonString()}");
                }

                var key = body.Record.Split('/')[^1];
                var cells = string.Join('\n', rows.Where(row => row.Take(3).Contains(key)).SelectMany(row => row));
                faults.AddRange(
                    TextsOf(record)
                        .Where(leaf => !cells.Contains(leaf.Text, StringComparison.Ordinal))
                        .Select(leaf => $"{body}: {leaf.Place} is not in the rows of {list.Key}")
                );
            }
        }

        var exported = (await app.Http.GetStringAsync("/v1/export"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => JsonNode.Parse(line)!["record"])
            .ToList();
        foreach (var body in Bodies.Where(body => body.Collection is not ("subscriptions" or "keys") && !body.Merged))
        {
            var record = await app.ReadAsync(body.Record);
            if (!exported.Any(line => JsonNode.DeepEquals(line, record)))
            {
                faults.Add($"{body}: the export does not have {record.ToJsonString()}");
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Distinct()));
    }

    [Test]
    public async Task A_wrong_value_is_refused_by_its_place()
    {
        await using var app = await StartAsync();
        var operations = await OperationsAsync(app);
        var faults = new List<string>();
        foreach (var body in Bodies)
        {
            var operation = operations[body.Operation];
            foreach (var (place, value) in Leaves(body.Body).Where(leaf => !body.Anything.Contains(leaf.Place)))
            {
                JsonNode[] wrong =
                    value!.GetValueKind() == JsonValueKind.String
                        ? [JsonValue.Create(12), new string('a', 20_001)]
                        : ["nonsense", new JsonObject()];
                foreach (var instead in wrong)
                {
                    var changed = body.Body.DeepClone();
                    Put(changed, place, instead.DeepClone());
                    using var answer = await SendAsync(app, operation, body, changed);
                    var name = Regex.Replace(place[1..].Replace('/', '.'), @"\.(\d+)", "[$1]");
                    var problem = answer.StatusCode == HttpStatusCode.BadRequest ? await answer.JsonAsync() : null;
                    if (problem?["errors"]?.AsObject().Any(error => error.Key == name) != true)
                    {
                        faults.Add(
                            $"{body}: {name} as {instead.GetValueKind()} is {(int)answer.StatusCode} {problem?["errors"]?.ToJsonString()}"
                        );
                    }
                }
            }

            using var right = await SendAsync(app, operation, body, body.Body);
            Assert.That(right.IsSuccessStatusCode, Is.True, $"{body}: {await right.Content.ReadAsStringAsync()}");
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public async Task No_member_of_the_contract_is_without_a_value()
    {
        await using var app = await StartAsync();
        var contract = await app.ReadAsync("/openapi/v1.json");
        var missing =
            from operation in Operation.Of(contract)
            where !Questions.Contains(operation.Id)
            from content in operation.Description["requestBody"]?["content"]?.AsObject() ?? []
            where content.Key is "application/json" or "application/merge-patch+json" && operation.Id != "startImport"
            let sent = Bodies
                .Where(body =>
                    body.Operation == operation.Id
                    || (
                        operation.Method is "put" or "patch"
                        && body.Collection == WholeBody.CollectionOf(operation.Pattern)
                    )
                )
                .SelectMany(body => Places(body.Body))
                .ToHashSet()
            from member in Members(contract, content.Value!["schema"]!)
            where !sent.Contains(member) && !sent.Contains(member.TrimEnd('[', ']'))
            select $"{operation.Id}: {member}";

        Assert.That(missing, Is.Empty, $"They are to get values in {Table}.");
    }

    private async Task<RegistryApp> StartAsync() =>
        await RegistryApp.StartAsync(await TestDatabases.TakeUntouchedAsync(engine), withCatalogue: true);

    private static async Task<Dictionary<string, Operation>> OperationsAsync(RegistryApp app) =>
        Operation.Of(await app.ReadAsync("/openapi/v1.json")).ToDictionary(operation => operation.Id);

    private static async Task<HttpResponseMessage> SendAsync(
        RegistryApp app,
        Operation operation,
        WholeBody body,
        JsonNode content
    )
    {
        var path = body.Path.Aggregate(
            operation.Pattern,
            (filled, parameter) => filled.Replace($"{{{parameter.Key}}}", parameter.Value, StringComparison.Ordinal)
        );
        return await app.SendAsync(
            new HttpMethod(operation.Method.ToUpperInvariant()),
            path,
            content.ToJsonString(),
            ifNoneMatch: operation.Method == "put" ? "*" : null
        );
    }

    /// <summary>The places of what was sent and is not in the record, neither there nor, for steps and parts, elsewhere.</summary>
    private static IEnumerable<string> LostOf(WholeBody body, JsonNode record)
    {
        var there = Leaves(record).ToDictionary(leaf => leaf.Place, leaf => leaf.Value!.ToJsonString());
        return Leaves(body.Body)
            .Where(leaf => !body.Hidden.Contains(leaf.Place))
            .Where(leaf =>
                there.GetValueOrDefault(leaf.Place) != leaf.Value!.ToJsonString()
                && (
                    body.IsWhole
                    || !there.ContainsValue(
                        body.Elsewhere.GetValueOrDefault(leaf.Place[1..]) is { } other
                            ? $"\"{other}\""
                            : leaf.Value.ToJsonString()
                    )
                )
            )
            .Select(leaf => leaf.Place);
    }

    private static IEnumerable<(string Place, JsonValue? Value)> Leaves(JsonNode? node, string place = "") =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{place}/{member.Key}")),
            JsonArray items => items.SelectMany((item, index) => Leaves(item, $"{place}/{index}")),
            _ => [(place, node as JsonValue)],
        };

    private static IEnumerable<(string Place, string Text)> TextsOf(JsonNode record) =>
        from leaf in Leaves(record)
        where !leaf.Place.EndsWith("/citation", StringComparison.Ordinal) || leaf.Value is not null
        select (
            leaf.Place,
            leaf.Value!.GetValueKind() == JsonValueKind.String ? (string)leaf.Value! : leaf.Value.ToJsonString()
        );

    /// <summary>The members that the body has, with [] for what stands in a list.</summary>
    private static IEnumerable<string> Places(JsonNode body) =>
        from leaf in Leaves(body)
        let steps = Regex.Replace(leaf.Place[1..], @"/\d+", "[]").Split('/')
        from length in Enumerable.Range(1, steps.Length)
        select string.Join('.', steps.Take(length));

    /// <summary>The members that the schema has, in the same way; what contains itself, once.</summary>
    private static IEnumerable<string> Members(
        JsonNode contract,
        JsonNode schema,
        string place = "",
        string within = ""
    )
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return within.Contains($"{reference};", StringComparison.Ordinal)
                ? []
                : Members(
                    contract,
                    reference.Split('/').Skip(1).Aggregate(contract, (node, step) => node[step]!),
                    place,
                    $"{within}{reference};"
                );
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.SelectMany(choice => Members(contract, choice!, place, within));
        }

        if (schema["items"] is { } items)
        {
            return Members(contract, items, $"{place}[]", within);
        }

        return (schema["properties"]?.AsObject() ?? []).SelectMany(member =>
        {
            var inside = place.Length == 0 ? member.Key : $"{place}.{member.Key}";
            var name = member.Value!["items"] is not null ? $"{inside}[]" : inside;
            return Members(contract, member.Value!, inside, within).Prepend(name);
        });
    }

    private static void Put(JsonNode body, string place, JsonNode value)
    {
        var steps = place[1..].Split('/');
        var owner = steps[..^1]
            .Aggregate(
                body,
                (node, step) =>
                    node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!
            );
        if (owner is JsonArray list)
        {
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            owner[steps[^1]] = value;
        }
    }

    /// <summary>A body of <c>WholeBodies.json</c>.</summary>
    private sealed record WholeBody
    {
        public required string Operation { get; init; }

        /// <summary>The parameters of the path.</summary>
        public Dictionary<string, string> Path { get; init; } = [];

        /// <summary>Where the record is that it is found in.</summary>
        public required string Record { get; init; }

        public required JsonObject Body { get; init; }

        /// <summary>What a member of a step becomes in the record.</summary>
        public Dictionary<string, string> Elsewhere { get; init; } = [];

        /// <summary>The places of what is shown to nobody.</summary>
        public string[] Hidden { get; init; } = [];

        /// <summary>True for a record that a later body merges into another.</summary>
        public bool Merged { get; init; }

        /// <summary>The places where any value is right.</summary>
        public string[] Anything { get; init; } = [];

        /// <summary>True where the body is the record, so that everything is found in its place.</summary>
        public bool IsWhole =>
            Operation.StartsWith("create", StringComparison.Ordinal)
            || Operation.StartsWith("replace", StringComparison.Ordinal);

        public string List => Record[..Record.LastIndexOf('/')];

        public string Collection => CollectionOf(Record);

        /// <summary>The collection that a record or an address of records is of.</summary>
        public static string CollectionOf(string path) => path.Split('/')[^2];

        public override string ToString() => $"{Operation} for {Record}";
    }
}

/// <summary>CSV as RFC 4180 has it.</summary>
internal static class Csv
{
    public static IReadOnlyList<IReadOnlyList<string>> Rows(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            if (quoted && sign == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(sign);
                at++;
            }
            else if (sign == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && sign is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (quoted || sign != '\r')
            {
                cell.Append(sign);
            }
        }

        return rows;
    }
}
