using Registry.Api.Access;
using Registry.Api.Routing;
using Registry.Domain.Access;
using Registry.Infrastructure.Audit;

namespace Registry.Api.Features.Audit;

/// <summary>The address of the audit log, which needs the role admin.</summary>
internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder v1)
    {
        var audit = v1.MapGroup("/audit").WithTags("Audit").RequireRole(Role.Admin);
        audit.MapList<ListAudit, AuditEntryModel>("");
    }
}
