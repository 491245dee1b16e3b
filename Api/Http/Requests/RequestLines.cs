using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Registry.Api.Http.Requests;

/// <summary>
/// Percent-encodes non-ASCII characters in the first request line of a connection (RFC 3986, 2.5), which Kestrel would
/// refuse: <c>curl 'http://…/v1/search?q=казахстан'</c> sends such a line.
/// </summary>
/// <remarks>
/// Finding the start of a later request in a connection would need a second HTTP parser, and clients that keep connections
/// encode their addresses. A connection whose first line is all ASCII, or not HTTP/1, such as TLS, passes unchanged at the
/// cost of one look at the available bytes.
/// </remarks>
internal static class RequestLines
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>The maximum wait for the first line, after which Kestrel's own timeouts apply.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(5);

    /// <summary>Adds the encoding to every connection.</summary>
    public static ConnectionDelegate Encode(ConnectionDelegate next) =>
        async connection =>
        {
            var input = connection.Transport.Input;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(
                connection.ConnectionClosed,
                connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default
            );
            waiting.CancelAfter(MaxSilence);
            var isForeign = false;
            try
            {
                var read = await input.ReadAsync(waiting.Token);
                isForeign = IsForeign(read.Buffer);
                input.AdvanceTo(read.Buffer.Start);
            }
            catch (OperationCanceledException)
            {
                // Nothing arrived, or the program stops: Kestrel ends the connection as usual.
            }

            if (!isForeign)
            {
                await next(connection);
                return;
            }

            var transport = connection.Transport;
            var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
            connection.Transport = new Encoded(pipe.Reader, transport.Output);
            var copying = CopyAsync(input, pipe.Writer);
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = transport;
                await pipe.Reader.CompleteAsync();
                input.CancelPendingRead();
                await copying;
            }
        };

    /// <summary>True when the line begins like HTTP/1 and has a non-ASCII byte, or may still have one.</summary>
    private static bool IsForeign(ReadOnlySequence<byte> start)
    {
        var reader = new SequenceReader<byte>(start);
        if (!reader.TryPeek(out var first) || !char.IsAsciiLetterUpper((char)first))
        {
            return false;
        }

        while (reader.TryRead(out var sign))
        {
            if (sign is >= 0x80 or LineEnd)
            {
                return sign != LineEnd;
            }
        }

        return true;
    }

    private static async Task CopyAsync(PipeReader from, PipeWriter to)
    {
        var isLine = true;
        try
        {
            while (true)
            {
                var read = await from.ReadAsync();
                foreach (var part in read.Buffer)
                {
                    Write(part.Span, to, ref isLine);
                }

                from.AdvanceTo(read.Buffer.End);
                var flushed = await to.FlushAsync();
                if (read.IsCompleted || read.IsCanceled || flushed.IsCompleted)
                {
                    break;
                }
            }

            await to.CompleteAsync();
        }
        catch (Exception broken) when (broken is IOException or ConnectionAbortedException or InvalidOperationException)
        {
            // The connection is lost; the error is passed on to the reader of the pipe.
            await to.CompleteAsync(broken);
        }
    }

    private static void Write(ReadOnlySpan<byte> part, PipeWriter to, ref bool isLine)
    {
        if (!isLine)
        {
            to.Write(part);
            return;
        }

        for (var place = 0; place < part.Length; place++)
        {
            if (part[place] >= 0x80)
            {
                Span<byte> encoded = [(byte)'%', Digit(part[place] >> 4), Digit(part[place] & 0xF)];
                to.Write(encoded);
                continue;
            }

            to.Write(part.Slice(place, 1));
            if (part[place] == LineEnd)
            {
                isLine = false;
                to.Write(part[(place + 1)..]);
                return;
            }
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private sealed record Encoded(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
