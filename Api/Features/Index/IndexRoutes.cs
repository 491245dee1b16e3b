using Registry.Api.Routing;

namespace Registry.Api.Features.Index;

/// <summary>The address that all others can be found from.</summary>
internal static class IndexRoutes
{
    public static void MapIndex(this IEndpointRouteBuilder v1) =>
        v1.MapGroup("").WithTags("Index").MapAnswer<GetIndex, ApiIndex>("");
}
