using System.Net;
using System.Net.Sockets;

namespace Registry.Api.Access;

/// <summary>The network address that stands for one anonymous client.</summary>
internal static class ClientAddress
{
    /// <summary>The prefix of an IPv6 address that one client has, in bytes: it can use any address in it.</summary>
    private const int ClientPrefix6 = 8;

    /// <summary>The IPv4 address, or the first 64 bits of the IPv6 address, from which a request comes.</summary>
    public static IPAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>The IPv4 address, or the first 64 bits of the IPv6 address.</summary>
    public static IPAddress Of(IPAddress address)
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
        bytes.AsSpan(ClientPrefix6).Clear();
        return new IPAddress(bytes);
    }
}
