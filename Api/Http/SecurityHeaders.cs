using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Registry.Api.Http;

/// <summary>
/// Sets the headers that tell browsers what a response may do: nothing, unless it is a page that says otherwise.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>For data and plain pages: no resources, no frames, no forms.</summary>
    private const string OfData = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// For Swagger UI, which loads only its own files. Its icons are data URLs, and it adds one style sheet by script.
    /// </summary>
    private const string OfUi =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues Data = OfData;
    private static readonly StringValues Strict = "max-age=31536000";

    private static readonly StringValues NoFeatures = string.Join(
        ", ",
        new[]
        {
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        }.Select(feature => $"{feature}=()")
    );

    /// <summary>
    /// Sets the headers on every response. They are set when it starts, because a refusal clears the headers set before.
    /// </summary>
    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        Func<object, Task> set = app.Environment.IsDevelopment() ? Set : SetWithTransport;
        return app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(set, context);
                return next(context);
            }
        );
    }

    /// <summary>Lets pages load files of this server.</summary>
    public static IApplicationBuilder UseUiPolicy(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = OfUi;
                return next(context);
            }
        );

    /// <summary>The policy of a page with one style sheet inside, which other sites show in a frame.</summary>
    public static string OfFrame(string style) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    private static Task Set(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Permissions-Policy"] = NoFeatures;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = Data;
        }

        return Task.CompletedTask;
    }

    private static Task SetWithTransport(object state)
    {
        // As with the framework's own HSTS, a name of the machine itself is left out: the rule would hold for every program on it.
        var request = ((HttpContext)state).Request;
        if (request.IsHttps && request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            ((HttpContext)state).Response.Headers.StrictTransportSecurity = Strict;
        }

        return Set(state);
    }
}
