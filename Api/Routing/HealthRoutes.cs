using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Routing;

/// <summary>Maps the liveness and readiness checks.</summary>
internal static class HealthRoutes
{
    private const string CacheControl = "no-store";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapPage("/health/live", _ => Results.Json(new { Status = "live" }), CacheControl);
        app.MapPage("/health/ready", AnswerReadyAsync, CacheControl);
    }

    private static async Task<IResult> AnswerReadyAsync(HttpContext context)
    {
        var database = context.RequestServices.GetRequiredService<RegistryDatabase>();
        return await database.IsUsableAsync(context.RequestAborted) ? Results.Json(new { Status = "ready" })
            : database.Damage is { } damage ? throw new DamagedException(damage, null)
            : throw new BusyException(null);
    }
}
