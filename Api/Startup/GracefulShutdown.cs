using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Registry.Api.Startup;

/// <summary>The settings of the shutdown, under <c>Shutdown</c>.</summary>
internal sealed class ShutdownSettings
{
    /// <summary>The name of the setting with the pause.</summary>
    public const string PauseName = "Shutdown:Pause";

    /// <summary>The name of the setting with the timeout.</summary>
    public const string TimeoutName = "Shutdown:Timeout";

    /// <summary>
    /// The time that background work has after the last request, and the server for a request that ignores the end of its
    /// connection.
    /// </summary>
    public static readonly TimeSpan BackgroundTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The time between SIGTERM and the shutdown, in which requests are served and the readiness check fails: a load balancer that
    /// asks for it sends nothing any more before connections are refused.
    /// </summary>
    public TimeSpan Pause { get; set; } = TimeSpan.Zero;

    /// <summary>The time that requests have to complete; then their connections are aborted.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Reads the settings.</summary>
    public static ShutdownSettings Of(IConfiguration configuration) =>
        configuration.GetSection("Shutdown").Get<ShutdownSettings>() ?? new ShutdownSettings();
}

/// <summary>
/// Shuts down the program on a signal: the readiness check fails, requests are served for the pause of the settings, then no
/// connection is accepted and requests have the timeout of the settings to complete.
/// </summary>
/// <remarks>
/// It takes the place of the console lifetime of the host, which signals the shutdown at once: streams and long polls would end
/// while the load balancer still leads their clients back to this process.
/// </remarks>
internal sealed class GracefulShutdown(
    IHostApplicationLifetime host,
    ShutdownSettings settings,
    TimeProvider clock,
    ILogger<GracefulShutdown> log
) : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _aborted = new();
    private readonly List<IDisposable> _listening = [];
    private ITimer? _pause;
    private ITimer? _timeout;
    private int _signals;
    private int _connections;

    /// <summary>True when a signal asked for the shutdown.</summary>
    public bool IsRequested => Volatile.Read(ref _signals) > 0;

    /// <summary>True from the signal, or the beginning of a shutdown for another reason.</summary>
    public bool IsStopping => IsRequested || host.ApplicationStopping.IsCancellationRequested;

    /// <summary>Begins to listen for signals.</summary>
    /// <remarks>
    /// Before the database is prepared: the first process of a container ignores signals that it does not listen for.
    /// </remarks>
    public void Listen()
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _listening.Add(PosixSignalRegistration.Create(signal, Receive));
        }

        _listening.Add(host.ApplicationStarted.Register(() => log.LogInformation("Application started.")));
        _listening.Add(host.ApplicationStopping.Register(Stop));
    }

    /// <summary>Aborts connections that are open at the end of the timeout.</summary>
    public ConnectionDelegate Bound(ConnectionDelegate next) =>
        async connection =>
        {
            Interlocked.Increment(ref _connections);
            await using var aborting = _aborted.Token.UnsafeRegister(
                static state =>
                    ((ConnectionContext)state!).Abort(new ConnectionAbortedException("The program shuts down.")),
                connection
            );
            try
            {
                await next(connection);
            }
            finally
            {
                Interlocked.Decrement(ref _connections);
            }
        };

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _listening.ForEach(each => each.Dispose());
        _pause?.Dispose();
        _timeout?.Dispose();
        _aborted.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;

        // A second signal, and Ctrl+C, end the pause.
        if (
            Interlocked.Increment(ref _signals) > 1
            || context.Signal != PosixSignal.SIGTERM
            || settings.Pause == TimeSpan.Zero
            || !host.ApplicationStarted.IsCancellationRequested
        )
        {
            host.StopApplication();
            return;
        }

        log.LogInformation("The program is asked to stop, and serves for another {Pause}.", settings.Pause);
        _pause = clock.CreateTimer(_ => host.StopApplication(), null, settings.Pause, Timeout.InfiniteTimeSpan);
    }

    private void Stop()
    {
        log.LogInformation("Application is shutting down...");
        _timeout = clock.CreateTimer(_ => Abort(), null, settings.Timeout, Timeout.InfiniteTimeSpan);
    }

    private void Abort()
    {
        if (Volatile.Read(ref _connections) is var open and > 0)
        {
            log.LogWarning("{Count} connections are aborted: their requests have not completed.", open);
        }

        _aborted.Cancel();
    }
}

/// <summary>Adds the shutdown.</summary>
internal static class ShutdownServices
{
    public static void AddGracefulShutdown(this WebApplicationBuilder builder)
    {
        var settings = ShutdownSettings.Of(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<GracefulShutdown>();
        builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<GracefulShutdown>());
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = settings.Timeout + ShutdownSettings.BackgroundTimeout
        );
    }
}
