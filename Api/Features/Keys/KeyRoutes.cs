using Registry.Api.Access;
using Registry.Api.Routing;
using Registry.Domain.Access;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>The addresses of API keys, which need the role admin, and of the caller.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder v1)
    {
        var caller = v1.MapGroup("").WithTags("Keys").RequireAuthorization(AccessServices.Anyone);
        caller.MapAnswer<GetCaller, CallerModel>("/me");

        var keys = v1.MapGroup("/keys").WithTags("Keys").RequireRole(Role.Admin);
        keys.MapList<ListKeys, ApiKeyModel>("");
        keys.MapCreate<CreateKey, ApiKeyModel>("", KeyAt, live: true);
        keys.MapLive<GetKey, ApiKeyModel>("/{id}");
        keys.MapCorrect<CorrectKey, ApiKeyModel>("/{id}");
        keys.MapAct<RotateKey>("/{id}/rotate", typeof(ApiKeyModel));
        keys.MapAct<RevokeKey>("/{id}/revoke", typeof(ApiKeyModel));
    }

    private static string KeyAt(StoredRecord stored) => $"/v1/keys/{stored.Id}";
}
