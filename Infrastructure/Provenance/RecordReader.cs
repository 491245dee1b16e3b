using System.Text.Json;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Provenance;

/// <summary>
/// Reads JSON as a document of a type, by the rules that hold for what callers send. The host gives it, which knows
/// those rules.
/// </summary>
/// <param name="document">The type that the record is written in.</param>
/// <param name="record">The record whole.</param>
public delegate RecordReading RecordReader(Type document, JsonElement record);

/// <summary>A document as it was read.</summary>
/// <param name="Document">What could be read.</param>
/// <param name="Errors">What could not, by the path of the field: <c>standings[0].from</c>.</param>
public sealed record RecordReading(RecordDocument? Document, IReadOnlyDictionary<string, string[]> Errors);
