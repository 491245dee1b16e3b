namespace Registry.Infrastructure.Records.Writing;

/// <summary>A query whose result will be needed.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">Its parameters, which equal others with the same names and values.</param>
internal sealed record ReadAhead(string Sql, object Parameters);
