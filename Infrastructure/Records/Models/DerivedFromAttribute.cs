namespace Registry.Infrastructure.Records.Models;

/// <summary>
/// A member that is derived from a list when the record does not have it. A patch of that list which leaves the member out
/// removes it, so that it is derived from the new list.
/// </summary>
/// <param name="list">The name of the list in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DerivedFromAttribute(string list) : Attribute
{
    /// <summary>The name of the list in JSON.</summary>
    public string List { get; } = list;
}
