using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>
/// A readable name for good of a record that has no code: 2 to 100 of a-z, 0-9, with '-' or '.' between them
/// (<c>mukhtar-tileuberdi</c>, <c>kaz.foreign-minister</c>).
/// </summary>
public sealed partial record Slug
{
    /// <summary>The shape of a slug.</summary>
    public const string Pattern = "^[a-z0-9]+([.-][a-z0-9]+)*$";

    /// <summary>The fewest characters.</summary>
    public const int MinLength = 2;

    /// <summary>The most characters: as many as the change log keeps of an id.</summary>
    public const int MaxLength = 100;

    /// <summary>What a caller is told about another shape.</summary>
    public const string Sentence = "2 to 100 of a-z and 0-9, with '-' or '.' between them.";

    // Letters that Unicode does not take apart into a base and a mark.
    private static readonly Dictionary<char, string> Spelled = new()
    {
        ['æ'] = "ae",
        ['ð'] = "d",
        ['đ'] = "d",
        ['ı'] = "i",
        ['ł'] = "l",
        ['ø'] = "o",
        ['œ'] = "oe",
        ['ß'] = "ss",
        ['þ'] = "th",
        ['ə'] = "a",
    };

    /// <exception cref="IllegalValueException">The text has another shape.</exception>
    public Slug(string value)
    {
        if (value.Length is < MinLength or > MaxLength || !Shape().IsMatch(value))
        {
            throw new IllegalValueException("id", $"'{value}' is not an id: {Sentence}");
        }

        Value = value;
    }

    /// <summary>The characters.</summary>
    public string Value { get; }

    /// <summary>
    /// A slug made from names, each of which becomes words between hyphens, with dots between the names.
    /// Accents are dropped; letters of other scripts than the Latin one are left out.
    /// </summary>
    /// <returns>Null where too little of them can be written in a slug.</returns>
    public static string? From(params IEnumerable<string?> names)
    {
        var parts = names.Select(name => Words(name ?? "")).Where(part => part.Length > 0);
        var slug = string.Join('.', parts);
        if (slug.Length > MaxLength)
        {
            slug = slug[..MaxLength].TrimEnd('-', '.');
        }

        return slug.Length >= MinLength ? slug : null;
    }

    /// <summary>The slug with a number behind it, for the second and later ones of a name.</summary>
    public static string Numbered(string slug, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return (slug.Length + suffix.Length > MaxLength ? slug[..(MaxLength - suffix.Length)].TrimEnd('-', '.') : slug)
            + suffix;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string Words(string name)
    {
        var slug = new StringBuilder(name.Length);

        // Taken apart first: the small letter of the Turkish İ is none in the invariant culture.
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (Spelled.TryGetValue(character, out var spelled))
            {
                slug.Append(spelled);
            }
            else if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark
                && character is not ('\'' or '’' or 'ʼ')
                && slug.Length > 0
                && slug[^1] != '-'
            )
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
