using Registry.Api.Routing;

namespace Registry.Api.Features.Index;

/// <summary>Maps the index, from which clients can find all other addresses.</summary>
internal static class IndexRoutes
{
    public static void MapIndex(this IEndpointRouteBuilder v1) =>
        v1.MapGroup("").WithTags("Index").MapAnswer<GetIndex, ApiIndex, ApiIndex>("", index => new IndexAnswer(index));
}
