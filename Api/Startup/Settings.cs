using Microsoft.Extensions.Options;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Api.Observability;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Startup;

/// <summary>A setting of the program.</summary>
/// <param name="Name">The name, with a colon between section and name.</param>
/// <param name="Usual">The default value.</param>
/// <param name="Rule">The values that it can have.</param>
/// <param name="Meaning">The description.</param>
internal sealed record Setting(string Name, string Usual, SettingRule Rule, string Meaning)
{
    /// <summary>The error in a value, as a sentence; null for a valid one.</summary>
    public string? ComplaintAbout(string value) => Rule.Allows(value) ? null : $"{Name} is {Rule.Sentence}.";
}

/// <summary>
/// The settings of the program: their names, defaults and values. They are validated at the start, all of them by their rules;
/// the parts of the program then read them without checks of their own.
/// </summary>
internal static class Settings
{
    private const string MigrateName = "Database:Migrate";

    private static readonly SettingRule Count = SettingRule.Number(0, 1_000_000);
    private static readonly SettingRule Units = SettingRule.Number(1, 1_000_000_000);
    private static readonly SettingRule UnitsPerDay = SettingRule.Number(1, 1_000_000_000_000);

    /// <summary>The settings of the program itself, which docs/settings.md lists too.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        new("ConnectionStrings:SqlServer", "none", SettingRule.Text, "the SQL Server; used when set"),
        new("ConnectionStrings:Sqlite", DefaultDatabase, SettingRule.Text, "the embedded database"),
        new("Catalogue:Load", "true", SettingRule.Flag, "load the default catalogue into an empty registry"),
        new(
            "Access:AdminKey",
            "made at the first start",
            new(
                $"at least {AccessSettings.ShortestKey} characters long",
                text => text.Length >= AccessSettings.ShortestKey
            ),
            "the API key with the role admin"
        ),
        new(
            "Access:FirstKeyFile",
            "beside the database",
            SettingRule.Text,
            "the file that the first key is written to"
        ),
        new(
            "Access:MaxKeys",
            "10000",
            SettingRule.Number(1, 1_000_000),
            "the maximum number of keys that are not revoked"
        ),
        new("Access:Reads", "open", SettingRule.OneOf<ReadAccess>(), "whether anonymous callers may read"),
        new(
            "Access:Tokens:RoleClaim",
            "roles",
            SettingRule.Text,
            "the claim of tokens with roles; a dot leads into an object"
        ),
        new("Access:Tokens:Reader", "registry-reader", SettingRule.Text, "the role or scope for the role reader"),
        new("Access:Tokens:Editor", "registry-editor", SettingRule.Text, "the role or scope for the role editor"),
        new("Access:Tokens:Admin", "registry-admin", SettingRule.Text, "the role or scope for the role admin"),
        new(
            "Access:Tokens:ForumsClaim",
            "registry_forums",
            SettingRule.Text,
            "the claim with the forums that an editor may write"
        ),
        new(
            "Access:Tokens:CollectionsClaim",
            "registry_collections",
            SettingRule.Text,
            "the claim with the collections that an editor may write"
        ),
        new("Access:Tokens:TierClaim", "registry_tier", SettingRule.Text, "the claim with the quota tier"),
        new(
            "Access:Tokens:Algorithms",
            "RS*, PS*, ES*, HS256",
            new(
                $"a list of {string.Join(", ", TokenSettings.KnownAlgorithms)}",
                text => text.Split(',') is var names && !names.Except(TokenSettings.KnownAlgorithms).Any()
            ),
            "the accepted signature algorithms"
        ),
        new("Audit:Days", "365", SettingRule.Number(1, 36_500), "the days for which the audit log keeps an entry"),
        new(
            "Audit:Addresses",
            "full",
            SettingRule.OneOf<AddressDetail>(),
            "the part of IP addresses that the audit log and the log of requests keep"
        ),
        new("Changes:MaxStreams", "200", Count, "the maximum number of open change streams and long polls"),
        new("Changes:MaxStreamsPerClient", "100", Count, "the same of one address"),
        new(
            "Changes:HeartbeatSeconds",
            "15",
            SettingRule.Seconds(0.01, 86_400),
            "the heartbeat interval of a change stream"
        ),
        new("Webhooks:Enabled", "true", SettingRule.Flag, "send changes to subscribers; false when other processes do"),
        new("Webhooks:MaxSubscriptions", "1000", SettingRule.Number(1, 100_000), "the maximum number of subscriptions"),
        new("Webhooks:AllowedHosts", "none", SettingRule.Hosts, "hosts that may be private and without TLS"),
        new(
            "Webhooks:Timeout",
            "00:00:15",
            SettingRule.Time(TimeSpan.FromMinutes(10)),
            "the timeout for the response of a receiver; the same on every process"
        ),
        new("Webhooks:Pauses", "5 s to 8 h", SettingRule.Times(TimeSpan.FromDays(30)), "the back-off between attempts"),
        new(
            "Webhooks:GiveUpAfter",
            "1.00:00:00",
            SettingRule.Time(TimeSpan.FromDays(365)),
            "the time after which a failing subscription is parked"
        ),
        new(
            "Secrets:Key",
            "in a file beside the SQLite database",
            SettingRule.Text,
            "the key that encrypts secrets in the database, 32 bytes in base64; Webhooks:SecretKey is its former name"
        ),
        new("Secrets:FormerKeys", "none", SettingRule.Text, "a list of former keys, which decrypt only"),
        new("Webhooks:SecretKey", "none", SettingRule.Text, "the former name of Secrets:Key"),
        new("Quotas:Enabled", "true", SettingRule.Flag, "quotas for callers"),
        new("Quotas:Anonymous:PerSecond", "50", Units, "the units that an anonymous caller regains in a second"),
        new("Quotas:Anonymous:Burst", "1000", Units, "the units that an anonymous caller can use at once"),
        new("Quotas:Anonymous:PerDay", "500000", UnitsPerDay, "the units that an anonymous caller can use in a day"),
        new("Quotas:Standard:PerSecond", "200", Units, "the same for keys and tokens of the tier standard"),
        new("Quotas:Standard:Burst", "5000", Units, "the same for keys and tokens of the tier standard"),
        new("Quotas:Standard:PerDay", "5000000", UnitsPerDay, "the same for keys and tokens of the tier standard"),
        new("Quotas:High:PerSecond", "1000", Units, "the same for keys and tokens of the tier high"),
        new("Quotas:High:Burst", "20000", Units, "the same for keys and tokens of the tier high"),
        new("Quotas:High:PerDay", "50000000", UnitsPerDay, "the same for keys and tokens of the tier high"),
        new(
            "Limits:HeavyRequests",
            "half of the processors",
            SettingRule.Number(1, 10_000),
            "the number of whole lists, exports and batches that are worked on at the same time"
        ),
        new(
            "Limits:HeavyRequestsPerClient",
            "8",
            SettingRule.Number(1, 10_000),
            "the maximum number of these that one caller has open"
        ),
        new(
            "Limits:ReadSeconds",
            "10",
            SettingRule.Number(1, 86_400),
            "the maximum time of a read for a request, in seconds"
        ),
        new(
            "Limits:HeavyReadSeconds",
            "60",
            SettingRule.Number(1, 86_400),
            "the same for a read of a whole list, an export or a batch"
        ),
        new("Limits:Connections", "10000", SettingRule.Number(1, 1_000_000), "the maximum number of open connections"),
        new(
            RenderedReads.Setting,
            "64",
            SettingRule.Number(0, 65_536),
            "the memory limit of the response cache in MiB; 0 turns it off"
        ),
        new(
            MigrateName,
            "true",
            SettingRule.Flag,
            "migrate the database at the start; false for a login that may not change the schema"
        ),
        new(
            "Database:WritesPerCommit",
            "256",
            SettingRule.Number(1, 100_000),
            "the maximum size of a group commit on SQLite"
        ),
        new(
            "Database:WritesWaiting",
            "1024",
            SettingRule.Number(1, 1_000_000),
            "the maximum length of the write queue on SQLite; further writes receive 503"
        ),
        new(ProxySettings.KnownName, "none", SettingRule.Text, "a list of addresses or networks of reverse proxies"),
        new(
            ProxySettings.PathBaseName,
            "none",
            SettingRule.Text,
            "the prefix of all paths, such as /registry, when the proxy keeps it"
        ),
        new("AllowedHosts", "*", SettingRule.Text, "the host names that are served, separated by semicolons"),
        new(CrossOrigin.Setting, "none", SettingRule.Origins, "origins whose scripts may write; all may read"),
        new(
            "Imports:MaxBytes",
            "1073741824",
            SettingRule.Number(1, long.MaxValue),
            "the maximum size of an import file, in bytes"
        ),
        new(
            "Imports:Folder",
            "beside the database, else temporary",
            SettingRule.Folder,
            "the folder of files during an import"
        ),
        new(
            TelemetrySettings.EndpointName,
            "OTEL_EXPORTER_OTLP_ENDPOINT, else none",
            SettingRule.Text,
            "the address to which traces, metrics and logs are exported by OTLP"
        ),
        new(
            TelemetrySettings.TraceRatioName,
            "0.01",
            SettingRule.Fraction,
            "the part of the requests that are traced; OTEL_TRACES_SAMPLER comes before it"
        ),
        new(
            TelemetrySettings.MetricsName,
            "off",
            SettingRule.OneOf<MetricsReaders>(),
            "whether the metrics are at /metrics for Prometheus, and who may read them: callers with the role admin, or all"
        ),
        new(
            TelemetrySettings.FormatName,
            "text",
            SettingRule.OneOf<LogFormat>(),
            "the format of the log on the console"
        ),
        new(
            TelemetrySettings.RequestsName,
            "false",
            SettingRule.Flag,
            "a line in the log for each request, without its query"
        ),
        new("Backup:Folder", "none", SettingRule.Folder, "the folder of scheduled backups of the SQLite database"),
        new("Backup:Every", "1.00:00:00", SettingRule.Time(TimeSpan.FromDays(365)), "the time between two backups"),
        new("Backup:Keep", "7", SettingRule.Number(1, 10_000), "the number of backups that are kept"),
        new(
            ShutdownSettings.PauseName,
            "00:00:00",
            SettingRule.TimeOrNone(TimeSpan.FromMinutes(10)),
            "the time after SIGTERM in which requests are served and the readiness check fails, so that a load balancer notices"
        ),
        new(
            ShutdownSettings.TimeoutName,
            "00:00:06",
            SettingRule.Time(TimeSpan.FromMinutes(10)),
            "the time that requests then have to complete, before their connections are aborted"
        ),
        new("urls", DefaultAddress, SettingRule.Text, "the addresses to serve at"),
    ];

    /// <summary>The sections in which a name that is not a setting is an error: it would be without effect.</summary>
    private static readonly string[] OwnSections =
    [
        .. All.Select(setting => setting.Name.Split(':')[0])
            .Where(section => section is not ("ConnectionStrings" or "urls" or "PathBase" or "AllowedHosts"))
            .Distinct(),
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
        "startupAssembly",
        "staticWebAssets",
        "suppressStatusMessages",
        "webroot",
    ];

    /// <summary>Checks of several settings together, or by another parser; each refuses invalid values.</summary>
    private static readonly Action<IConfiguration>[] Parts =
    [
        configuration => DatabaseOf(configuration).Dispose(),
        configuration => SecretKeys.Of(configuration),
        configuration => QuotaSettings.Of(configuration),
        configuration => ProxySettings.Of(configuration),
        configuration => TelemetrySettings.Of(configuration),
    ];

    /// <summary>
    /// Settings are read at startup. Reloading them would need a file watcher on the folder, which each write to a database in
    /// the same folder would trigger.
    /// </summary>
    public const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    private const string Prefix = "--";

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

    /// <summary>The errors in the settings, one sentence for each invalid setting.</summary>
    public static IReadOnlyList<string> ComplaintsOf(IConfiguration configuration)
    {
        string[] complaints =
        [
            .. All.Select(setting => configuration[setting.Name] is { } value ? setting.ComplaintAbout(value) : null)
                .OfType<string>(),
            .. UnknownIn(configuration).Select(name => $"{name} is not a setting of this program."),
            .. LevelsIn(configuration),
        ];
        return complaints.Length > 0 ? complaints : [.. ComplaintsOfParts(configuration)];
    }

    private static IEnumerable<string> UnknownIn(IConfiguration configuration) =>
        from section in OwnSections
        from entry in configuration.GetSection(section).AsEnumerable()
        where entry.Value is not null
        // A host in the same process gives sections an empty value.
        where !All.Any(setting => $"{setting.Name}:".StartsWith($"{entry.Key}:", StringComparison.OrdinalIgnoreCase))
        select entry.Key;

    private static IEnumerable<string> ComplaintsOfParts(IConfiguration configuration)
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
        var readLimits = new ReadLimits(
            TimeSpan.FromSeconds(configuration.GetValue("Limits:ReadSeconds", ReadLimits.Default.Usual.TotalSeconds)),
            TimeSpan.FromSeconds(
                configuration.GetValue("Limits:HeavyReadSeconds", ReadLimits.Default.Costly.TotalSeconds)
            )
        );
        return configuration.GetConnectionString("SqlServer") is { Length: > 0 } server
            ? Named("ConnectionStrings:SqlServer", () => RegistryDatabase.SqlServer(server))
            : Named(
                "ConnectionStrings:Sqlite",
                () =>
                    RegistryDatabase.Sqlite(
                        configuration.GetConnectionString("Sqlite") is { Length: > 0 } file ? file : DefaultDatabase,
                        writes,
                        readLimits
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

    /// <summary>True when the program migrates its database at the start.</summary>
    public static bool Migrates(IConfiguration configuration) =>
        configuration.GetValue(MigrateName, defaultValue: true);

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
            PerCommit = configuration.GetValue("Database:WritesPerCommit", usual.PerCommit),
            MostWaiting = configuration.GetValue("Database:WritesWaiting", usual.MostWaiting),
        };
    }

    /// <summary>The exception for an invalid setting.</summary>
    public static OptionsValidationException Wrong(string name, string complaint) =>
        new(name, typeof(Settings), [complaint]);

    /// <summary>The errors in the log levels, which the host would not tell.</summary>
    private static IEnumerable<string> LevelsIn(IConfiguration configuration) =>
        from entry in configuration.GetSection("Logging").AsEnumerable()
        where entry.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
        where entry.Value is { Length: > 0 } && !Enum.TryParse<LogLevel>(entry.Value, ignoreCase: true, out _)
        select $"{entry.Key} is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.";

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
