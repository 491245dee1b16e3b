using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Protects cells from formula injection: a text that a spreadsheet would run as a formula begins with an apostrophe,
/// which is removed when the file is read.
/// </summary>
/// <remarks>
/// A text that begins with apostrophes gets one more, so that the removal is exact. A plain number is no formula, and
/// stays a number that the spreadsheet can add up. Some spreadsheets take the full-width signs of East Asian text for the
/// plain ones.
/// </remarks>
internal static partial class CsvText
{
    /// <summary>Escapes a cell.</summary>
    public static string? Escape(string? text) => text is not null && BeginsFormula(text) ? $"'{text}" : text;

    /// <summary>Restores an escaped cell.</summary>
    public static string Unescape(string cell) => cell.StartsWith('\'') && BeginsFormula(cell) ? cell[1..] : cell;

    private static bool BeginsFormula(string text) =>
        text.Length > 0
        && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' or '＝' or '＋' or '－' or '＠'
        && Formula().IsMatch(text)
        && !Number().IsMatch(text);

    [GeneratedRegex("^'*[-=+@\t\r＝＋－＠]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Number();
}
