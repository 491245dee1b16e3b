using System.Net.Sockets;
using System.Security.Cryptography;
using Registry.Api.Access;
using Registry.Domain;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Search;

namespace Registry.Api.Startup;

/// <summary>Prepares the program before the first request.</summary>
internal static class Preparation
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>
    /// Migrates the database and its name index, loads the catalogue into an empty one and makes the first key, then
    /// serves until a stop is requested. Processes that start on one database at the same time take turns. A damaged
    /// file is not modified, and its readable data is served.
    /// </summary>
    /// <returns>The exit code. When the program cannot start, the log has the reason in one sentence.</returns>
    public static async Task<int> ServeAsync(this WebApplication app, GracefulShutdown shutdown)
    {
        shutdown.Listen();
        try
        {
            await PrepareAsync(app);
        }
        catch (OperationCanceledException) when (shutdown.IsStopping)
        {
            return await EndAsync(app, shutdown, []);
        }
        catch (DamagedException damaged)
        {
            app.Logger.LogCritical("{Damage}", damaged.Message);
        }
        catch (BusyException busy)
        {
            return await app.EndAsync(
                "its database is out of reach, or cannot be written to",
                ReasonOf(busy),
                busy.Cause ?? busy
            );
        }
        catch (TimeoutException waited)
        {
            return await app.EndAsync("its database is not free", waited.Message, waited);
        }
        catch (MigrationException failed)
        {
            return await app.EndAsync("its database could not be brought up to date", failed.Message, failed);
        }

        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (shutdown.IsStopping)
        {
            return await EndAsync(app, shutdown, []);
        }
        catch (Exception error)
            when (error
                    is IOException
                        or SocketException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
                        or UnauthorizedAccessException
                        or CryptographicException
            )
        {
            // An error from the server about its addresses or certificates.
            return await app.EndAsync($"it cannot serve at {AddressesOf(app)}", error.Message, error);
        }

        app.Services.GetRequiredService<StartLog>().Started = true;
        var work = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await app.WaitForShutdownAsync();
        return await EndAsync(app, shutdown, work);
    }

    /// <summary>Closes the database file in order.</summary>
    /// <returns>
    /// The exit code: a stop that nobody asked for, as when a background service fails, is not a success.
    /// </returns>
    private static async Task<int> EndAsync(WebApplication app, GracefulShutdown shutdown, BackgroundService[] work)
    {
        await app.DisposeAsync();
        return shutdown.IsRequested && !work.Any(each => each.ExecuteTask is { IsFaulted: true })
            ? ExitCodes.Done
            : ExitCodes.NotDone;
    }

    /// <summary>
    /// Turns off the host's log of a failed start with its stack trace; <see cref="ServeAsync"/> logs the reason.
    /// </summary>
    public static void SayOnce(this WebApplicationBuilder builder)
    {
        var log = new StartLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddFilter(HostCategory, level => log.Started && level >= LogLevel.Information);
    }

    /// <summary>The reason why the database cannot be used, in a sentence.</summary>
    public static string ReasonOf(BusyException busy) =>
        busy is DamagedException ? busy.Message
        : busy is StorageFullException ? $"The disk is full: {busy.Cause?.Message}"
        : busy.Cause?.Message ?? busy.Message;

    private static string AddressesOf(WebApplication app) =>
        app.Urls.Count > 0 ? string.Join(", ", app.Urls) : app.Configuration["urls"] ?? "the address of its settings";

    private static async Task<int> EndAsync(this WebApplication app, string what, string reason, Exception error)
    {
        app.Logger.LogCritical("The registry cannot start: {What}. {Reason}", what, reason.ReplaceLineEndings(" "));
        app.Logger.LogDebug(error, "The registry cannot start.");

        // The console logger writes asynchronously; disposing it flushes the log.
        await app.DisposeAsync();
        return ExitCodes.NotDone;
    }

    private static async Task PrepareAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DatabaseUse>().HoldExisting();
        scope.ServiceProvider.GetRequiredService<FileExamination>().RefuseDamaged();
        await PrepareAsync(app, scope.ServiceProvider, app.Lifetime.ApplicationStopping);
    }

    private static async Task PrepareAsync(WebApplication app, IServiceProvider services, CancellationToken stopping)
    {
        var database = services.GetRequiredService<RegistryDatabase>();
        await using (await StartupLock.TakeAsync(database, services.GetRequiredService<TimeProvider>(), stopping))
        {
            PrepareFiles(app, services, database);
            services.GetRequiredService<DatabaseUse>().Hold();
            Migrate(app);
            await services.GetRequiredService<NameIndex>().BringUpToDateAsync(stopping);
            await services.GetRequiredService<ImportDesk>().SettleAsync(stopping);
            if (Settings.LoadsCatalogue(app.Configuration))
            {
                await services.GetRequiredService<CatalogueLoader>().LoadAsync(stopping);
            }

            await MakeFirstKeyAsync(app, stopping);
        }
    }

    /// <summary>Makes the files of an SQLite database that only their owner is to read, before anything writes to them.</summary>
    private static void PrepareFiles(WebApplication app, IServiceProvider services, RegistryDatabase database)
    {
        try
        {
            services.GetRequiredService<SecretKeys>().Prepare(database);
            if (database.File is { } file)
            {
                SecretFile.CreateEmpty(file);
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only, for example: the data is served anyway.
            app.Logger.LogWarning("The files beside the database could not be made. {Reason}", unwritable.Message);
        }
    }

    private static async Task MakeFirstKeyAsync(WebApplication app, CancellationToken stopping)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Author>().Name = "registry";
        try
        {
            var audit = services.GetRequiredService<AuditLog>();
            if (await services.GetRequiredService<Keys>().MakeFirstAsync(audit, stopping) is { } key)
            {
                ShowFirstKey(app, services.GetRequiredService<Keys>().FirstKeyFile, key);
            }
        }
        catch (BusyException busy) when (busy is not DamagedException)
        {
            // The file is read-only, for example: its data is served anyway.
            app.Logger.LogCritical(
                "No key that may write could be made; the next start tries again. {Reason}",
                ReasonOf(busy)
            );
        }
    }

    /// <summary>
    /// Writes the first key to a file that only its owner can read: the console of a container is its log, where a secret would
    /// stay. Without such a file it is shown on the console, this once.
    /// </summary>
    private static void ShowFirstKey(WebApplication app, string path, string key)
    {
        try
        {
            SecretFile.Write(path, key);
            Console.WriteLine($"The first key (role admin, header X-Api-Key) is in the file {path}");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            app.Logger.LogWarning("The first key could not be written to a file. {Reason}", unwritable.Message);
            Console.WriteLine($"The first key (role admin, header X-Api-Key) is shown this once: {key}");
        }
    }

    /// <summary>
    /// Checks every page of the database file in the background, so that the start does not wait for it.
    /// </summary>
    public static void AddFileExamination(this WebApplicationBuilder builder, bool serves)
    {
        if (serves)
        {
            builder.Services.AddHostedService<Examining>();
        }
    }

    /// <summary>Migrates the database, and changes nothing else.</summary>
    /// <exception cref="DamagedException">The database file is damaged; nothing was written to it.</exception>
    /// <param name="app">The program.</param>
    /// <param name="mayMigrate">True to run scripts whatever the settings are.</param>
    public static async Task MigrateAsync(this WebApplication app, bool mayMigrate = false)
    {
        var database = app.Services.GetRequiredService<RegistryDatabase>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Services.GetRequiredService<FileExamination>().RefuseDamaged();
        await using (await StartupLock.TakeAsync(database, clock, CancellationToken.None))
        {
            PrepareFiles(app, app.Services, database);
            app.Services.GetRequiredService<DatabaseUse>().Hold();
            Migrate(app, mayMigrate);
        }
    }

    /// <summary>Runs the pending scripts, or verifies that there are none when another login is to run them.</summary>
    private static void Migrate(WebApplication app, bool mayMigrate = false)
    {
        var migrator = app.Services.GetRequiredService<Migrator>();
        if (mayMigrate || Settings.Migrates(app.Configuration))
        {
            migrator.Run();
        }
        else
        {
            migrator.RequireUpToDate();
        }
    }

    private sealed class StartLog
    {
        public bool Started { get; set; }
    }

    private sealed class Examining(FileExamination examination, TimeProvider clock, ILogger<Examining> log)
        : BackgroundService
    {
        /// <summary>The delay before the check of the file, so that the first requests come first.</summary>
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Background.RunAsync(
                "file-check",
                "The examination of the database file",
                ExamineAsync,
                clock,
                log,
                stoppingToken
            );

        private async Task ExamineAsync(CancellationToken stopping)
        {
            await Task.Delay(Pause, clock, stopping);
            try
            {
                examination.Examine(stopping);
            }
            catch (DamagedException damaged)
            {
                log.LogCritical(damaged.Cause, "{Damage}", damaged.Message);
            }
        }
    }
}
