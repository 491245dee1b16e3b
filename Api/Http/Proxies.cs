using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Registry.Api.Http;

/// <summary>The settings of reverse proxies.</summary>
internal sealed class ProxySettings
{
    /// <summary>The name of the setting with the proxies.</summary>
    public const string KnownName = "Proxy:Known";

    /// <summary>The name of the setting with the path prefix.</summary>
    public const string PathBaseName = "PathBase";

    /// <summary>The networks of the proxies; an address is a network of its own.</summary>
    public required IReadOnlyList<IPNetwork> Known { get; init; }

    /// <summary>The prefix of all paths, when the proxy keeps it: <c>/registry</c>; empty for none.</summary>
    public required PathString PathBase { get; init; }

    /// <summary>The hosts that are served, as in the setting AllowedHosts; empty for any.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static ProxySettings Of(IConfiguration configuration)
    {
        var known = SettingText
            .ListOf(configuration[KnownName])
            .Select(text =>
                NetworkOf(text)
                ?? throw Wrong(KnownName, $"'{text}' is no IP address or network, such as 10.0.0.5 or 10.0.0.0/8.")
            )
            .ToArray();
        var pathBase = configuration[PathBaseName]?.TrimEnd('/') ?? "";
        return new ProxySettings
        {
            Known = known,
            PathBase =
                pathBase.Length == 0 || IsPrefix(pathBase)
                    ? pathBase
                    : throw Wrong(PathBaseName, "It is a path such as /registry."),
            AllowedHosts =
            [
                .. (configuration["AllowedHosts"] ?? "")
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(host => host != "*"),
            ],
        };
    }

    /// <summary>True for a path that can stand before all others in an address.</summary>
    public static bool IsPrefix(string path) =>
        path.StartsWith('/')
        && !path.Contains("//", StringComparison.Ordinal)
        && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_' or '.' or '~');

    private static IPNetwork? NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    private static OptionsValidationException Wrong(string name, string what) =>
        new(name, typeof(ProxySettings), [$"{name}: {what}"]);
}

/// <summary>Serves behind reverse proxies and under a path prefix.</summary>
internal static class Proxies
{
    /// <summary>
    /// Takes the address of the client, the scheme, the host and the path prefix from the headers X-Forwarded-*, but only from
    /// known proxies; then takes the prefix of the settings from the path.
    /// </summary>
    public static void UseProxies(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ProxySettings>();
        if (settings.Known.Count > 0)
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.All,
                // Each hop is checked, so that any number of known proxies may follow one another.
                ForwardLimit = null,
                AllowedHosts = [.. settings.AllowedHosts],
            };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.Known)
            {
                options.KnownIPNetworks.Add(network);
            }

            app.UseForwardedHeaders(options);
            app.Use(
                static (context, next) =>
                {
                    // A proxy may pass on what a client sent: //other.example would lead to another host.
                    if (
                        !ProxySettings.IsPrefix(context.Request.PathBase.Value is { Length: > 0 } prefix ? prefix : "/")
                    )
                    {
                        context.Request.PathBase = PathString.Empty;
                    }

                    return next(context);
                }
            );
        }

        if (settings.PathBase.HasValue)
        {
            app.UsePathBase(settings.PathBase);
        }
    }
}
