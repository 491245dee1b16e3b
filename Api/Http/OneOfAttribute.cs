namespace Registry.Api.Http;

/// <summary>Marks a type that stands in the contract for an answer that has the shape of one of several types.</summary>
/// <param name="types">The types.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OneOfAttribute(params Type[] types) : Attribute
{
    /// <summary>The types that the answer can be of.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
