using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Registry.Api.Tests.Contract;

/// <summary>Shows that a parameter does something: gives null when its effect is visible, else what is seen instead.</summary>
internal delegate Task<string?> Effect(Probe probe);

/// <summary>
/// One row of <see cref="ParameterUses"/>: the parameter by its name alone, for all operations that have it, or as
/// <c>operationId.name</c> for one of them; and the values that succeed, each with the effect it must have.
/// </summary>
internal sealed record ParameterUse(string Key, params Effect[] Effects)
{
    /// <summary>The address to ask, where that of the example has too little to show.</summary>
    public string? At { get; init; }

    /// <summary>The parameters without which this one means nothing, such as <c>changedSince=…</c>.</summary>
    public Func<ParameterScene, string>? Beside { get; init; }

    /// <summary>Values that are refused; those that break the schema of the parameter when absent.</summary>
    public string[]? Refused { get; init; }

    /// <summary>Why no value of the parameter is refused.</summary>
    public string? NeverRefused { get; init; }
}

/// <summary>A parameter of an operation under test.</summary>
internal sealed record Probe(
    ParameterScene Scene,
    Operation Operation,
    string Name,
    JsonNode Description,
    string Address
)
{
    public bool IsHeader => (string?)Description["in"] == "header";

    /// <summary>The schema of one value.</summary>
    public JsonNode Schema => Scene.Resolved(Scene.Resolved(Description["schema"]!)["items"] ?? Description["schema"]!);

    /// <summary>The words among which the parameter chooses.</summary>
    public IReadOnlyList<string> Words => [.. (Schema["enum"]?.AsArray() ?? []).Select(word => (string)word!)];

    /// <summary>The address with the value, instead of that of the example where it has one.</summary>
    public string With(string value) =>
        ParameterScene.With(
            Regex.Replace(Address, $@"(?<=[?&]){Name}=[^&]*&?", "").TrimEnd('?', '&'),
            $"{Name}={Uri.EscapeDataString(value)}"
        );

    /// <summary>Asks the operation at the address, with the body of its example where it has one.</summary>
    public Task<HttpResponseMessage> AskAsync(string address) => Scene.App.Http.SendAsync(Operation.Request(address));

    public Task<JsonNode> WithoutAsync() => Scene.ReadAsync(Address);

    /// <summary>Every item of the list, page after page, as the parameter chooses them.</summary>
    public Task<IReadOnlyList<JsonNode>> ItemsAsync(string? value = null) =>
        Scene.ItemsAsync(value is null ? Address : With(value));
}
