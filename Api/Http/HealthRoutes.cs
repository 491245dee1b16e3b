using Registry.Domain;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>For those who run the program: is it alive, and can it serve?</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").ExcludeFromDescription().CachedFor("no-store");

        health.MapMethods("/live", Endpoints.ReadMethods, () => Results.Json(new { Status = "live" }));

        health.MapMethods(
            "/ready",
            Endpoints.ReadMethods,
            async (RegistryDatabase database, CancellationToken cancellationToken) =>
                await database.IsUsableAsync(cancellationToken)
                    ? Results.Json(new { Status = "ready" })
                    : throw (
                        database.Damage is { } damage ? new DamagedException(damage, null) : new BusyException(null)
                    )
        );
    }
}
