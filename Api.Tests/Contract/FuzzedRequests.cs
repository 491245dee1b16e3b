using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Makes requests from the contract, three of four of them broken. A request depends on the seed, its number and the
/// registry as it was before the first, so that one can be made again alone.
/// </summary>
/// <param name="Seed">What all is made from.</param>
/// <param name="Contract">The contract that is served.</param>
/// <param name="Ids">The ids on record, by collection; those of bodies after their forums, as CICA/secretariat.</param>
/// <param name="Pages">Addresses of second pages.</param>
/// <param name="Now">An instant after everything that was on record.</param>
internal sealed record FuzzedRequests(
    int Seed,
    JsonNode Contract,
    IReadOnlyDictionary<string, string[]> Ids,
    IReadOnlyList<string> Pages,
    string Now
)
{
    /// <summary>Values of parameters; one that matches the pattern is taken.</summary>
    private static readonly string[] Values =
    [
        "CICA",
        "KAZ",
        "kaz.foreign-minister",
        "CICA/secretariat",
        "summit",
        "wikidata:Q7184",
        "/founded",
        "1.1",
        "en",
        "ru",
        "memberships",
    ];

    /// <summary>Parameters that need others beside them, or a value that no schema tells.</summary>
    private static readonly string[] LeftOut =
    [
        "cursor",
        "fields",
        "deleted",
        "bom",
        "queries",
        "extend",
        "before",
        "collection",
        "state",
        "version",
    ];

    private static readonly IReadOnlyList<JsonNode> Bodies =
    [
        .. JsonNode
            .Parse(File.ReadAllText(Path.Combine(Repository.Root, "Api.Tests/Contract/WholeBodies.json")))!
            .AsArray()
            .Select(body => body!),
    ];

    private static readonly ILookup<string, JsonNode> Wholes = Bodies.ToLookup(body => (string)body["operation"]!);

    public IReadOnlyList<Operation> Operations { get; } = Operation.Of(Contract);

    /// <summary>Every cursor that is known.</summary>
    private IReadOnlyList<string> Cursors { get; } =
    [.. Pages.Select(page => Regex.Match(page, "[?&]cursor=([^&]+)").Groups[1].Value)];

    /// <summary>The requests that make the records of <c>WholeBodies.json</c>, in its order.</summary>
    public static IEnumerable<(HttpMethod Method, string Path, string Body, string? IfNoneMatch)> WholeRequests(
        IReadOnlyList<Operation> operations
    ) =>
        from whole in Bodies
        let operation = operations.Single(operation => operation.Id == (string)whole["operation"]!)
        select (
            new HttpMethod(operation.Method.ToUpperInvariant()),
            Filled(operation, whole["path"]?.AsObject() ?? []),
            whole["body"]!.ToJsonString(),
            operation.Method == "put" ? "*" : null
        );

    public FuzzedRequest Make(int number)
    {
        var random = new Random(unchecked((Seed * 1_000_003) + number));

        // Every operation has its turn.
        var request = Valid(Operations[number % Operations.Count], number, random);
        if (random.Next(4) > 0)
        {
            var breaking = new Breaking(request, random, Cursors, Ids);
            for (var breaks = random.Next(1, 4); breaks > 0; breaks--)
            {
                breaking.BreakSomething();
            }
        }

        return request;
    }

    private FuzzedRequest Valid(Operation operation, int number, Random random)
    {
        var examples = ExampleWalk.Of(operation).ToArray();
        var example = examples[random.Next(examples.Length)];
        var address = example.Address.Split('?', 2);
        var isFresh = operation.Method == "put" && random.Next(2) == 0;
        var whole =
            example.IsFirst && operation.Method == "post" && random.Next(3) == 0 && Wholes[operation.Id].Any()
                ? Wholes[operation.Id].ElementAt(random.Next(Wholes[operation.Id].Count()))
                : null;
        var request = new FuzzedRequest(operation, number)
        {
            Path = PathOf(operation, address[0], whole, isFresh ? number : null, random),
        };
        if (operation.IsList && random.Next(10) == 0 && PageOf(operation, random) is { } page)
        {
            // A second page goes with the parameters of the first.
            request.Path = page.Path;
            request.Query.AddRange(page.Query);
        }
        else
        {
            AddParameters(request, address.ElementAtOrDefault(1), random);
        }

        if (example.MediaType is { } mediaType)
        {
            request.MediaType = mediaType;
            var body = (whole?["body"] ?? example.Body!).DeepClone();
            if (operation.Method == "post" || isFresh)
            {
                Rename(operation, body, number);
            }

            request.Body = Encoding.UTF8.GetBytes(Operation.TextOf(mediaType, body));
        }

        AddHeaders(request, isFresh, random);
        return request;
    }

    private string PathOf(Operation operation, string example, JsonNode? whole, int? fresh, Random random)
    {
        if (whole?["path"] is JsonObject given)
        {
            return Filled(operation, given);
        }

        var segments = operation.Pattern.Split('/');
        if (
            fresh is { } number
            && segments[^1] is ("{id}" or "{code}")
            && !example.Contains("/memberships/", StringComparison.Ordinal)
        )
        {
            return $"{example[..example.LastIndexOf('/')]}/{FreshId(operation, number)}";
        }

        // A read is of any record that is there.
        return
            operation.IsRead
            && random.Next(2) == 0
            && segments is [_, _, var collection, "{id}" or "{code}" or "{forum}", ..]
            && !segments.Skip(4).Any(segment => segment.StartsWith('{'))
            && Ids.GetValueOrDefault(collection) is { } ids
            ? string.Join('/', [.. example.Split('/')[..3], ids[random.Next(ids.Length)], .. example.Split('/')[4..]])
            : example;
    }

    private static string Filled(Operation operation, JsonObject parameters) =>
        parameters.Aggregate(
            operation.Pattern,
            (path, parameter) =>
                path.Replace($"{{{parameter.Key}}}", (string)parameter.Value!, StringComparison.Ordinal)
        );

    private (string Path, IEnumerable<(string, string)> Query)? PageOf(Operation operation, Random random)
    {
        var pages = Pages
            .Where(page => page.Split('?')[0].Equals(operation.Path.Split('?')[0], StringComparison.Ordinal))
            .ToArray();
        if (pages.Length == 0)
        {
            return null;
        }

        var page = pages[random.Next(pages.Length)].Split('?', 2);
        return (page[0], page[1].Split('&').Select(one => one.Split('=', 2)).Select(one => (one[0], one[1])));
    }

    /// <summary>Adds the required parameters as their examples have them, and some others.</summary>
    private void AddParameters(FuzzedRequest request, string? examples, Random random)
    {
        var operation = request.Operation;
        request.Query.AddRange(
            (examples?.Split('&') ?? [])
                .Select(one => one.Split('=', 2))
                .Select(one =>
                    (one[0], operation.Id == "startImport" && one[0] == "id" ? $"fuzz-{request.Number}" : one[1])
                )
        );
        var optional = operation
            .Parameters("query")
            .Where(parameter =>
                !LeftOut.Contains(parameter.Key) && request.Query.All(given => given.Name != parameter.Key)
            )
            .ToArray();
        for (var more = optional.Length == 0 ? 0 : random.Next(3); more > 0; more--)
        {
            var (name, description) = optional[random.Next(optional.Length)];
            if (
                request.Query.All(given => given.Name != name)
                && ValueOf(name, Resolved(description["schema"]!), random) is { } value
            )
            {
                request.Query.Add((name, Uri.EscapeDataString(value)));
            }
        }
    }

    /// <summary>A value that the schema allows, or null when none is known.</summary>
    private string? ValueOf(string name, JsonNode schema, Random random)
    {
        if (schema["enum"]?.AsArray() is { } words)
        {
            return (string?)words[random.Next(words.Count)];
        }

        if (schema["examples"]?.AsArray() is { } dates)
        {
            return (string?)dates[random.Next(dates.Count)];
        }

        return (string?)schema["type"] switch
        {
            // A request that waits says nothing more than one that does not.
            "integer" when name == "wait" => "0",
            "integer" => random.Next((int?)schema["minimum"] ?? 1, 20).ToString(CultureInfo.InvariantCulture),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "array" => ValueOf(name, Resolved(schema["items"]!), random),
            "string" when (string?)schema["format"] == "date-time" => Now,
            "string" when (string?)schema["pattern"] is { } pattern => Values.FirstOrDefault(value =>
                Regex.IsMatch(value, pattern)
            ),
            _ => null,
        };
    }

    private static void AddHeaders(FuzzedRequest request, bool isFresh, Random random)
    {
        var has = request.Operation.Parameters("header");
        if (has.ContainsKey("Idempotency-Key") && random.Next(3) == 0)
        {
            request.Headers.Add(("Idempotency-Key", $"fuzz-{request.Number}"));
        }

        if (has.ContainsKey("Prefer"))
        {
            request.Headers.Add(("Prefer", "wait=1"));
        }

        if (isFresh)
        {
            request.Headers.Add(("If-None-Match", "*"));
        }
        else if (has.ContainsKey("If-Match"))
        {
            request.Headers.Add(("If-Match", "*"));
        }
    }

    /// <summary>Gives the record of the body an id of its own.</summary>
    private static void Rename(Operation operation, JsonNode body, int number)
    {
        if (body is JsonObject members && members.ContainsKey("id"))
        {
            members["id"] = FreshId(operation, number);
        }
        else if (body is JsonObject coded && coded.ContainsKey("code"))
        {
            coded["code"] = FreshId(operation, number);
        }
    }

    private static string FreshId(Operation operation, int number) =>
        operation.Id switch
        {
            "createForum" or "replaceForum" => $"FZ-{number}",
            "createState" or "replaceState" => $"X{(char)('A' + (number / 26 % 26))}{(char)('A' + (number % 26))}",
            _ => $"fuzz-{number}",
        };

    private JsonNode Resolved(JsonNode schema) =>
        (string?)schema["$ref"] is { } name
            ? name.Split('/').Skip(1).Aggregate(Contract, (node, segment) => node[segment]!)
            : schema;
}
