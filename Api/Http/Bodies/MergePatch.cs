using System.Text.Json.Nodes;

namespace Registry.Api.Http.Bodies;

/// <summary>
/// Applies a JSON merge patch (RFC 7396): null removes, an absent member stays, lists are replaced as a whole.
/// </summary>
internal static class MergePatch
{
    /// <summary>The record after the patch.</summary>
    public static JsonObject Apply(string record, JsonObject patch)
    {
        var target = JsonNode.Parse(record)!.AsObject();
        Merge(target, patch);
        return target;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, change) in patch)
        {
            if (change is null)
            {
                target.Remove(name);
            }
            else if (change is JsonObject nested)
            {
                if (target[name] is not JsonObject inner)
                {
                    target[name] = inner = [];
                }

                Merge(inner, nested);
            }
            else
            {
                target[name] = change.DeepClone();
            }
        }
    }
}
