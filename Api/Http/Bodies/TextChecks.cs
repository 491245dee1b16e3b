using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Registry.Api.Http.Bodies;

/// <summary>
/// Detects text that is not UTF-8 before it is decoded, because a decoder would replace invalid bytes.
/// </summary>
internal static class TextChecks
{
    /// <summary>The error message for a parameter that is not UTF-8.</summary>
    public const string Sentence = "Its percent-encoded bytes are not UTF-8.";

    /// <summary>The body without a byte order mark.</summary>
    /// <exception cref="BadHttpRequestException">The body is not UTF-8, or has U+FFFD in place of a lost character.</exception>
    public static ReadOnlyMemory<byte> Utf8Body(ReadOnlyMemory<byte> body)
    {
        if (body.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new BadHttpRequestException("The body is UTF-16 by its byte order mark; send it in UTF-8.");
        }

        var text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (!Utf8.IsValid(text.Span))
        {
            var valid = ValidLength(text.Span);
            var line = 1 + text.Span[..valid].Count((byte)'\n');
            throw new BadHttpRequestException(
                $"The body is not UTF-8 from line {line}, byte {valid - text.Span[..valid].LastIndexOf((byte)'\n')} on."
            );
        }

        return text.Span.IndexOf("\uFFFD"u8) < 0
            ? text
            : throw new BadHttpRequestException(
                "The body has U+FFFD: a character was lost when the text was read in a wrong encoding. Send the original text."
            );
    }

    /// <summary>The names of the parameters, or fields of a form, whose percent-encoded bytes are not UTF-8.</summary>
    /// <param name="query">The parameters as they were sent, with or without the question mark.</param>
    public static IEnumerable<string> NotUtf8(string query) =>
        query.Contains('%', StringComparison.Ordinal)
            ? query
                .TrimStart('?')
                .Split('&')
                .Where(pair => !IsUtf8(pair))
                .Select(pair => pair.Split('=')[0])
                .Select(name => IsUtf8(name) ? Uri.UnescapeDataString(name.Replace('+', ' ')) : "?")
            : [];

    private static bool IsUtf8(string encoded)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var place = 0; place < encoded.Length; place++)
        {
            if (
                encoded[place] == '%'
                && place + 2 < encoded.Length
                && char.IsAsciiHexDigit(encoded[place + 1])
                && char.IsAsciiHexDigit(encoded[place + 2])
            )
            {
                bytes.Write([Convert.ToByte(encoded.Substring(place + 1, 2), 16)]);
                place += 2;
            }
            else
            {
                Encoding.UTF8.GetBytes(encoded.AsSpan(place, 1), bytes);
            }
        }

        return Utf8.IsValid(bytes.WrittenSpan);
    }

    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var read) == OperationStatus.Done)
        {
            length += read;
        }

        return length;
    }
}
