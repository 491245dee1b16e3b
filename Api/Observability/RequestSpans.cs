using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Registry.Api.Observability;

/// <summary>Completes the spans of requests by the semantic conventions of OpenTelemetry.</summary>
/// <remarks>
/// The framework makes the spans. Their tags are set here, at the end and only for traces that are kept: made at the start of each
/// request, they would be a cost of those that are not. They have no query, no header and no address of a client.
/// </remarks>
internal static class RequestSpans
{
    /// <summary>The methods that the conventions know; a client can send any other one.</summary>
    private static readonly FrozenSet<string> Methods = FrozenSet.ToFrozenSet([
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "CONNECT",
    ]);

    /// <summary>Serves a request, and completes its span.</summary>
    public static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var span = Activity.Current;
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
            {
                Complete(span, context);
            }
        }
    }

    /// <summary>The route template of a request, also of one that was refused; null when it has none.</summary>
    public static string? RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)
            ?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()
            ?.Route;

    private static void Complete(Activity span, HttpContext context)
    {
        var (request, status) = (context.Request, context.Response.StatusCode);
        var method = Methods.Contains(request.Method) ? request.Method : "HTTP";
        span.SetTag("http.request.method", method == "HTTP" ? "_OTHER" : method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}");
        span.SetTag("http.response.status_code", status);
        if (RouteOf(context) is { } route)
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }
        else
        {
            span.DisplayName = method;
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", $"{status}");
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
