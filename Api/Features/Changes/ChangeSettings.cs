using System.Net;
using Microsoft.Extensions.Options;
using Registry.Api.Access;
using Registry.Api.Http.Problems;

namespace Registry.Api.Features.Changes;

/// <summary>The settings under <c>Changes</c>.</summary>
internal sealed class ChangeSettings
{
    public const string Section = "Changes";

    /// <summary>The maximum number of concurrent streams of changes and long polls in this process.</summary>
    public int MaxStreams { get; set; } = 200;

    /// <summary>The maximum number of concurrent streams and long polls of one client: an IPv4 address, or 64 bits of an IPv6 address.</summary>
    public int MaxStreamsPerClient { get; set; } = 100;

    /// <summary>The heartbeat interval of a stream without changes, in seconds.</summary>
    public double HeartbeatSeconds { get; set; } = 15;
}

/// <summary>
/// The limits of concurrent streams and long polls, of the process and of one client: each uses a connection, a task and
/// buffers, and one client cannot take all slots.
/// </summary>
internal sealed class StreamSlots(IOptions<ChangeSettings> settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _openByClient = [];
    private int _open;

    /// <summary>Takes a slot for a client.</summary>
    /// <param name="address">The address of the client; null when the connection has none.</param>
    /// <returns>The slot, which is released on disposal.</returns>
    /// <exception cref="RetryLaterException">A limit is reached.</exception>
    public IDisposable Take(IPAddress? address)
    {
        var client = ClientAddress.Of(address ?? IPAddress.None);
        lock (_gate)
        {
            var openOfClient = _openByClient.GetValueOrDefault(client);
            if (_open >= settings.Value.MaxStreams || openOfClient >= settings.Value.MaxStreamsPerClient)
            {
                throw new RetryLaterException(
                    "too-many-streams",
                    "The limit of open streams and long polls is reached.",
                    TimeSpan.FromSeconds(10)
                );
            }

            _open++;
            _openByClient[client] = openOfClient + 1;
        }

        return new Slot(this, client);
    }

    private void Release(IPAddress client)
    {
        lock (_gate)
        {
            _open--;
            if (--_openByClient[client] == 0)
            {
                _openByClient.Remove(client);
            }
        }
    }

    private sealed class Slot(StreamSlots slots, IPAddress client) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _released, true))
            {
                slots.Release(client);
            }
        }
    }
}
