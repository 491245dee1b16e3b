using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Texts as the cells of a workbook hold them: what XML cannot hold stands there as <c>_x000B_</c>, the number of the sign in
/// hexadecimal digits, and a text that looks like that has its underscore written so (ISO/IEC 29500-1, 22.9.2.19).
/// </summary>
public static partial class XlsxText
{
    /// <summary>How many signs (UTF-16) a cell takes.</summary>
    public const int Longest = 32_767;

    private const string BeforeLength = "#TOO-LONG: ";

    /// <summary>The text as a cell holds it.</summary>
    public static string Write(string text) =>
        text.Length > Longest
            ? TooLong(text.Length)
            : Unwritable().Replace(text, match => Escape(match.Value[0]) + match.Value[1..]);

    /// <summary>What stands in the place of a text that is too long for a cell.</summary>
    /// <param name="length">How long it is.</param>
    public static string TooLong(int length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{BeforeLength}{length} characters, and a cell of a workbook takes {Longest}. CSV and JSON have them all."
        );

    /// <summary>True for what stands in the place of a text that is too long for a cell: it says nothing.</summary>
    public static bool IsTooLong(string cell) => cell.StartsWith(BeforeLength, StringComparison.Ordinal);

    /// <summary>The text that a cell holds.</summary>
    public static string Read(string cell) =>
        cell.Contains("_x", StringComparison.Ordinal)
            ? Escaped()
                .Replace(
                    cell,
                    match =>
                        $"{(char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}"
                )
            : cell;

    private static string Escape(char sign) => string.Create(CultureInfo.InvariantCulture, $"_x{(int)sign:X4}_");

    // A carriage return would be read back as a line feed (XML 1.0, 2.11).
    [GeneratedRegex("[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Unwritable();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
