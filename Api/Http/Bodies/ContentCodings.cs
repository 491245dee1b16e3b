using System.IO.Compression;

namespace Registry.Api.Http.Bodies;

/// <summary>Decodes bodies with a content coding (RFC 9110, 8.4) within the limit for the decoded body.</summary>
internal static class ContentCodings
{
    /// <summary>The accepted codings, as in the header Accept-Encoding of a refusal.</summary>
    public const string Accepted = "gzip, br";

    /// <summary>Opens the body of a request for reading, decoded.</summary>
    /// <exception cref="UnsupportedCodingException">The coding is not accepted.</exception>
    public static Stream Open(HttpContext context, long maxBytes)
    {
        var request = context.Request;
        var coding = request.Headers.ContentEncoding.ToString();
        if (coding.Length == 0 || coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return request.Body;
        }

        Stream decoder = coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            "BR" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new UnsupportedCodingException(),
        };
        var body = new DecodedBody(decoder, coding, maxBytes);
        context.Response.RegisterForDispose(body);
        return body;
    }

    /// <summary>A decoded body: reading fails at the first byte beyond the limit, and where the coding is broken.</summary>
    private sealed class DecodedBody(Stream decoder, string coding, long maxBytes) : Stream
    {
        private long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                return Counted(await decoder.ReadAsync(buffer, cancellationToken));
            }
            catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
            {
                throw Broken(broken);
            }
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return Counted(decoder.Read(buffer, offset, count));
            }
            catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
            {
                throw Broken(broken);
            }
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                decoder.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Counted(int read)
        {
            _read += read;
            return _read <= maxBytes
                ? read
                : throw new BadHttpRequestException(
                    $"The body can have at most {maxBytes} bytes when it is decoded.",
                    StatusCodes.Status413PayloadTooLarge
                );
        }

        private BadHttpRequestException Broken(Exception cause) => new($"The body is not valid {coding}.", cause);
    }
}

/// <summary>The content coding of the body is not accepted.</summary>
internal sealed class UnsupportedCodingException()
    : Exception($"Send the body without Content-Encoding, or as one of {ContentCodings.Accepted}.");
