using System.Text.Json.Nodes;
using Registry.Bench.Load;

namespace Registry.Bench.Parts;

/// <summary>Holds those who are compared to the same answer: a program that says less is no measure.</summary>
internal static class Bodies
{
    /// <summary>Asks both and compares what they say; of a page, the items.</summary>
    /// <exception cref="InvalidOperationException">They say something else.</exception>
    public static async Task SameAsync(Callers ours, byte[] question, Callers theirs, byte[] asTheirs)
    {
        var (one, other) = (await ReadAsync(ours, question), await ReadAsync(theirs, asTheirs));
        if (!JsonNode.DeepEquals(one, other))
        {
            throw new InvalidOperationException($"They do not say the same:\n{one}\n{other}");
        }
    }

    private static async Task<JsonNode> ReadAsync(Callers callers, byte[] question)
    {
        var body = JsonNode.Parse(await callers.ReadAsync(question))!;
        return body["items"] ?? body;
    }
}
