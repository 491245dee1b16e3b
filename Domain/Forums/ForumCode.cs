using System.Text.RegularExpressions;

namespace Registry.Domain.Forums;

/// <summary>
/// The code of a forum: 2 to 16 characters of A-Z, 0-9 and '-', starting with a letter (<c>CICA</c>, <c>G20</c>).
/// </summary>
public sealed partial record ForumCode
{
    /// <summary>The pattern of a code.</summary>
    public const string Pattern = "^[A-Z][A-Z0-9-]{1,15}$";

    /// <summary>The error message for another format.</summary>
    public const string Sentence = "It has 2 to 16 characters of A-Z, 0-9 and '-', and starts with a letter.";

    /// <exception cref="IllegalValueException">The code does not match the pattern.</exception>
    public ForumCode(string value)
    {
        if (!Shape().IsMatch(value))
        {
            throw new IllegalValueException(
                "code",
                $"'{value}' is not a forum code: 2 to 16 characters of A-Z, 0-9 and '-', starting with a letter."
            );
        }

        Value = value;
    }

    /// <summary>True when the text matches the pattern.</summary>
    public static bool IsCode(string text) => Shape().IsMatch(text);

    /// <summary>The code.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
