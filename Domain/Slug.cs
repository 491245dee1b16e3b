using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>
/// The readable id of a record without a code, which never changes: 2 to 100 of a-z, 0-9, with '-' or '.' between them
/// (<c>mukhtar-tileuberdi</c>, <c>kaz.foreign-minister</c>).
/// </summary>
public sealed partial record Slug
{
    /// <summary>The pattern of a slug.</summary>
    public const string Pattern = "^[a-z0-9]+([.-][a-z0-9]+)*$";

    /// <summary>The minimum length.</summary>
    public const int MinLength = 2;

    /// <summary>The maximum length: the length of an id in the change log.</summary>
    public const int MaxLength = 100;

    /// <summary>The message for another format.</summary>
    public const string Sentence = "It has 2 to 100 characters of a-z and 0-9, with '-' or '.' between them.";

    // Letters that Unicode does not decompose into a base and a mark.
    private static readonly Dictionary<char, string> Replacements = new()
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

    /// <exception cref="IllegalValueException">The text does not match the pattern.</exception>
    public Slug(string value)
    {
        if (value.Length is < MinLength or > MaxLength || !Shape().IsMatch(value))
        {
            throw new IllegalValueException("id", $"'{value}' is not an id: {Sentence}");
        }

        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>
    /// Makes a slug from names: the words of a name are joined by hyphens, the names by dots. Accents are dropped;
    /// letters of scripts other than Latin are omitted.
    /// </summary>
    /// <returns>The slug, or null when too few characters remain.</returns>
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

    /// <summary>Gets the slug with a number at the end, for the second and later ones of a name.</summary>
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

        // Decomposed first: in the invariant culture the Turkish İ has no lower case.
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (Replacements.TryGetValue(character, out var replacement))
            {
                slug.Append(replacement);
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
