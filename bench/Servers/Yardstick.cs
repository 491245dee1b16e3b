namespace Registry.Bench.Servers;

/// <summary>Starts the programs that the product is compared with, on a file that the product may have open, too.</summary>
internal static class Yardstick
{
    /// <summary>A constant text.</summary>
    public const string Plain = "/plain";

    /// <summary>A membership by its id.</summary>
    public static string Item(string id) => $"/memberships/{id}";

    /// <summary>Fifty memberships of a forum.</summary>
    public static string List(string forum) => $"/memberships?forum={forum}&limit=50";

    /// <summary>All memberships, a line each.</summary>
    public const string Export = "/export";

    private static readonly string Assembly = typeof(Yardstick).Assembly.Location;

    /// <summary>Hand-written ADO.NET.</summary>
    public static Task<Server> StartAsync(string file, params (string Name, string Value)[] settings) =>
        Server.StartAsync(Assembly, address => ["yardstick", file, address.ToString()], Plain, settings);

    /// <summary>What many would write: minimal API and EF Core.</summary>
    public static Task<Server> StartPeerAsync(string file) =>
        Server.StartAsync(Assembly, address => ["peer", file, address.ToString()], Plain);
}
