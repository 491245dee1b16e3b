namespace Registry.Infrastructure.Records.Documents;

/// <summary>
/// A member whose value is the id of another record. The code of a body is completed by the member <c>forum</c> beside it.
/// </summary>
/// <param name="collection">
/// The collection that the record is in; null where the member <c>kind</c> or <c>collection</c> beside it says so.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefersToAttribute(string? collection = null) : Attribute
{
    /// <summary>The collection that the record is in; null where the member beside it says so.</summary>
    public string? Collection { get; } = collection;
}
