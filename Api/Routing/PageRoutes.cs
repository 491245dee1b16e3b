namespace Registry.Api.Routing;

/// <summary>
/// Maps pages that are not operations of the contract. They are plain delegates, like the operations, so that the
/// framework compiles no binding at the start.
/// </summary>
internal static class PageRoutes
{
    /// <summary>Maps a page for GET and HEAD, with a value of Cache-Control for success.</summary>
    public static void MapPage(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<HttpContext, IResult> page,
        string? cacheControl = null
    ) => routes.MapPage(pattern, context => Task.FromResult(page(context)), cacheControl);

    /// <summary>Maps a page that writes its response itself.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string pattern, RequestDelegate page) =>
        routes.MapMethods(pattern, Endpoints.ReadMethods, page).ExcludeFromDescription();

    /// <summary>Maps an asynchronous page.</summary>
    public static void MapPage(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<HttpContext, Task<IResult>> page,
        string? cacheControl = null
    ) =>
        routes
            .MapMethods(
                pattern,
                Endpoints.ReadMethods,
                async (HttpContext context) =>
                {
                    var result = await page(context);
                    if (cacheControl is not null)
                    {
                        context.Response.Headers.CacheControl = cacheControl;
                    }

                    await result.ExecuteAsync(context);
                }
            )
            .ExcludeFromDescription();
}
