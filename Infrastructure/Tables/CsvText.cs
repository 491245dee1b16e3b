using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Keeps the text of a cell from being run as a formula by the spreadsheet that opens the file: an apostrophe stands before
/// what begins like one, and is taken off again when the file comes back.
/// </summary>
/// <remarks>
/// A text that has apostrophes of its own there gets one more, so that taking one off is always exact. A plain number runs
/// nothing, and stays a number that the spreadsheet can add up.
/// </remarks>
internal static partial class CsvText
{
    /// <summary>The cell as it is written.</summary>
    public static string? Guard(string? text) => text is not null && BeginsFormula(text) ? $"'{text}" : text;

    /// <summary>The cell as it was before it was written.</summary>
    public static string Unguard(string cell) => cell.StartsWith('\'') && BeginsFormula(cell) ? cell[1..] : cell;

    private static bool BeginsFormula(string text) =>
        text.Length > 0
        && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\''
        && Formula().IsMatch(text)
        && !Number().IsMatch(text);

    [GeneratedRegex("^'*[-=+@\t\r]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Number();
}
