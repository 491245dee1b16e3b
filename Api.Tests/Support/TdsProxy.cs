using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace Registry.Api.Tests.Support;

/// <summary>
/// A network between the program and a SQL Server (MS-TDS): it counts the messages of the program, each of which is a round
/// trip, can delay them, and can fail.
/// </summary>
public sealed class TdsProxy : IDisposable
{
    /// <summary>The bytes before the data of a packet: type, status, length, and more.</summary>
    private const int Header = 8;

    /// <summary>The status of the last packet of a message.</summary>
    private const int EndOfMessage = 1;

    private readonly string _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private long _messages;
    private volatile bool _isDown;
    private TaskCompletionSource _flows = Flowing();

    private TdsProxy(string server) => _server = server;

    /// <summary>The number of messages of the program so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The time that each message of the program is on its way longer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Stands between the program and the server of a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="proxied">The same database behind the proxy.</param>
    public static TdsProxy Before(TestDatabase database, out TestDatabase proxied)
    {
        var settings = new SqlConnectionStringBuilder(database.ConnectionString);
        var proxy = new TdsProxy(settings.DataSource);
        proxy._listener.Start();
        settings.DataSource = $"127.0.0.1,{((IPEndPoint)proxy._listener.LocalEndpoint).Port}";
        proxied = database with { ConnectionString = settings.ToString() };
        _ = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>Breaks every connection, and refuses new ones until <see cref="Restore"/>.</summary>
    public void TakeDown()
    {
        _isDown = true;
        lock (_gate)
        {
            // That of a connection that has ended by itself is gone.
            _open.ForEach(client => client.Client?.Close(0));
            _open.Clear();
        }
    }

    /// <summary>Lets nothing through in either direction, as a black hole does, until <see cref="Restore"/>.</summary>
    public void Swallow() => _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is a good network again.</summary>
    public void Restore()
    {
        _isDown = false;
        _flows.TrySetResult();
    }

    public void Dispose()
    {
        Restore();
        _closing.Cancel();
        _listener.Stop();
        TakeDown();
        _closing.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            try
            {
                if (_isDown)
                {
                    client.Client.Close(0);
                    return;
                }

                client.NoDelay = true;
                lock (_gate)
                {
                    _open.Add(client);
                }

                var (host, port) = AddressOf(_server);
                await server.ConnectAsync(host, port);
                await Task.WhenAny(
                    ForwardAsync(client.GetStream(), server.GetStream()),
                    ReturnAsync(server.GetStream(), client.GetStream())
                );
            }
            catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
            {
                // One of the two has gone.
            }
        }
    }

    private static (string Host, int Port) AddressOf(string source)
    {
        var parts = source.Split(':')[^1].Split(',');
        return (parts[0], parts.Length > 1 ? int.Parse(parts[1], null) : 1433);
    }

    /// <summary>Forwards the packets of the program, one by one.</summary>
    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var packet = new byte[ushort.MaxValue];
        while (await from.ReadAtLeastAsync(packet.AsMemory(0, Header), Header, throwOnEndOfStream: false) == Header)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
            await from.ReadExactlyAsync(packet.AsMemory(Header, length - Header));
            if ((packet[1] & EndOfMessage) != 0)
            {
                Interlocked.Increment(ref _messages);
                await Task.Delay(Delay);
            }

            await _flows.Task;
            await to.WriteAsync(packet.AsMemory(0, length));
        }
    }

    private async Task ReturnAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer)) > 0; )
        {
            await _flows.Task;
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
