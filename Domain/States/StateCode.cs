using System.Text.RegularExpressions;

namespace Registry.Domain.States;

/// <summary>
/// The three capital letters that name a state: ISO 3166-1 alpha-3, and for states that are gone the alpha-3 code
/// they had (ISO 3166-3).
/// </summary>
public sealed partial record StateCode
{
    /// <summary>The shape of a code.</summary>
    public const string Pattern = "^[A-Z]{3}$";

    /// <exception cref="IllegalValueException">The code has another shape.</exception>
    public StateCode(string value)
    {
        if (!Shape().IsMatch(value))
        {
            throw new IllegalValueException("code", $"'{value}' is not a state code: three capital letters.");
        }

        Value = value;
    }

    /// <summary>The letters.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
