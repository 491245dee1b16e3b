using System.Reflection;
using System.Text.Json.Nodes;

namespace Registry.Api.Contract.Examples;

/// <summary>
/// The recorded responses to the examples, shortened, by operation: <c>TriedAnswers.json</c>. A test runs the examples
/// in the order of the contract against the default catalogue and writes that file.
/// </summary>
internal static class TriedAnswers
{
    private static readonly Lazy<JsonObject> All = new(Read);

    /// <summary>A copy of the response, or of an item of it for a list; null when none is recorded.</summary>
    public static JsonNode? Of(string operation) => All.Value[operation]?.DeepClone();

    private static JsonObject Read()
    {
        using var file = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream($"{typeof(TriedAnswers).FullName}.json");
        return file is null ? [] : JsonNode.Parse(file)!.AsObject();
    }
}
