using System.Text.Json;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Provenance;

/// <summary>Deserializes JSON as a document of a type, with the validation of requests. The host provides it.</summary>
/// <param name="document">The type of the document.</param>
/// <param name="record">The whole record.</param>
public delegate RecordReading RecordReader(Type document, JsonElement record);

/// <summary>The result of the deserialization of a record.</summary>
/// <param name="Model">The record as far as it is valid.</param>
/// <param name="Errors">The errors, by the path of the field: <c>standings[0].from</c>.</param>
public sealed record RecordReading(RecordModel? Model, IReadOnlyDictionary<string, string[]> Errors);
