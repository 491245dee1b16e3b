using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

#pragma warning disable CA1050 // The runtime looks for a type of this name outside of all namespaces.

/// <summary>
/// What the runtime calls before the program begins (DOTNET_STARTUP_HOOKS): it stops the program from within as soon as it serves,
/// as a defect would.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable without which nothing happens.</summary>
    public const string Variable = "REGISTRY_TEST_STARTUP_HOOK";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners());
        }
    }

    private sealed class Listeners : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilt", Value: IHost host })
            {
                var life = host.Services.GetRequiredService<IHostApplicationLifetime>();
                life.ApplicationStarted.Register(life.StopApplication);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
