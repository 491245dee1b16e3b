using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Encodings;

/// <summary>The encodings that a text may be sent in, by name.</summary>
/// <remarks>
/// Names are those of the IANA's list; <c>cp1251</c> and the like are taken too. As browsers do (WHATWG Encoding Standard),
/// <c>iso-8859-1</c> is read as windows-1252, which is what files under that name are written in.
/// </remarks>
public static partial class TextEncodings
{
    /// <summary>UTF-8 without a byte order mark, which refuses what it cannot mean.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["utf16"] = "utf-16",
        ["utf-16le"] = "utf-16",
        ["utf16le"] = "utf-16",
        ["utf16be"] = "utf-16BE",
        ["latin-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["ansi"] = "windows-1252",
    };

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of that name, which refuses what it cannot mean; null where there is none.</summary>
    public static Encoding? Find(string name)
    {
        var asked = Aliases.GetValueOrDefault(name.Trim(), name.Trim());
        try
        {
            var found =
                CodePage().Match(asked) is { Success: true } numbered
                && int.TryParse(
                    numbered.Groups[1].ValueSpan,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var page
                )
                    ? Encoding.GetEncoding(page)
                    : Encoding.GetEncoding(asked);
            return found.CodePage == Encoding.UTF8.CodePage
                ? Utf8
                : Encoding.GetEncoding(
                    found.CodePage,
                    EncoderFallback.ExceptionFallback,
                    DecoderFallback.ExceptionFallback
                );
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The name under which an encoding is told of.</summary>
    public static string NameOf(Encoding encoding) =>
        encoding.CodePage == 1200 ? "utf-16le" : encoding.WebName.ToLowerInvariant();

    [GeneratedRegex("^(?:cp|windows|x-cp|ibm)-?([0-9]{3,5})$", RegexOptions.IgnoreCase)]
    private static partial Regex CodePage();
}
