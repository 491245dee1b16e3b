using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Registry.Api.Startup;

/// <summary>The limits of the HTTP server, which stop clients that are slow or send too much.</summary>
internal static class ServerLimits
{
    /// <summary>The maximum length of the request line, in bytes: method, address and version.</summary>
    public const int RequestLineBytes = 8 * 1024;

    /// <summary>The maximum size of all headers, in bytes.</summary>
    public const int HeaderBytes = 32 * 1024;

    /// <summary>The maximum number of headers.</summary>
    public const int Headers = 100;

    /// <summary>The minimum rate at which a client sends a body or receives a response, in bytes a second.</summary>
    public const int BytesPerSecond = 240;

    private const int UsualConnections = 10_000;

    /// <summary>The time in which a client has to send all headers.</summary>
    public static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The time for which a client may be slower than the minimum rate.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Sets the limits.</summary>
    public static void Apply(KestrelServerLimits limits, IConfiguration configuration)
    {
        limits.MaxConcurrentConnections = configuration.GetValue("Limits:Connections", UsualConnections);
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecond, GracePeriod);
        limits.MinResponseDataRate = new MinDataRate(BytesPerSecond, GracePeriod);
    }
}
