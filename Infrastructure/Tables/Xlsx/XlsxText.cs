using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Tables.Xlsx;

/// <summary>Encodes texts for the cells of a workbook.</summary>
/// <remarks>
/// A character that XML cannot hold is written as <c>_x000B_</c>, its number in hexadecimal digits, and the underscore
/// of a text that looks like that is written so too (ISO/IEC 29500-1, 22.9.2.19).
/// </remarks>
public static partial class XlsxText
{
    /// <summary>The maximum number of characters (UTF-16 code units) of a cell.</summary>
    public const int MaxLength = 32_767;

    private const string BeforeLength = "#TOO-LONG: ";

    /// <summary>Encodes a text for a cell.</summary>
    public static string Write(string text) =>
        text.Length > MaxLength
            ? TooLong(text.Length)
            : Unwritable().Replace(text, match => Escape(match.Value[0]) + match.Value[1..]);

    /// <summary>Gets the replacement of a text that is too long for a cell.</summary>
    /// <param name="length">The length of the text.</param>
    public static string TooLong(int length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{BeforeLength}{length} characters, and a cell of a workbook has at most {MaxLength}. CSV and JSON have the whole text."
        );

    /// <summary>True for the replacement of a text that is too long for a cell, which is no value.</summary>
    public static bool IsTooLong(string cell) => cell.StartsWith(BeforeLength, StringComparison.Ordinal);

    /// <summary>Decodes the text of a cell.</summary>
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
