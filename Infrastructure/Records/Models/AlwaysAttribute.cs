namespace Registry.Infrastructure.Records.Models;

/// <summary>A member that every response has. It may be left out of a record that is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlwaysAttribute : Attribute;
