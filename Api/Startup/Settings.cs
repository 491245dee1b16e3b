using Registry.Infrastructure.Database;

namespace Registry.Api.Startup;

/// <summary>What the program does where no setting says otherwise.</summary>
internal static class Settings
{
    private const string DefaultAddress = "http://localhost:5080";

    private const string DefaultDatabase = "Data Source=data/registry.db";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>The database of the settings: SQL Server when one is named, otherwise a file.</summary>
    public static RegistryDatabase DatabaseOf(IConfiguration configuration) =>
        configuration.GetConnectionString("SqlServer") is { Length: > 0 } server ? RegistryDatabase.SqlServer(server)
        : configuration.GetConnectionString("Sqlite") is { Length: > 0 } file ? RegistryDatabase.Sqlite(file)
        : RegistryDatabase.Sqlite(DefaultDatabase);

    /// <summary>Serves on port 5080 of this machine alone until somebody says where.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (!AddressSettings.Any(name => builder.Configuration.GetSection(name).Exists()))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }
}
