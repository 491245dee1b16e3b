using Registry.Domain;
using Registry.Infrastructure.Provenance;

namespace Registry.Infrastructure.Importing;

/// <summary>Why a row, or a whole file, was refused: what the same record would hear over HTTP.</summary>
/// <param name="Code">The name of the problem type.</param>
/// <param name="Detail">What happened in this case.</param>
/// <param name="Errors">Every field at fault, with the reasons.</param>
public sealed record Refusal(string Code, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The problem type of what cannot be understood.</summary>
    internal const string Invalid = "invalid-request";

    /// <summary>The problem type of what cannot be read.</summary>
    internal const string Unreadable = "unreadable-request";

    /// <summary>Told of what is no refusal: that the registry has no place for something, and the rest is taken.</summary>
    internal const string LeftOut = "left-out";

    internal static Refusal Of(RegistryException refused) =>
        refused is IllegalValueException illegal
            ? At(illegal.Field, illegal.Message)
            : new(refused.Code, refused.Message);

    internal static Refusal Of(RecordReading reading) => new(Invalid, null, reading.Errors);

    internal static Refusal At(string field, string sentence) =>
        new(Invalid, null, new Dictionary<string, string[]> { [field] = [sentence] });

    /// <summary>True where it may help to try again once other rows are on file.</summary>
    internal bool MayPass => Code is "unknown-reference" or "not-found";
}
