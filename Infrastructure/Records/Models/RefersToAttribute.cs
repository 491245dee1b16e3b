namespace Registry.Infrastructure.Records.Models;

/// <summary>
/// A member whose value is the id of another record. The code of a body is completed by the member <c>forum</c> beside
/// it.
/// </summary>
/// <param name="collection">
/// The collection of the record, or null when the member <c>kind</c> or <c>collection</c> beside it names it.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefersToAttribute(string? collection = null) : Attribute
{
    /// <summary>The collection of the record, or null when the member beside it names it.</summary>
    public string? Collection { get; } = collection;
}
