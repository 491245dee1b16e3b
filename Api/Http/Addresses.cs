using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http;

/// <summary>Makes the addresses of other pages of a list.</summary>
internal static class Addresses
{
    public static readonly JsonWriterOptions Readable = new() { Encoder = RegistryJson.Options.Encoder };

    /// <summary>The beginning of absolute addresses of this registry, as the client sees them.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{HostOf(request)}{request.PathBase}";

    /// <summary>
    /// The host in absolute addresses: that of the request when the setting AllowedHosts has checked it, or when it is the machine
    /// itself; otherwise the address at which the request arrived. A client could name any host, and a feed or calendar that
    /// somebody stored would lead there.
    /// </summary>
    public static HostString HostOf(HttpRequest request)
    {
        var connection = request.HttpContext.Connection;
        return
            request.HttpContext.RequestServices.GetRequiredService<ProxySettings>().AllowedHosts.Count > 0
            || IsThisMachine(request.Host.Host, connection.LocalIpAddress)
            || connection.LocalIpAddress is not { } local
            ? request.Host
            : new HostString(TextOf(local), connection.LocalPort);
    }

    private static bool IsThisMachine(string host, IPAddress? local) =>
        host is "localhost"
        || (
            IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (
                IPAddress.IsLoopback(address)
                || address.Equals(local is { IsIPv4MappedToIPv6: true } ? local.MapToIPv4() : local)
            )
        );

    private static string TextOf(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();

    /// <summary>
    /// The requested address with another value for one parameter, and without the parameter that it replaces.
    /// </summary>
    public static string With(HttpRequest request, string parameter, object value, string? without = null) =>
        QueryHelpers.AddQueryString(
            $"{request.PathBase}{request.Path}",
            request
                .Query.Where(given => given.Key != parameter && given.Key != without)
                .Select(given => KeyValuePair.Create(given.Key, (string?)given.Value.ToString()))
                .Append(
                    KeyValuePair.Create(
                        parameter,
                        Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
                    )
                )
        );
}
