using System.Net;
using System.Net.Sockets;
using Registry.Domain;
using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>Prevents server-side request forgery: the registry sends nothing to hosts in its own network.</summary>
public sealed class ReceiverAddresses(DeliverySettings settings)
{
    internal const string SecureSentence = "It starts with https://.";

    private static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Validates a URL before it is stored. A host name that cannot be resolved yet is accepted.</summary>
    /// <exception cref="IllegalValueException">The host is not allowed.</exception>
    public async Task CheckAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || settings.Allows(address.IdnHost))
        {
            return;
        }

        if (!IsSecure(address))
        {
            throw new IllegalValueException("url", SecureSentence);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(LookupTimeout);
        try
        {
            await ResolveAsync(address.IdnHost, timeout.Token);
        }
        catch (ForbiddenAddressException)
        {
            throw new IllegalValueException("url", ForbiddenAddressException.Sentence);
        }
        catch (SocketException)
        {
            // Every delivery validates it again.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // As above.
        }
    }

    /// <summary>True when the connection is encrypted, or the host is trusted.</summary>
    internal bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps || settings.Allows(address.IdnHost);

    /// <summary>
    /// Connects to a validated IP address, not to a name: a second lookup could resolve the name to another host.
    /// </summary>
    /// <exception cref="ForbiddenAddressException">The host has no public address.</exception>
    internal async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);

        // One address that is not public is enough: a name that also resolves to an internal host is an attack.
        return settings.Allows(host) || addresses.All(PublicAddress.Is)
            ? addresses
            : throw new ForbiddenAddressException();
    }
}

/// <summary>The host is in a private network, or is this machine.</summary>
internal sealed class ForbiddenAddressException() : IOException(Sentence)
{
    public const string Sentence = "The host has no public address.";
}
