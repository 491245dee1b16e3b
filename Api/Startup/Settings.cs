using System.Globalization;
using Microsoft.Extensions.Options;
using Registry.Infrastructure.Database;

namespace Registry.Api.Startup;

/// <summary>What the program does where no setting says otherwise.</summary>
internal static class Settings
{
    /// <summary>
    /// Settings are read at the start. To look out for changes of their files would mean to watch the folder, and to be woken
    /// by each write to a database that lies in it.
    /// </summary>
    public const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    private const string DefaultAddress = "http://localhost:5080";

    private const string DefaultDatabase = "Data Source=data/registry.db";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>The database of the settings: SQL Server when one is named, otherwise a file.</summary>
    public static RegistryDatabase DatabaseOf(IConfiguration configuration) =>
        configuration.GetConnectionString("SqlServer") is { Length: > 0 } server
            ? RegistryDatabase.SqlServer(server)
            : RegistryDatabase.Sqlite(
                configuration.GetConnectionString("Sqlite") is { Length: > 0 } file ? file : DefaultDatabase,
                WritesOf(configuration)
            );

    /// <summary>Serves on port 5080 of this machine alone until somebody says where.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (!AddressSettings.Any(name => builder.Configuration.GetSection(name).Exists()))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }

    private static WriteSettings WritesOf(IConfiguration configuration)
    {
        var usual = new WriteSettings();
        return new WriteSettings
        {
            PerCommit = Number("Database:WritesPerCommit", usual.PerCommit),
            MostWaiting = Number("Database:WritesWaiting", usual.MostWaiting),
        };

        int Number(string name, int otherwise) =>
            configuration[name] is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new OptionsValidationException(name, typeof(WriteSettings), [$"{name} is a number from 1."]);
    }
}
