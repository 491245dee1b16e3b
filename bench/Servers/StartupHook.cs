using Registry.Bench.Servers;

#pragma warning disable CA1050 // The runtime looks for a type of this name outside of all namespaces.

/// <summary>What the runtime calls before the program that is measured begins (DOTNET_STARTUP_HOOKS).</summary>
internal static class StartupHook
{
    /// <summary>Begins to tell what the program allocates.</summary>
    public static void Initialize() => AllocationMeter.Begin();
}
