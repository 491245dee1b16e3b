namespace Registry.Bench.Servers;

/// <summary>The registry as it is released, started as its users start it.</summary>
internal static class Product
{
    /// <summary>The setting of the key that may write.</summary>
    public const string KeySetting = "Access__AdminKey";

    /// <summary>The key that the measurements write with.</summary>
    public const string Key = "bench-key-0123456789-0123456789-0123456789";

    /// <summary>The setting of how many writes are committed together.</summary>
    public const string WritesPerCommit = "Database__WritesPerCommit";

    /// <summary>What answers once the product serves.</summary>
    public const string Ready = "/health/ready";

    /// <summary>The assembly that was built from the source beside this program.</summary>
    public static string Assembly { get; } =
        Path.Combine(RootOf(AppContext.BaseDirectory), "Api", "bin", "Release", "net10.0", "Registry.Api.dll");

    /// <summary>Serves a file.</summary>
    public static Task<Server> StartAsync(string file, params (string Name, string Value)[] settings) =>
        Server.StartAsync(
            Assembly,
            address => ["--urls", address.ToString()],
            Ready,
            [.. SettingsOf(file), .. settings]
        );

    /// <summary>What the product is told in its environment.</summary>
    public static (string Name, string Value)[] SettingsOf(string file) =>
        [
            ("ConnectionStrings__Sqlite", $"Data Source={file}"),
            ("Catalogue__Load", "false"),
            (KeySetting, Key),
            // Quotas are kept, and too large to be used up.
            ("Quotas__Anonymous__PerSecond", "1000000000"),
            ("Quotas__Anonymous__Burst", "1000000000"),
            ("Quotas__Anonymous__PerDay", "1000000000000"),
            ("Limits__HeavyRequestsPerClient", "1000"),
        ];

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "Registry.sln"))
            ? folder
            : RootOf(
                Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
                    ?? throw new InvalidOperationException("This program is not inside the source of the registry.")
            );
}
