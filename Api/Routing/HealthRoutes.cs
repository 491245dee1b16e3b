using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Routing;

/// <summary>Maps the liveness and readiness checks.</summary>
internal static class HealthRoutes
{
    private const string CacheControl = "no-store";

    /// <summary>The time after which a restarted program may serve.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Maps both.</summary>
    /// <param name="app">The program.</param>
    /// <param name="isStopping">True from the request to shut down, from which on the program is not ready.</param>
    public static void MapHealth(this IEndpointRouteBuilder app, Func<bool> isStopping)
    {
        app.MapPage("/health/live", _ => Results.Json(new { Status = "live" }), CacheControl);
        app.MapPage(
            "/health/ready",
            context =>
                isStopping()
                    ? throw new RetryLaterException("busy", "The program shuts down.", RetryAfter)
                    : AnswerReadyAsync(context),
            CacheControl
        );
    }

    private static async Task<IResult> AnswerReadyAsync(HttpContext context)
    {
        var database = context.RequestServices.GetRequiredService<RegistryDatabase>();
        return await database.IsUsableAsync(context.RequestAborted) ? Results.Json(new { Status = "ready" })
            : database.Damage is { } damage ? throw new DamagedException(damage, null)
            : throw new BusyException(null);
    }
}
