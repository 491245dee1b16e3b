using System.Net;
using System.Net.Sockets;

namespace Registry.Domain.Subscriptions;

/// <summary>
/// Distinguishes public addresses from those of this machine and its networks, to which the registry must not send
/// anything.
/// </summary>
/// <remarks>It follows the IANA registries of special-purpose addresses (RFC 6890).</remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] SpecialOfVersion4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private, RFC 1918
        IPNetwork.Parse("100.64.0.0/10"), // carriers' translation, RFC 6598
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, with the metadata services of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private, RFC 1918
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays, withdrawn
        IPNetwork.Parse("192.168.0.0/16"), // private, RFC 1918
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, with the broadcast address
    ];

    /// <summary>
    /// The block of global unicast addresses; loopback, unique local, link-local and multicast are outside it.
    /// </summary>
    private static readonly IPNetwork GlobalOfVersion6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialOfVersion6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, with Teredo
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which holds an address of version 4
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>The prefix of IPv4 addresses in IPv6-only networks (RFC 6052).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True when the address is public.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !SpecialOfVersion4.Any(network => network.Contains(address));
        }

        // An IPv4-mapped IPv6 address is checked as its IPv4 address.
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (Translated.Contains(address))
        {
            return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        return GlobalOfVersion6.Contains(address) && !SpecialOfVersion6.Any(network => network.Contains(address));
    }
}
