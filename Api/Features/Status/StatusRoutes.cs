using Registry.Api.Access;
using Registry.Api.Routing;
using Registry.Domain.Access;

namespace Registry.Api.Features.Status;

/// <summary>Maps the status, which needs the role admin.</summary>
internal static class StatusRoutes
{
    public static void MapStatus(this IEndpointRouteBuilder v1) =>
        v1.MapGroup("").WithTags("Status").RequireRole(Role.Admin).MapAnswer<GetStatus, StatusModel>("/status");
}
