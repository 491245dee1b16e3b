using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>
/// The id of a thing in another system: a scheme (<c>wikidata</c>, <c>ror</c>, <c>cow</c>, <c>uia</c>) and the value.
/// </summary>
public sealed partial record Identifier
{
    /// <summary>The pattern of a scheme.</summary>
    public const string SchemePattern = "^[a-z][a-z0-9_-]{1,31}$";

    private const int MaxSchemeLength = 32;

    /// <summary>The maximum length of a value.</summary>
    public const int MaxValueLength = 100;

    /// <exception cref="IllegalValueException">The scheme or the value does not match its pattern.</exception>
    public Identifier(string scheme, string value, bool preferred = true)
    {
        if (!Shape().IsMatch(scheme))
        {
            throw new IllegalValueException("scheme", $"'{scheme}' is not a scheme: 2 to 32 of a-z, 0-9, '-' and '_'.");
        }

        Scheme = scheme;
        Value = Check.Text("value", value, MaxValueLength);
        Preferred = preferred;
    }

    /// <summary>The system.</summary>
    public string Scheme { get; }

    /// <summary>The identifier in that system.</summary>
    public string Value { get; }

    /// <summary>True for the one to show when a scheme has several.</summary>
    public bool Preferred { get; }

    /// <summary>
    /// Normalizes a scheme: lower case, <c>-</c> for any other character, the prefix <c>x-</c> when it does not begin
    /// with a letter, and cut to the maximum length.
    /// </summary>
    public static string SchemeFrom(string scheme)
    {
        var written = Others().Replace(scheme.Trim().ToLowerInvariant(), "-").Trim('-');
        if (written.Length < 2 || !char.IsAsciiLetterLower(written[0]))
        {
            written = $"x-{written}";
        }

        return written.Length > MaxSchemeLength ? written[..MaxSchemeLength] : written;
    }

    [GeneratedRegex("[^a-z0-9_-]+")]
    private static partial Regex Others();

    [GeneratedRegex(SchemePattern + @"\z")]
    private static partial Regex Shape();
}
