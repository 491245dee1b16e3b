using System.Text.Json.Nodes;

namespace Registry.Api.Features.Meetings;

/// <summary>What a correction of steps brings with it.</summary>
internal static class CorrectedSteps
{
    /// <summary>
    /// The patch, so that a status on file gives way where the steps are corrected and no status is said.
    /// </summary>
    public static JsonObject WithStatusOfSteps(this JsonObject patch)
    {
        if (patch["steps"] is not JsonArray { Count: > 0 } || patch.ContainsKey("status"))
        {
            return patch;
        }

        var whole = patch.DeepClone().AsObject();
        whole["status"] = null;
        return whole;
    }
}
