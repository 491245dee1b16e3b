namespace Registry.Infrastructure.Records.Models;

/// <summary>
/// A member whose record can be included in a list. It refers to the record as <see cref="RefersToAttribute"/>
/// describes, or is an object with the members kind and code, or collection and id.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpandableAttribute : Attribute;
