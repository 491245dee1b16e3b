using Microsoft.AspNetCore.Http.Features;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;

namespace Registry.Api.Observability;

/// <summary>Logs a line for each request.</summary>
/// <remarks>
/// A line has no query, no header and no body, of which any may have contents of records or secrets. The address is masked like
/// that of the audit log (setting Audit:Addresses).
/// </remarks>
internal sealed partial class AccessLog(AuditOrigins origins, TimeProvider clock, ILogger<AccessLog> log)
{
    private const string None = "-";

    /// <summary>Serves a request, and logs it when the response is written.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var begun = clock.GetTimestamp();
        var response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new CountingStream(context.Response.Body);
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(response);
            Write(context, clock.GetElapsedTime(begun), body.Written);
        }
    }

    private void Write(HttpContext context, TimeSpan duration, long bytes)
    {
        var (request, origin) = (context.Request, origins.Of(context));
        LogRequest(
            log,
            request.Method,
            // Escaped, so that no path writes a line of its own.
            $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}",
            context.Response.StatusCode,
            Math.Round(duration.TotalMilliseconds, 1),
            bytes,
            RequestSpans.RouteOf(context) ?? None,
            Caller.Of(context)?.KeyId ?? QuotaService.ChargeOf(context)?.KeyId ?? None,
            origin.Address ?? None,
            origin.RequestId ?? None
        );
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "{Method} {Path} {Status} in {Milliseconds} ms, {Bytes} bytes, route {Route}, key {Key}, address {Address}, request {RequestId}"
    )]
    private static partial void LogRequest(
        ILogger log,
        string method,
        string path,
        int status,
        double milliseconds,
        long bytes,
        string route,
        string key,
        string address,
        string requestId
    );
}
