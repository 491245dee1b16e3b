namespace Registry.Infrastructure.Records.Documents;

/// <summary>A member that every answer has, although it is not asked for where a record is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlwaysAttribute : Attribute;
