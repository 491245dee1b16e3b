using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Registry.Infrastructure.Encodings;

/// <summary>A text file in any encoding.</summary>
/// <remarks>
/// The encoding is that of the byte order mark, or the declared one, or UTF-8. The text is returned as UTF-8 without a
/// mark, and no replacement characters are inserted.
/// </remarks>
/// <exception cref="UnreadableTextException">Every member: the bytes are not valid in the encoding.</exception>
public sealed class TextFile
{
    private const int BlockSize = 64 * 1024;

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly int _mark;

    private TextFile(string path, Encoding? named)
    {
        _path = path;
        (_encoding, _mark) = EncodingOf(path, named);
    }

    /// <summary>Opens the file and validates all of it as text.</summary>
    /// <param name="path">The path.</param>
    /// <param name="named">The declared encoding, or null.</param>
    public static TextFile Examine(string path, Encoding? named)
    {
        var file = new TextFile(path, named);
        file.Examine();
        return file;
    }

    /// <summary>
    /// Opens the file without validating it as a whole: its lines are validated one by one. Only UTF-8 can be split
    /// into lines first.
    /// </summary>
    /// <inheritdoc cref="Examine(string, Encoding?)"/>
    public static TextFile Lines(string path, Encoding? named)
    {
        var file = new TextFile(path, named);
        if (file._encoding.CodePage != Encoding.UTF8.CodePage)
        {
            file.Examine();
        }

        return file;
    }

    /// <summary>Opens it from its beginning, as UTF-8 without a mark.</summary>
    public Stream Open()
    {
        var source = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        source.Position = _mark;
        return _encoding.CodePage == Encoding.UTF8.CodePage
            ? source
            : Encoding.CreateTranscodingStream(source, _encoding, TextEncodings.Utf8);
    }

    private static (Encoding Encoding, int Mark) EncodingOf(string path, Encoding? named)
    {
        Span<byte> start = stackalloc byte[4];
        using (var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            start = start[..source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        var (marked, length) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
            [0xFF, 0xFE, 0, 0] => ("utf-32", 4),
            [0, 0, 0xFE, 0xFF] => ("utf-32BE", 4),
            [0xFF, 0xFE, ..] => ("utf-16", 2),
            [0xFE, 0xFF, ..] => ("utf-16BE", 2),
            _ => (null, 0),
        };
        if (marked is null)
        {
            // Without a mark, the first character, which is ASCII, shows the byte order.
            return named is { CodePage: 1200 } && start is [0, _, ..]
                ? (TextEncodings.Find("utf-16BE")!, 0)
                : (named ?? TextEncodings.Utf8, 0);
        }

        var found = TextEncodings.Find(marked)!;
        var agrees =
            named is null
            || named.CodePage == found.CodePage
            || (named.CodePage is 1200 or 1201 && found.CodePage is 1200 or 1201);
        return agrees
            ? (found, length)
            : throw new UnreadableTextException(
                $"The byte order mark at its beginning says {TextEncodings.NameOf(found)}, and the declared encoding is {TextEncodings.NameOf(named!)}. "
                    + "Declare no encoding for a file with a mark."
            );
    }

    private void Examine()
    {
        using var source = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        source.Position = _mark;
        var (bytes, chars) = (new byte[BlockSize], new char[BlockSize + 16]);
        var place = new Place();
        var decoder = _encoding.GetDecoder();
        var kept = 0;
        while (true)
        {
            var read = source.ReadAtLeast(bytes.AsSpan(kept), BlockSize - kept, throwOnEndOfStream: false);
            var block = bytes.AsSpan(0, kept + read);
            var isLast = block.Length < BlockSize;
            if (_encoding.CodePage == Encoding.UTF8.CodePage)
            {
                var status = Utf8.ToUtf16(
                    block,
                    chars,
                    out var understood,
                    out var written,
                    replaceInvalidSequences: false,
                    isFinalBlock: isLast
                );
                place.Pass(chars.AsSpan(0, written), block);
                if (status == OperationStatus.InvalidData)
                {
                    throw Broken(place, block[understood..], block);
                }

                // A character may continue in the next block.
                block[understood..].CopyTo(bytes);
                kept = block.Length - understood;
            }
            else
            {
                try
                {
                    place.Pass(chars.AsSpan(0, decoder.GetChars(block, chars, isLast)), block);
                }
                catch (DecoderFallbackException broken)
                {
                    var before = Math.Clamp(broken.Index, 0, block.Length);
                    place.Pass(Lenient(block[..before]), block);
                    throw Broken(place, block[before..], block);
                }
            }

            if (isLast)
            {
                return;
            }
        }
    }

    private string Lenient(ReadOnlySpan<byte> bytes) => Encoding.GetEncoding(_encoding.CodePage).GetString(bytes);

    private UnreadableTextException Broken(Place place, ReadOnlySpan<byte> from, ReadOnlySpan<byte> block)
    {
        var what = from.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $" (byte 0x{from[0]:X2})") : "";
        return new(
            _encoding.CodePage == Encoding.UTF8.CodePage
                ? $"It is not UTF-8 from line {place.Line}, column {place.Column} on{what}. {EncodingGuess.Advice(block)}"
                : $"It is not {TextEncodings.NameOf(_encoding)} from line {place.Line}, column {place.Column} on{what}. "
                    + "Declare the right encoding, or save it as UTF-8."
        );
    }

    /// <summary>The position in the text.</summary>
    private sealed class Place
    {
        public long Line { get; private set; } = 1;

        public long Column { get; private set; } = 1;

        /// <summary>Advances over text, and throws at a character that no text has.</summary>
        public void Pass(ReadOnlySpan<char> text, ReadOnlySpan<byte> block)
        {
            if (text.IndexOfAny('\0', '\uFFFD') is var found and >= 0)
            {
                Go(text[..found]);
                throw new UnreadableTextException(
                    text[found] == '\0'
                        ? $"It has a NUL character in line {Line}, column {Column}. {EncodingGuess.Advice(block)}"
                        : $"It has U+FFFD in line {Line}, column {Column}: a character was lost before, when the text was read "
                            + "in another encoding than its own. Send the text as it was."
                );
            }

            Go(text);
        }

        private void Go(ReadOnlySpan<char> text)
        {
            var last = text.LastIndexOf('\n');
            Line += text.Count('\n');
            Column = last < 0 ? Column + text.Length : text.Length - last;
        }
    }
}

/// <summary>The bytes are not valid in the detected or declared encoding.</summary>
public sealed class UnreadableTextException(string message) : Exception(message);
