using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>Tries the examples of the contract, as they stand and in its order.</summary>
internal sealed class ExampleWalk(RegistryApp app)
{
    private static readonly ConcurrentDictionary<RegistryApp, Lazy<Task>> Made = [];

    public RegistryApp App => app;

    /// <summary>Makes what the examples make and does not take away again what they delete; once in each program.</summary>
    public static Task MakeAsync(RegistryApp app) =>
        Made.GetOrAdd(app, of => new Lazy<Task>(() => MakeAllAsync(of))).Value;

    /// <summary>The requests of the operation: one for each media type of its body, and one where it has none.</summary>
    public static IEnumerable<Example> Of(Operation operation)
    {
        var bodies = operation.Description["requestBody"]?["content"]?.AsObject();
        return bodies is null
            ? [new Example(operation, null, null)]
            // A workbook is no text, and so has no example.
            : bodies
                .Where(body => body.Value!["example"] is not null)
                .Select(
                    (body, place) => new Example(operation, body.Key, body.Value!["example"]) { IsFirst = place == 0 }
                );
    }

    private static async Task MakeAllAsync(RegistryApp app)
    {
        var operations = Operation.Of(await app.ReadAsync("/openapi/v1.json"));
        foreach (
            var example in operations
                .Where(operation =>
                    operation.Method is "post" or "put"
                    && !operation.Pattern.EndsWith("/merge", StringComparison.Ordinal)
                    && !operation.Pattern.EndsWith("/restore", StringComparison.Ordinal)
                )
                .SelectMany(Of)
        )
        {
            using var answer = await app.Http.SendAsync(example.Request());
            Assert.That(answer.IsSuccessStatusCode, Is.True, $"{example}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}

/// <summary>One request as the contract shows it.</summary>
internal sealed record Example(Operation Operation, string? MediaType, JsonNode? Body)
{
    /// <summary>Where there are several media types, the parameters that may be left out are those of the first.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>The address with the examples of all parameters that have one.</summary>
    public string Address
    {
        get
        {
            var query = Operation
                .Parameters("query")
                .Where(parameter =>
                    parameter.Value["example"] is not null && (IsFirst || (bool?)parameter.Value["required"] == true)
                )
                .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString((string)parameter.Value["example"]!)}")
                // What a table is of, nothing but the caller can say.
                .Concat(MediaType == "text/csv" ? ["collection=memberships"] : []);
            var path = Operation
                .Parameters("path")
                .Aggregate(
                    Operation.Pattern,
                    (filled, parameter) =>
                        filled.Replace(
                            $"{{{parameter.Key}}}",
                            (string)parameter.Value["example"]!,
                            StringComparison.Ordinal
                        )
                );
            return string.Join('?', new[] { path, string.Join('&', query) }.Where(part => part.Length > 0));
        }
    }

    /// <summary>The request, with headers of the caller's own beside or instead of those of the example.</summary>
    public HttpRequestMessage Request(params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(Operation.Method.ToUpperInvariant()), Address);
        if (MediaType is not null)
        {
            request.Content = new StringContent(Operation.TextOf(MediaType, Body!), Encoding.UTF8);
            request.Content.Headers.ContentType = new(MediaType);
        }

        foreach (
            var (name, value) in Operation
                .Parameters("header")
                .Select(parameter => (parameter.Key, Value: (string?)parameter.Value["example"]))
                .Where(header => headers.All(own => own.Name != header.Key))
                .Concat(headers)
                .Where(header => header.Value is not null)
        )
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public override string ToString() => $"{Operation.Method.ToUpperInvariant()} {Address} {MediaType}";
}
