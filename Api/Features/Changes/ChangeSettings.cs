using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Registry.Api.Http.Problems;

namespace Registry.Api.Features.Changes;

/// <summary>The settings under <c>Changes</c>.</summary>
internal sealed class ChangeSettings
{
    public const string Section = "Changes";

    /// <summary>The maximum number of concurrent streams of changes in this process.</summary>
    public int MaxStreams { get; set; } = 200;

    /// <summary>The maximum number of concurrent streams of one client: an IPv4 address, or 64 bits of an IPv6 address.</summary>
    public int MaxStreamsPerClient { get; set; } = 100;

    /// <summary>The heartbeat interval of a stream without changes, in seconds.</summary>
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static ChangeSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<ChangeSettings>() ?? new ChangeSettings();
        return settings is { MaxStreams: >= 0, MaxStreamsPerClient: >= 0, HeartbeatSeconds: > 0 and < 86_400 }
            ? settings
            : throw new OptionsValidationException(
                Section,
                typeof(ChangeSettings),
                [
                    "Changes:MaxStreams and Changes:MaxStreamsPerClient are numbers from 0, Changes:HeartbeatSeconds is more "
                        + "than 0 and less than a day.",
                ]
            );
    }
}

/// <summary>
/// The limits of concurrent streams, of the process and of one client: each stream uses a connection, a task and buffers, and
/// one client cannot take all slots.
/// </summary>
internal sealed class StreamSlots(IOptions<ChangeSettings> settings)
{
    /// <summary>The prefix of an IPv6 address that one client has, in bytes: it can use any address in it.</summary>
    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _openByClient = [];
    private int _open;

    /// <summary>Takes a slot for a client.</summary>
    /// <param name="address">The address of the client; null when the connection has none.</param>
    /// <returns>The slot, which is released on disposal.</returns>
    /// <exception cref="TooManyStreamsException">A limit is reached.</exception>
    public IDisposable Take(IPAddress? address)
    {
        var client = ClientOf(address ?? IPAddress.None);
        lock (_gate)
        {
            var openOfClient = _openByClient.GetValueOrDefault(client);
            if (_open >= settings.Value.MaxStreams || openOfClient >= settings.Value.MaxStreamsPerClient)
            {
                throw new TooManyStreamsException();
            }

            _open++;
            _openByClient[client] = openOfClient + 1;
        }

        return new Slot(this, client);
    }

    private static IPAddress ClientOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6PrefixBytes).Clear();
        return new IPAddress(bytes);
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
