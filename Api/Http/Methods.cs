namespace Registry.Api.Http;

/// <summary>Handles OPTIONS with the methods of the matched routes (header Allow).</summary>
internal static class Methods
{
    public static IApplicationBuilder UseOptions(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                if (
                    HttpMethods.IsOptions(context.Request.Method)
                    && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed }
                )
                {
                    var allow = context.Response.Headers.Allow.ToString();
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    context.Response.Headers.Allow = $"{allow}, OPTIONS";
                    if (allow.Contains(HttpMethods.Patch, StringComparison.Ordinal))
                    {
                        context.Response.Headers["Accept-Patch"] = MediaTypes.MergePatch;
                    }
                }
            }
        );
}
