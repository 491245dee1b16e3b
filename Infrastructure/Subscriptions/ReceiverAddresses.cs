using System.Net;
using System.Net.Sockets;
using Registry.Domain;
using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>Keeps the registry from being made to send to the machines behind it (server-side request forgery).</summary>
public sealed class ReceiverAddresses(DeliverySettings settings)
{
    internal const string SecureSentence = "An address starts with https://.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Looks at an address before it is kept. A host that nobody knows yet may become known.</summary>
    /// <exception cref="IllegalValueException">Nothing would be sent there.</exception>
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

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ResolveAsync(address.IdnHost, patience.Token);
        }
        catch (ForbiddenAddressException)
        {
            throw new IllegalValueException("url", ForbiddenAddressException.Sentence);
        }
        catch (SocketException)
        {
            // Looked at again whenever something is sent.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same.
        }
    }

    /// <summary>True where nobody on the way can read along, or the host is trusted by name.</summary>
    internal bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps || settings.Allows(address.IdnHost);

    /// <summary>
    /// Connects to an address that was looked at itself, not to a name: between a look and a second look-up a name can
    /// come to mean another machine.
    /// </summary>
    /// <exception cref="ForbiddenAddressException">The host is not one of the open internet.</exception>
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

        // One that is not open is enough: a name that means this machine as well is no honest name.
        return settings.Allows(host) || addresses.All(PublicAddress.Is)
            ? addresses
            : throw new ForbiddenAddressException();
    }
}

/// <summary>The host is within a private network, or is this machine.</summary>
internal sealed class ForbiddenAddressException() : IOException(Sentence)
{
    public const string Sentence = "The host is not one of the open internet.";
}
