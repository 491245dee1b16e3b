using System.Globalization;
using Microsoft.Extensions.Options;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;
using Registry.Api.Features.Changes;
using Registry.Api.Features.Importing;
using Registry.Api.Features.Subscriptions;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Startup;

/// <summary>A setting of the program.</summary>
/// <param name="Name">The name, with a colon between section and name.</param>
/// <param name="Usual">The default value.</param>
/// <param name="Meaning">The description.</param>
internal sealed record Setting(string Name, string Usual, string Meaning);

/// <summary>The settings of the program and their defaults.</summary>
internal static class Settings
{
    /// <summary>The settings of the program itself, which README lists too.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        new("ConnectionStrings:SqlServer", "none", "used when set"),
        new("ConnectionStrings:Sqlite", DefaultDatabase, "the embedded database"),
        new("Catalogue:Load", "true", "load the default catalogue into an empty registry"),
        new("Access:AdminKey", "made at the first start", "the API key with the role admin, at least 32 characters"),
        new("Access:FirstKeyFile", "beside the database", "the file that the first key is written to"),
        new("Access:Reads", "open", "whether anonymous callers may read: open or closed"),
        new("Access:Tokens:RoleClaim", "roles", "the claim of tokens with roles; a dot leads into an object"),
        new("Access:Tokens:Reader", "registry-reader", "the role or scope in a token for the role reader"),
        new("Access:Tokens:Editor", "registry-editor", "the role or scope in a token for the role editor"),
        new("Access:Tokens:Admin", "registry-admin", "the role or scope in a token for the role admin"),
        new("Access:Tokens:ForumsClaim", "registry_forums", "the claim with the forums that an editor may write"),
        new(
            "Access:Tokens:CollectionsClaim",
            "registry_collections",
            "the claim with the collections that an editor may write"
        ),
        new("Access:Tokens:TierClaim", "registry_tier", "the claim with the quota tier"),
        new(
            "Access:Tokens:Algorithms",
            "RS*, PS*, ES*, HS256",
            "the accepted signature algorithms, separated by commas"
        ),
        new("Audit:Days", "365", "the number of days for which the audit log keeps an entry"),
        new("Audit:Addresses", "full", "the part of IP addresses that the audit log keeps: full, network or none"),
        new("Changes:MaxStreams", "200", "the maximum number of open change streams"),
        new("Changes:MaxStreamsPerClient", "100", "the maximum number of open change streams of one address"),
        new("Changes:HeartbeatSeconds", "15", "the heartbeat interval of a change stream"),
        new("Webhooks:Enabled", "true", "send changes to subscribers; false when other processes do"),
        new("Webhooks:AllowedHosts", "none", "hosts that may be private and without TLS, separated by commas"),
        new("Webhooks:Timeout", "00:00:15", "the timeout for the response of a receiver; the same on every process"),
        new("Webhooks:Pauses", "5 s to 8 h", "the back-off between attempts, such as 00:00:05,00:02:00"),
        new("Webhooks:GiveUpAfter", "1.00:00:00", "the time after which a failing subscription is parked"),
        new(
            "Secrets:Key",
            "in a file beside the SQLite database",
            "the key that encrypts secrets in the database, 32 bytes in base64; Webhooks:SecretKey is its former name"
        ),
        new("Secrets:FormerKeys", "none", "former keys, which decrypt only, separated by commas"),
        new("Webhooks:SecretKey", "none", "the former name of Secrets:Key"),
        new("Quotas:Enabled", "true", "quotas for callers"),
        new("Quotas:Anonymous:PerSecond", "50", "the units that an anonymous caller regains in a second"),
        new("Quotas:Anonymous:Burst", "1000", "the units that an anonymous caller can use at once"),
        new("Quotas:Anonymous:PerDay", "500000", "the units that an anonymous caller can use in a day"),
        new("Quotas:Standard:PerSecond", "200", "the same for keys and tokens of the tier standard"),
        new("Quotas:Standard:Burst", "5000", "the same for keys and tokens of the tier standard"),
        new("Quotas:Standard:PerDay", "5000000", "the same for keys and tokens of the tier standard"),
        new("Quotas:High:PerSecond", "1000", "the same for keys and tokens of the tier high"),
        new("Quotas:High:Burst", "20000", "the same for keys and tokens of the tier high"),
        new("Quotas:High:PerDay", "50000000", "the same for keys and tokens of the tier high"),
        new(
            "Limits:HeavyRequests",
            "half of the processors",
            "the number of whole lists, exports and batches that are worked on at the same time"
        ),
        new("Limits:HeavyRequestsPerClient", "8", "the maximum number of these that one caller has open"),
        new("Limits:ReadSeconds", "10", "the maximum time of a read of the SQLite database for a request, in seconds"),
        new("Cache:Megabytes", "64", "the memory limit of the response cache; 0 turns it off"),
        new("Database:WritesPerCommit", "256", "the maximum size of a group commit on SQLite"),
        new(
            "Database:WritesWaiting",
            "1024",
            "the maximum length of the write queue on SQLite; further writes receive 503"
        ),
        new("Proxy:Known", "none", "addresses or networks of reverse proxies, separated by commas"),
        new("PathBase", "none", "the prefix of all paths, such as /registry, when the proxy keeps it"),
        new("AllowedHosts", "*", "the host names that are served, separated by semicolons"),
        new("Cors:Origins", "none", "origins whose scripts may write, separated by commas; all may read"),
        new("Imports:MaxBytes", "1073741824", "the maximum size of an import file"),
        new("Imports:Folder", "beside the database, else temporary", "the folder of files during an import"),
        new("urls", DefaultAddress, "the address to serve at"),
    ];

    /// <summary>Sections of the host, which can have any names.</summary>
    private static readonly string[] HostSections = ["Logging:", "Kestrel:", "hostBuilder:", "Authentication:"];

    /// <summary>Settings of the host.</summary>
    private static readonly string[] HostSettings =
    [
        "applicationName",
        "captureStartupErrors",
        "contentRoot",
        "detailedErrors",
        "environment",
        "forwardedHeaders_enabled",
        "hostingStartupAssemblies",
        "hostingStartupExcludeAssemblies",
        "http_ports",
        "https_ports",
        "preferHostingUrls",
        "preventHostingStartup",
        "shutdownTimeoutSeconds",
        "startupAssembly",
        "staticWebAssets",
        "suppressStatusMessages",
        "webroot",
    ];

    /// <summary>Reads the settings of each part at the start; each refuses invalid values.</summary>
    private static readonly Action<IConfiguration>[] Parts =
    [
        configuration => DatabaseOf(configuration).Dispose(),
        configuration => AccessServices.SettingsOf(configuration),
        configuration => AuditSettings.Of(configuration),
        configuration => SecretKeys.Of(configuration),
        configuration => QuotaSettings.Of(configuration),
        configuration => ProxySettings.Of(configuration),
        configuration => HeavyWorkSettings.Of(configuration),
        configuration => ChangeSettings.Of(configuration),
        configuration => WebhookServices.SettingsOf(configuration),
        configuration => ImportServices.SettingsOf(configuration),
        configuration => RenderedReads.MegabytesOf(configuration),
        configuration => LoadsCatalogue(configuration),
        CheckLevels,
    ];

    /// <summary>
    /// Settings are read at startup. Reloading them would need a file watcher on the folder, which each write to a database in
    /// the same folder would trigger.
    /// </summary>
    public const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    private const string Prefix = "--";

    private const int UsualReadSeconds = 10;

    private const string DefaultAddress = "http://localhost:5080";

    private const string DefaultDatabase = "Data Source=data/registry.db";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>Extracts the settings from the arguments of the program.</summary>
    /// <returns>The settings as <c>--name=value</c>, the remaining arguments, and the error in a setting, or null.</returns>
    public static (List<string> Settings, List<string> Words, string? Complaint) Split(string[] args)
    {
        var (settings, words) = (new List<string>(), new List<string>());
        string? complaint = null;
        for (var at = 0; at < args.Length; at++)
        {
            var (argument, following) = (args[at], at + 1 < args.Length ? args[at + 1] : null);
            if (!IsSetting(argument.Split('=')[0]))
            {
                words.Add(argument);
            }
            else if (argument.Contains('=', StringComparison.Ordinal))
            {
                settings.Add(argument);
            }
            else if (following is null || following.StartsWith(Prefix, StringComparison.Ordinal))
            {
                complaint ??= $"{argument} needs a value, as in {argument}=VALUE";
            }
            else
            {
                settings.Add($"{argument}={following}");
                at++;
            }
        }

        return (settings, words, complaint);
    }

    /// <summary>The errors in the settings, one sentence for each invalid part.</summary>
    public static IEnumerable<string> ComplaintsOf(IConfiguration configuration)
    {
        foreach (var read in Parts)
        {
            string? complaint = null;
            try
            {
                read(configuration);
            }
            catch (OptionsValidationException wrong)
            {
                complaint = string.Join(' ', wrong.Failures);
            }
            catch (InvalidOperationException unreadable)
            {
                // A value that cannot be converted to the type of the setting.
                complaint = unreadable.Message;
            }

            if (complaint is not null)
            {
                yield return complaint;
            }
        }
    }

    /// <summary>
    /// The database of the settings: SQL Server when a connection string is set, otherwise an SQLite file.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static RegistryDatabase DatabaseOf(IConfiguration configuration)
    {
        var writes = WritesOf(configuration);
        var readLimit = TimeSpan.FromSeconds(NumberOf(configuration, "Limits:ReadSeconds", UsualReadSeconds));
        return configuration.GetConnectionString("SqlServer") is { Length: > 0 } server
            ? Named("ConnectionStrings:SqlServer", () => RegistryDatabase.SqlServer(server))
            : Named(
                "ConnectionStrings:Sqlite",
                () =>
                    RegistryDatabase.Sqlite(
                        configuration.GetConnectionString("Sqlite") is { Length: > 0 } file ? file : DefaultDatabase,
                        writes,
                        readLimit
                    )
            );

        static RegistryDatabase Named(string name, Func<RegistryDatabase> open)
        {
            try
            {
                return open();
            }
            catch (ArgumentException wrong)
            {
                throw Wrong(name, $"{name} is no connection string. {wrong.Message}");
            }
        }
    }

    /// <summary>True when the default catalogue is loaded into an empty registry.</summary>
    public static bool LoadsCatalogue(IConfiguration configuration) =>
        configuration.GetValue("Catalogue:Load", defaultValue: true);

    /// <summary>Serves on port 5080 of the local machine when no address is set.</summary>
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
            PerCommit = NumberOf(configuration, "Database:WritesPerCommit", usual.PerCommit),
            MostWaiting = NumberOf(configuration, "Database:WritesWaiting", usual.MostWaiting),
        };
    }

    private static int NumberOf(IConfiguration configuration, string name, int otherwise) =>
        configuration[name] is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Wrong(name, $"{name} is a number from 1.");

    /// <summary>The exception for an invalid setting.</summary>
    public static OptionsValidationException Wrong(string name, string complaint) =>
        new(name, typeof(Settings), [complaint]);

    private static void CheckLevels(IConfiguration configuration)
    {
        foreach (var (name, value) in configuration.GetSection("Logging").AsEnumerable())
        {
            if (
                name.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
                && value is { Length: > 0 }
                && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _)
            )
            {
                throw Wrong(name, $"{name} is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
        }
    }

    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var name = argument[Prefix.Length..];
        return All.Select(setting => setting.Name).Concat(HostSettings).Contains(name, StringComparer.OrdinalIgnoreCase)
            || HostSections.Any(section => $"{name}:".StartsWith(section, StringComparison.OrdinalIgnoreCase))
            // A process that hosts this program in-process can set these sections too, and passes on its environment variables.
            || All.Any(setting => setting.Name.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
            || Environment.GetEnvironmentVariable($"ASPNETCORE_{name}") is not null
            || Environment.GetEnvironmentVariable($"DOTNET_{name}") is not null;
    }
}
