using Registry.Domain;
using Registry.Infrastructure.Provenance;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// The reason why a row, or a whole file, was refused: the problem that the same record would get over HTTP.
/// </summary>
/// <param name="Code">The code of the problem type.</param>
/// <param name="Detail">The detail of this case.</param>
/// <param name="Errors">The fields at fault, each with the reasons.</param>
public sealed record Refusal(string Code, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The problem type of an invalid record.</summary>
    internal const string Invalid = "invalid-request";

    /// <summary>The problem type of an unreadable record.</summary>
    internal const string Unreadable = "unreadable-request";

    /// <summary>
    /// The code for something without a field in the registry, which is no refusal: the rest is imported.
    /// </summary>
    internal const string LeftOut = "left-out";

    internal static Refusal Of(RegistryException refused) =>
        refused is IllegalValueException illegal
            ? At(illegal.Field, illegal.Message)
            : new(refused.Code, refused.Message);

    internal static Refusal Of(RecordReading reading) => new(Invalid, null, reading.Errors);

    internal static Refusal At(string field, string sentence) =>
        new(Invalid, null, new Dictionary<string, string[]> { [field] = [sentence] });

    /// <summary>True when a retry may succeed after other rows are written.</summary>
    internal bool MayPass => Code is "unknown-reference" or "not-found";
}
