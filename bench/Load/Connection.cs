using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Registry.Bench.Load;

/// <summary>
/// One connection that is kept, and asks one thing at a time. It reads of HTTP/1.1 what the servers here send, and takes so
/// little time for it that the server keeps the machine to itself.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly byte[] Length = "content-length:"u8.ToArray();
    private static readonly byte[] Chunked = "transfer-encoding: chunked"u8.ToArray();

    private readonly Socket _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private Connection(Socket socket) => _socket = socket;

    /// <summary>Opens a connection.</summary>
    public static async Task<Connection> OpenAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return new Connection(socket);
    }

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <param name="request">The request as it goes over the wire.</param>
    /// <param name="take">Takes the body piece by piece; null to let it go.</param>
    /// <exception cref="IOException">The connection was closed on the way, or it was no answer.</exception>
    public async ValueTask<Answer> SendAsync(
        ReadOnlyMemory<byte> request,
        Func<ReadOnlyMemory<byte>, ValueTask>? take = null
    )
    {
        await _socket.SendAsync(request, SocketFlags.None);
        var (status, length, chunked) = await ReadHeadAsync();
        if (_start == _end && (length > 0 || chunked))
        {
            await FillAsync();
        }

        var first = Stopwatch.GetTimestamp();
        if (!chunked)
        {
            await TakeAsync(length, take);
            return new Answer(status, length, first);
        }

        var total = 0L;
        while (true)
        {
            var size = await ReadChunkSizeAsync();
            total += size;
            await TakeAsync(size, take);
            await TakeAsync(2, null);
            if (size == 0)
            {
                return new Answer(status, total, first);
            }
        }
    }

    /// <summary>Sends a request and gives the body as text.</summary>
    /// <exception cref="IOException">The connection was closed on the way, or it was no answer.</exception>
    public async Task<(int Status, string Body)> ReadAsync(ReadOnlyMemory<byte> request)
    {
        using var body = new MemoryStream();
        var answer = await SendAsync(request, piece => body.WriteAsync(piece));
        return (answer.Status, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async ValueTask<(int Status, long Length, bool Chunked)> ReadHeadAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        var head = Parse(_buffer.AsSpan(_start, end + 2));
        _start += end + 4;
        return head;
    }

    private static (int Status, long Length, bool Chunked) Parse(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException("That is no answer of HTTP/1.1.");
        }

        var (length, chunked) = (0L, false);
        for (var rest = head; rest.IndexOf("\r\n"u8) is >= 0 and var end; rest = rest[(end + 2)..])
        {
            var line = rest[..end];
            if (Begins(line, Length))
            {
                _ = Utf8Parser.TryParse(line[Length.Length..].TrimStart((byte)' '), out length, out _);
            }
            else if (Begins(line, Chunked))
            {
                chunked = true;
            }
        }

        return (status, status is 204 or 304 ? 0 : length, chunked && status is not (204 or 304));
    }

    private static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private async ValueTask<long> ReadChunkSizeAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, end), out long size, out _, 'x'))
        {
            throw new IOException("That is no piece of a body.");
        }

        _start += end + 2;
        return size;
    }

    private async ValueTask TakeAsync(long length, Func<ReadOnlyMemory<byte>, ValueTask>? take)
    {
        while (length > 0)
        {
            if (_start == _end)
            {
                await FillAsync();
            }

            var piece = (int)Math.Min(length, _end - _start);
            if (take is not null)
            {
                await take(_buffer.AsMemory(_start, piece));
            }

            _start += piece;
            length -= piece;
        }
    }

    /// <summary>Reads more, behind what is there.</summary>
    private async ValueTask FillAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var held = _end - _start;
            var room = held == _buffer.Length ? new byte[2 * held] : _buffer;
            _buffer.AsSpan(_start, held).CopyTo(room);
            (_buffer, _start, _end) = (room, 0, held);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None);
        _end += read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}

/// <summary>An answer that was read.</summary>
/// <param name="Status">The status.</param>
/// <param name="Length">The length of its body in bytes.</param>
/// <param name="FirstByteAt">When the first byte of the body was there, as <see cref="Stopwatch"/> tells time.</param>
internal readonly record struct Answer(int Status, long Length, long FirstByteAt);
