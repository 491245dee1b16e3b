using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Contract;

/// <summary>An operation of the contract, with the examples of its parameters in their places.</summary>
internal sealed record Operation(string Method, string Pattern, JsonNode Description)
{
    public string Path { get; } = Contracts.Filled(Pattern, Description);

    public string Id => (string)Description["operationId"]!;

    public bool IsRead => Method == "get";

    /// <summary>True for what is asked by POST, because the question is long: it writes nothing.</summary>
    public bool IsQuestion => Pattern is "/v1/match" or "/v1/reconcile";

    /// <summary>True for what has no end to wait for, or is as long as the registry.</summary>
    public bool IsStream => IsRead && Contents.All(content => content.Key != "application/json");

    public bool NeedsKey =>
        Description["security"]?.AsArray() is { Count: > 0 } schemes
        && schemes.All(scheme => scheme!.AsObject().Count > 0);

    /// <summary>True for a list in pages.</summary>
    public bool IsList =>
        IsRead && Parameters("query").ContainsKey("cursor") && Parameters("query").ContainsKey("sort");

    /// <summary>The media types of an answer, with what they hold.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Contents =>
        [.. (Description["responses"]!["200"] ?? Description["responses"]!["201"])?["content"]?.AsObject() ?? []];

    /// <summary>The schema of its answer as JSON.</summary>
    public JsonNode Answer => Contents.Single(content => content.Key == "application/json").Value!["schema"]!;

    /// <summary>The media type of its body, or the first of them, and an example of that.</summary>
    public (string MediaType, string Example)? Body =>
        Description["requestBody"]?["content"]?.AsObject().First() is { } content
            ? (content.Key, TextOf(content.Key, content.Value!["example"]!))
            : null;

    public Dictionary<string, JsonNode> Parameters(string place) =>
        (Description["parameters"]?.AsArray() ?? [])
            .Where(parameter => (string?)parameter!["in"] == place)
            .ToDictionary(parameter => (string)parameter!["name"]!, parameter => parameter!);

    /// <summary>The request as the examples have it, with a condition that holds.</summary>
    public HttpRequestMessage Request(string? path = null, string? query = null, string? mediaType = null)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(Method.ToUpperInvariant()),
            query is null ? path ?? Path : With(path ?? Path, query)
        );
        if (Body is { } body)
        {
            request.Content = new StringContent(body.Example, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType ?? body.MediaType);
        }

        if (Parameters("header").ContainsKey("If-Match"))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        return request;
    }

    /// <summary>Its path with more parameters than have to be given.</summary>
    public string With(string query) => With(Path, query);

    private static string With(string path, string query) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    public static string TextOf(string mediaType, JsonNode example) =>
        mediaType switch
        {
            "application/x-www-form-urlencoded" => string.Join(
                '&',
                example.AsObject().Select(field => $"{field.Key}={Uri.EscapeDataString((string)field.Value!)}")
            ),
            _ => example is JsonValue text && text.TryGetValue<string>(out var file) ? file : example.ToJsonString(),
        };

    public override string ToString() => $"{Method.ToUpperInvariant()} {Pattern}";

    public static IReadOnlyList<Operation> Of(JsonNode contract) =>
        [
            .. from path in contract["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select new Operation(operation.Key, path.Key, operation.Value!),
        ];
}
