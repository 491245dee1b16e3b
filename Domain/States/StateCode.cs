using System.Text.RegularExpressions;

namespace Registry.Domain.States;

/// <summary>
/// The code of a state: three capital letters of ISO 3166-1 alpha-3; for a former state, the alpha-3 code that it had
/// (ISO 3166-3).
/// </summary>
public sealed partial record StateCode
{
    /// <summary>The pattern of a code.</summary>
    public const string Pattern = "^[A-Z]{3}$";

    /// <summary>The error message for another format.</summary>
    public const string Sentence = "It has three capital letters, such as KAZ (ISO 3166-1 alpha-3).";

    /// <exception cref="IllegalValueException">The code does not match the pattern.</exception>
    public StateCode(string value)
    {
        if (!Shape().IsMatch(value))
        {
            throw new IllegalValueException("code", $"'{value}' is not a state code: three capital letters.");
        }

        Value = value;
    }

    /// <summary>The code.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
