using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Changes;

/// <summary>What two versions of a record say differently at one place.</summary>
public sealed record FieldChange
{
    /// <summary>What was done at the place.</summary>
    public required FieldChangeKind Op { get; init; }

    /// <summary>
    /// The place, as a JSON Pointer (RFC 6901). An item that was removed from a list is named by its place in the list
    /// before; any other item by its place in the list after.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What was there; absent where there was nothing.</summary>
    public JsonNode? From { get; init; }

    /// <summary>What is there now; absent where there is nothing.</summary>
    public JsonNode? To { get; init; }
}

/// <summary>What was done at a place of a record.</summary>
public enum FieldChangeKind
{
    /// <summary>There is something where nothing was.</summary>
    Add,

    /// <summary>There is nothing where something was.</summary>
    Remove,

    /// <summary>There is something else.</summary>
    Replace,
}
