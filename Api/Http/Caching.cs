namespace Registry.Api.Http;

internal static class Caching
{
    /// <summary>Says how long the answers of a group may be kept.</summary>
    public static RouteGroupBuilder CachedFor(this RouteGroupBuilder group, string directive) =>
        group.AddEndpointFilter(
            (context, next) =>
            {
                context.HttpContext.Response.Headers.CacheControl = directive;
                return next(context);
            }
        );
}
