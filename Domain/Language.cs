using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>A language with an optional script and region, as a BCP 47 tag: <c>en</c>, <c>sr-Latn</c>, <c>pt-BR</c>.</summary>
public sealed partial record Language
{
    /// <summary>The pattern of a tag, for contracts.</summary>
    public const string Pattern = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$";

    /// <exception cref="IllegalValueException">The tag does not match the pattern.</exception>
    public Language(string tag)
    {
        if (!Shape().IsMatch(tag))
        {
            throw new IllegalValueException("language", $"'{tag}' is not a BCP 47 language tag such as en or sr-Latn.");
        }

        Tag = tag;
    }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <inheritdoc/>
    public override string ToString() => Tag;

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
