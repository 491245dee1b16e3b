using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Registry.Api.Http;

/// <summary>
/// Percent-encodes what is not ASCII in the first request line of a connection (RFC 3986, 2.5), which Kestrel refuses before
/// anything of the program sees it: <c>curl 'http://…/v1/search?q=казахстан'</c> sends such a line.
/// </summary>
/// <remarks>
/// Where a later request of a connection begins, only a parser of HTTP can tell, and there is one already; clients that keep
/// connections encode their addresses. A connection whose first line is all ASCII, or not one of HTTP/1, as the bytes of
/// TLS, passes untouched and costs one look at the bytes that are there.
/// </remarks>
internal static class RequestLines
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>How long a connection may be silent before its time is Kestrel's to count.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    /// <summary>Adds this to every connection.</summary>
    public static ConnectionDelegate Encode(ConnectionDelegate next) =>
        async connection =>
        {
            var input = connection.Transport.Input;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(
                connection.ConnectionClosed,
                connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default
            );
            waiting.CancelAfter(LongestSilence);
            var isForeign = false;
            try
            {
                var read = await input.ReadAsync(waiting.Token);
                isForeign = IsForeign(read.Buffer);
                input.AdvanceTo(read.Buffer.Start);
            }
            catch (OperationCanceledException)
            {
                // Nothing came, or the program stops: whoever waits for the request ends the connection as ever.
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

    /// <summary>True where the line begins as one of HTTP/1 does and has a byte that is not ASCII, or may have one yet.</summary>
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
            // The connection is gone, which whoever reads the copy is to hear.
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
