using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Changes;

/// <summary>A difference between two versions of a record at one path.</summary>
public sealed record FieldChange
{
    /// <summary>The kind of difference.</summary>
    public required FieldChangeKind Op { get; init; }

    /// <summary>
    /// The path, as a JSON Pointer (RFC 6901). The path of an item that was removed from a list has its index in the
    /// former list; the path of any other item has its index in the new one.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The former value; absent when there was none.</summary>
    public JsonNode? From { get; init; }

    /// <summary>The new value; absent when there is none.</summary>
    public JsonNode? To { get; init; }
}

/// <summary>The kind of difference at a path.</summary>
public enum FieldChangeKind
{
    /// <summary>A value was added.</summary>
    Add,

    /// <summary>A value was removed.</summary>
    Remove,

    /// <summary>A value was replaced.</summary>
    Replace,
}
