using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Access;

/// <summary>The settings under <c>Audit</c>.</summary>
internal sealed record AuditSettings(int Days, AddressDetail Addresses)
{
    private const int UsualDays = 365;

    /// <summary>Reads the settings.</summary>
    public static AuditSettings Of(IConfiguration configuration) =>
        new(
            configuration.GetValue("Audit:Days", UsualDays),
            configuration.GetValue("Audit:Addresses", AddressDetail.Full)
        );
}

/// <summary>The part of IP addresses that the audit log keeps.</summary>
internal enum AddressDetail
{
    /// <summary>The whole address.</summary>
    Full,

    /// <summary>The network: 24 bits of an IPv4 address, 48 bits of an IPv6 address.</summary>
    Network,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Reads the origin of a request for the audit log.</summary>
internal sealed class AuditOrigins(AuditSettings settings)
{
    private const int NetworkBits4 = 24;
    private const int NetworkBits6 = 48;

    /// <summary>The origin of a request, without its caller.</summary>
    public AuditOrigin Of(HttpContext context) =>
        new()
        {
            RequestId = Activity.Current?.Id ?? context.TraceIdentifier,
            Address = context.Connection.RemoteIpAddress is { } address ? Shown(address) : null,
            Method = context.Request.Method,
            Path = $"{context.Request.PathBase}{context.Request.Path}",
        };

    private string? Shown(IPAddress address)
    {
        if (settings.Addresses == AddressDetail.None)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (settings.Addresses == AddressDetail.Full)
        {
            return plain.ToString();
        }

        var bits = plain.AddressFamily == AddressFamily.InterNetwork ? NetworkBits4 : NetworkBits6;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }
}

internal static class Auditing
{
    /// <summary>Adds the audit log, and the deletion of its old entries when the program serves.</summary>
    public static void AddAudit(this WebApplicationBuilder builder, bool serves)
    {
        var settings = AuditSettings.Of(builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<AuditOrigins>();
        if (serves)
        {
            builder.Services.AddHostedService<AuditKeeping>();
        }
    }

    /// <summary>Adds refused writes and failed authentications to the audit log.</summary>
    public static IApplicationBuilder UseAudit(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                await next(context);
                if (context.Response.StatusCode >= StatusCodes.Status400BadRequest && ActionOf(context) is { } action)
                {
                    var services = context.RequestServices;
                    services
                        .GetRequiredService<AuditStore>()
                        .Add(
                            services
                                .GetRequiredService<AuditLog>()
                                .Refusal(action, context.Response.StatusCode, context.Features.Get<ProblemType>()?.Code)
                        );
                }
            }
        );

    private static AuditAction? ActionOf(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => AuditAction.AuthenticationFailed,
            StatusCodes.Status403Forbidden => AuditAction.AccessDenied,
            // A failure of the server is no refusal; it stands in the log, and in an outage there is nowhere to store it.
            < StatusCodes.Status500InternalServerError when IsWrite(context.Request.Method) => Caller.Of(context)
                is null
                ? null
                : AuditAction.WriteRefused,
            _ => null,
        };

    private static bool IsWrite(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    /// <summary>Stores what waits for the audit log.</summary>
    private sealed class AuditKeeping(
        AuditStore store,
        AuditSettings settings,
        TimeProvider clock,
        ILogger<AuditKeeping> log
    ) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Background.RunAsync(
                "audit",
                "The audit log",
                stopping => store.RunAsync(TimeSpan.FromDays(settings.Days), stopping),
                clock,
                log,
                stoppingToken
            );
    }
}
