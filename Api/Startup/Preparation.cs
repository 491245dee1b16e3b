using Microsoft.Extensions.Options;
using Registry.Api.Access;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Search;

namespace Registry.Api.Startup;

/// <summary>What happens before the first request is served.</summary>
internal static class Preparation
{
    /// <summary>
    /// Brings the database and its index of names up to date, fills an empty one and makes the first key. Processes that start at once on
    /// one database take turns. A damaged file is left as it is, and the program serves what can be read of it.
    /// </summary>
    /// <returns>False where the database cannot be reached, or not be written to as is necessary; the log says why.</returns>
    /// <exception cref="OptionsValidationException">A setting cannot be meant as it is.</exception>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;

        // Settings that cannot be meant stop the program before it touches the database.
        _ = services.GetRequiredService<IOptions<AccessSettings>>().Value;
        _ = RenderedReads.MegabytesOf(app.Configuration);

        try
        {
            services.GetRequiredService<FileExamination>().RefuseDamaged();
            await PrepareAsync(app, services, stopping);
        }
        catch (DamagedException damaged)
        {
            app.Logger.LogCritical(damaged.Cause, "{Damage}", damaged.Message);
        }
        catch (BusyException busy)
        {
            app.Logger.LogCritical(
                "The registry cannot start: its database is out of reach, or cannot be written to. {Reason}",
                ReasonOf(busy)
            );
            return false;
        }

        return true;
    }

    private static string ReasonOf(BusyException busy) =>
        $"{(busy is StorageFullException ? "The disk is full: " : "")}{busy.Cause?.Message ?? busy.Message}";

    private static async Task PrepareAsync(WebApplication app, IServiceProvider services, CancellationToken stopping)
    {
        var database = services.GetRequiredService<RegistryDatabase>();
        await using (await StartupLock.TakeAsync(database, services.GetRequiredService<TimeProvider>(), stopping))
        {
            services.GetRequiredService<Migrator>().Run();
            await services.GetRequiredService<NameIndex>().BringUpToDateAsync(stopping);
            await services.GetRequiredService<ImportDesk>().SettleAsync(stopping);
            if (app.Configuration.GetValue("Catalogue:Load", defaultValue: true))
            {
                await services.GetRequiredService<CatalogueLoader>().LoadAsync(stopping);
            }

            await MakeFirstKeyAsync(app, services, stopping);
        }
    }

    private static async Task MakeFirstKeyAsync(
        WebApplication app,
        IServiceProvider services,
        CancellationToken stopping
    )
    {
        try
        {
            if (await services.GetRequiredService<AccessKeys>().MakeFirstAsync(stopping) is { } key)
            {
                // On the console and not in the log, where a secret would stay.
                Console.WriteLine($"The key that may write (header X-Api-Key) is shown this once: {key}");
            }
        }
        catch (BusyException busy) when (busy is not DamagedException)
        {
            // A file that may only be read, for one: what is on record is served all the same.
            app.Logger.LogCritical(
                "No key that may write could be made; the next start tries again. {Reason}",
                ReasonOf(busy)
            );
        }
    }

    /// <summary>Looks at every page of the database file when the program serves, so that the start does not wait for it.</summary>
    public static void AddFileExamination(this WebApplicationBuilder builder, bool serves)
    {
        if (serves)
        {
            builder.Services.AddHostedService<Examining>();
        }
    }

    /// <summary>Brings the database up to date and leaves it as it is otherwise.</summary>
    /// <exception cref="DamagedException">The database file is damaged; nothing was written to it.</exception>
    public static async Task MigrateAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<RegistryDatabase>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Services.GetRequiredService<FileExamination>().RefuseDamaged();
        await using (await StartupLock.TakeAsync(database, clock, CancellationToken.None))
        {
            app.Services.GetRequiredService<Migrator>().Run();
        }
    }

    private sealed class Examining(FileExamination examination, TimeProvider clock, ILogger<Examining> log)
        : BackgroundService
    {
        /// <summary>Those who wait for the start come first.</summary>
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            try
            {
                examination.Examine(stoppingToken);
            }
            catch (DamagedException damaged)
            {
                log.LogCritical(damaged.Cause, "{Damage}", damaged.Message);
            }
        }
    }
}
