using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Registry.Infrastructure.Tables.Xlsx;

/// <summary>
/// Reads the parts of a workbook file (Open Packaging Conventions, ISO/IEC 29500-2) with bounded memory and time,
/// whatever sizes the file declares.
/// </summary>
/// <exception cref="XlsxUnreadableException">Every member: the file is not a workbook, or not accepted.</exception>
internal sealed class XlsxParts : IDisposable
{
    private const int EndOfDirectory = 22;
    private const int MaxCommentLength = ushort.MaxValue;

    /// <summary>The maximum size of the directory of an archive, in bytes: it is held in memory.</summary>
    private const int MaxDirectoryLength = 4 * 1024 * 1024;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _maxBytes;

    /// <summary>Opens the file, which stays open.</summary>
    /// <param name="file">The file, at any position.</param>
    /// <param name="maxBytes">The maximum size of an unpacked part, in bytes.</param>
    public XlsxParts(Stream file, long maxBytes)
    {
        _maxBytes = maxBytes;
        RequireArchive(file);
        try
        {
            _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _archive.Entries)
            {
                _parts.TryAdd(entry.FullName.Replace('\\', '/'), entry);
            }
        }
        catch (InvalidDataException broken)
        {
            throw Damaged(broken);
        }
    }

    /// <summary>True when the part exists.</summary>
    public bool Has(string path) => _parts.ContainsKey(path);

    /// <summary>Opens a part as XML; null when it does not exist.</summary>
    public XmlReader? Open(string path)
    {
        if (!_parts.TryGetValue(path, out var entry))
        {
            return null;
        }

        try
        {
            return XmlReader.Create(
                new BoundedMarkup(entry.Open(), _maxBytes),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CloseInput = true }
            );
        }
        catch (InvalidDataException broken)
        {
            throw Damaged(broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>Gets the error for an archive that cannot be unpacked.</summary>
    internal static XlsxUnreadableException Damaged(Exception cause) =>
        new("The workbook is damaged or incomplete.", cause);

    /// <summary>Checks both ends of the file before it is parsed.</summary>
    private static void RequireArchive(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 0;
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == head.Length && head.SequenceEqual<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            throw new XlsxUnreadableException(
                "It is a workbook of the old format (.xls), or has a password. Save it as .xlsx, without a password."
            );
        }

        if (read < 4 || !head.StartsWith("PK\u0003\u0004"u8))
        {
            throw new XlsxUnreadableException("It is not a workbook (.xlsx).");
        }

        var tail = new byte[(int)Math.Min(file.Length, EndOfDirectory + MaxCommentLength)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndOfDirectory)
        {
            throw new XlsxUnreadableException("The workbook is damaged or incomplete.");
        }

        long begins = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (file.Length - tail.Length + end - begins is < 0 or > MaxDirectoryLength)
        {
            throw new XlsxUnreadableException("The file has more parts than a workbook has.");
        }

        file.Position = 0;
    }

    /// <summary>
    /// A stream that throws when a part, or a name, value or text in it, exceeds its limit, before the XML reader
    /// allocates memory for it.
    /// </summary>
    /// <remarks>
    /// Names and values are between the characters <c>&lt;</c> and <c>&gt;</c> and contain no <c>&lt;</c>; comments and
    /// the like, which may contain one, are in no workbook.
    /// </remarks>
    private sealed class BoundedMarkup(Stream inner, long maxBytes) : Stream
    {
        /// <summary>
        /// More than the limit of a cell, if each of its characters were a numeric character reference.
        /// </summary>
        private const int MaxBlockLength = 512 * 1024;

        private long _bytesLeft = maxBytes;
        private long _place;
        private int _since;
        private bool _inTag;
        private bool _tagBegins;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = inner.Read(buffer);
            }
            catch (InvalidDataException broken)
            {
                throw Damaged(broken);
            }

            _bytesLeft -= read;
            if (_bytesLeft < 0)
            {
                throw new XlsxUnreadableException(
                    "Unpacked, the workbook exceeds the size limit. Send it as several files, or as CSV."
                );
            }

            foreach (var sign in buffer[..read])
            {
                Look(sign);
            }

            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Look(byte sign)
        {
            if (_tagBegins && (sign == '!' || (sign == '?' && _place > 4)))
            {
                throw Unusual();
            }

            _tagBegins = !_inTag && sign == '<';
            if (_tagBegins || (_inTag && sign == '>'))
            {
                (_inTag, _since) = (_tagBegins, 0);
            }
            else if (++_since > MaxBlockLength || sign == 0)
            {
                // A zero byte is UTF-16, where other characters could contain the bytes of the two.
                throw Unusual();
            }

            _place++;
        }

        private static XlsxUnreadableException Unusual() =>
            new("The workbook has parts that no spreadsheet writes. Open it in a spreadsheet, and save it as .xlsx.");
    }
}

/// <summary>The file is not a workbook, or not accepted.</summary>
public sealed class XlsxUnreadableException(string message, Exception? cause = null) : Exception(message, cause);
