namespace Registry.Api.Http;

/// <summary>A text that comes from the database as it is answered, and is a word of a closed list in the contract.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordOfAttribute(Type list) : Attribute
{
    /// <summary>The list.</summary>
    public Type List { get; } = list;
}
