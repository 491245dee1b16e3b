using System.Text;

namespace Registry.Api.Tests.Contract;

/// <summary>A request in its parts, each of which can be broken.</summary>
internal sealed class FuzzedRequest(Operation operation, int number)
{
    private const int MostShown = 400;

    public Operation Operation => operation;

    public int Number => number;

    /// <summary>The reason of the write, by which its changes are known in the change log.</summary>
    public string Reason { get; } = $"Fuzzed request {number}";

    public string Method { get; set; } = operation.Method.ToUpperInvariant();

    public required string Path { get; set; }

    /// <summary>The parameters, percent-encoded.</summary>
    public List<(string Name, string Value)> Query { get; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public string? MediaType { get; set; }

    public byte[]? Body { get; set; }

    /// <summary>The breaks; empty for a valid request.</summary>
    public List<string> Breaks { get; } = [];

    /// <summary>True when method or path may be those of another operation.</summary>
    public bool IsElsewhere { get; set; }

    public string Target =>
        Query.Count == 0
            ? Path
            : $"{Path}?{string.Join('&', Query.Select(parameter => $"{parameter.Name}={parameter.Value}"))}";

    /// <summary>The message as it is sent: nothing of its address is put in order.</summary>
    /// <exception cref="FormatException">The client cannot send it.</exception>
    public HttpRequestMessage Message(Uri root)
    {
        var address = new Uri(
            $"{root.GetLeftPart(UriPartial.Authority)}{Target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        var message = new HttpRequestMessage(new HttpMethod(Method), address);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
            }
        }

        message.Headers.TryAddWithoutValidation("X-Reason", Reason);
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    public override string ToString() =>
        string.Join(
            "\n  ",
            [
                $"request {number}, {operation.Id}: {Method} {Shown(Target)}",
                .. Headers.Select(header => $"{header.Name}: {Shown(header.Value)}"),
                .. Body is null
                    ? Array.Empty<string>()
                    : [$"{MediaType}, {Body.Length} bytes: {Shown(Encoding.UTF8.GetString(Body))}"],
                $"broken: {string.Join("; ", Breaks)}",
            ]
        );

    private static string Shown(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;
}
