namespace Registry.Api.Http;

/// <summary>Marks a type whose schema in the contract is one of several types (oneOf).</summary>
/// <param name="types">The types.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OneOfAttribute(params Type[] types) : Attribute
{
    /// <summary>The possible types.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
