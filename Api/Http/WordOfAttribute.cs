namespace Registry.Api.Http;

/// <summary>Marks a text from the database that is an enum in the contract.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordOfAttribute(Type list) : Attribute
{
    /// <summary>The enum type.</summary>
    public Type List { get; } = list;
}
