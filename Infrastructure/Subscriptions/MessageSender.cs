using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Registry.Infrastructure.Access;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>Sends signed messages according to Standard Webhooks 1.0.0.</summary>
internal sealed class MessageSender : IDisposable
{
    /// <summary>
    /// The number of bytes read from a response, so that the connection can be reused; they are discarded.
    /// </summary>
    private const int MaxResponseBytes = 4 * 1024;

    private static readonly ProductInfoHeaderValue Agent = new(
        "Registry-Webhooks",
        typeof(MessageSender).Assembly.GetName().Version!.ToString(3)
    );

    private readonly DeliverySettings _settings;
    private readonly ReceiverAddresses _addresses;
    private readonly SecretSafe _safe;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public MessageSender(DeliverySettings settings, ReceiverAddresses addresses, SecretSafe safe, TimeProvider clock)
    {
        (_settings, _addresses, _safe, _clock) = (settings, addresses, safe, clock);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = addresses.ConnectAsync,
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                MaxResponseHeadersLength = 16,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends the message once and gets the result; a failure is a result too.</summary>
    public async Task<Delivery> SendAsync(
        Subscription subscription,
        Message message,
        long? sequence,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var at = _clock.GetUtcNow();
        var started = _clock.GetTimestamp();
        var (status, error) = await TryAsync(subscription, message, at, cancellationToken);
        var duration = _clock.GetElapsedTime(started);
        var delivery = new Delivery
        {
            MessageId = message.Id,
            Sequence = sequence,
            Attempt = attempt,
            At = at,
            Status = status,
            Error = error,
            Duration = (int)duration.TotalMilliseconds,
        };
        DeliveryMeasures.Record(delivery, duration);
        return delivery;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int? Status, string? Error)> TryAsync(
        Subscription subscription,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        // The settings may have changed since the URL was stored.
        if (!_addresses.IsSecure(new Uri(subscription.Url)))
        {
            return (null, ReceiverAddresses.SecureSentence);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_settings.Timeout);
        try
        {
            using var request = Sign(subscription, message, at);
            using var response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                patience.Token
            );
            await DrainAsync(response, patience.Token);
            var status = (int)response.StatusCode;
            return (status, SentenceOf(status));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"There was no response within {_settings.Timeout.TotalSeconds:0.###} seconds.");
        }
        catch (HttpRequestException error)
        {
            return (null, SentenceOf(error));
        }
        catch (IOException)
        {
            return (null, "The connection was closed.");
        }
        catch (CryptographicException)
        {
            return (null, "The secret cannot be decrypted with the configured key: rotate it.");
        }
    }

    private HttpRequestMessage Sign(Subscription subscription, Message message, DateTimeOffset at)
    {
        var signature = _safe.Open(subscription.SecretProtected).Sign(message.Id, at, message.Body);
        if (subscription.FormerSecret is { } former && subscription.FormerSecretUntil > at)
        {
            signature += $" {_safe.Open(former).Sign(message.Id, at, message.Body)}";
        }

        var content = new ByteArrayContent(message.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = content };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signature);
        return request;
    }

    private static async Task DrainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[MaxResponseBytes];
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The status is all that counts.
        }
    }

    private static string? SentenceOf(int status) =>
        status switch
        {
            >= 200 and < 300 => null,
            (int)HttpStatusCode.Gone => "The receiver responded with 410: it wants no more messages.",
            >= 300 and < 400 => $"The receiver responded with {status}; redirects are not followed.",
            _ => $"The receiver responded with {status}.",
        };

    /// <summary>
    /// Describes the failure in the registry's own words. The messages of the operating system could reveal the
    /// internal network.
    /// </summary>
    private static string SentenceOf(HttpRequestException error) =>
        error switch
        {
            { InnerException: ForbiddenAddressException } => ForbiddenAddressException.Sentence,
            {
                InnerException: SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                }
            } => "The host name cannot be resolved.",
            { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                "TLS failed: the certificate is not valid for the host.",
            { HttpRequestError: HttpRequestError.ConnectionError } => "The connection to the host failed.",
            _ => "The response is not valid HTTP.",
        };
}
