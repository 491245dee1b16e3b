using System.Reflection;
using System.Text.Json.Nodes;

namespace Registry.Api.Contract;

/// <summary>
/// The answers that the examples got when they were tried in the order of the contract against the default catalogue,
/// shortened, by the operation: <c>TriedAnswers.json</c>, which the test that tries them writes.
/// </summary>
internal static class TriedAnswers
{
    private static readonly Lazy<JsonObject> All = new(Read);

    /// <summary>A copy of the answer, or of an item of it for a list; null where none was tried.</summary>
    public static JsonNode? Of(string operation) => All.Value[operation]?.DeepClone();

    private static JsonObject Read()
    {
        using var file = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream($"{typeof(TriedAnswers).FullName}.json");
        return file is null ? [] : JsonNode.Parse(file)!.AsObject();
    }
}
