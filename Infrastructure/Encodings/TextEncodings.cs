using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Encodings;

/// <summary>The supported text encodings, by name.</summary>
/// <remarks>
/// Names are those of the IANA registry; aliases such as <c>cp1251</c> are accepted. As in browsers (WHATWG Encoding
/// Standard), <c>iso-8859-1</c> is decoded as windows-1252, which is the real encoding of files with that name.
/// </remarks>
public static partial class TextEncodings
{
    /// <summary>UTF-8 without a byte order mark, which throws on invalid bytes.</summary>
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

    /// <summary>Gets the encoding with a name, which throws on invalid bytes; null when it is unknown.</summary>
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

    /// <summary>Gets the name of an encoding for messages.</summary>
    public static string NameOf(Encoding encoding) =>
        encoding.CodePage == 1200 ? "utf-16le" : encoding.WebName.ToLowerInvariant();

    [GeneratedRegex("^(?:cp|windows|x-cp|ibm)-?([0-9]{3,5})$", RegexOptions.IgnoreCase)]
    private static partial Regex CodePage();
}
