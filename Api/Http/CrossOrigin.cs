using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Registry.Api.Http;

/// <summary>
/// The CORS policy (WHATWG Fetch): scripts read from any origin, also by POST, and write from the origins of the setting
/// <c>Cors:Origins</c>. The API uses no cookies, so credentials are not allowed.
/// </summary>
internal sealed class CrossOrigin : ICorsPolicyProvider
{
    public const string Setting = "Cors:Origins";

    /// <summary>The time for which browsers cache a preflight response.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(2);

    private static readonly string[] Shown =
    [
        HeaderNames.ETag,
        HeaderNames.Link,
        HeaderNames.Location,
        HeaderNames.RetryAfter,
        HeaderNames.Allow,
        HeaderNames.ContentDisposition,
        "Accept-Patch",
        "RateLimit",
        "RateLimit-Policy",
    ];

    private readonly Task<CorsPolicy?> _reading = PolicyOf(builder =>
        builder.AllowAnyOrigin().WithMethods(HttpMethods.Get, HttpMethods.Head)
    );

    /// <summary>The name of the policy for operations that only read although they are POST.</summary>
    public const string Asking = "asking";

    private readonly Task<CorsPolicy?> _asking = PolicyOf(builder =>
        builder.AllowAnyOrigin().WithMethods(HttpMethods.Post)
    );

    private readonly Task<CorsPolicy?> _writing;

    public CrossOrigin(IConfiguration settings)
    {
        var origins = SettingText.ListOf(settings[Setting]);
        _writing = PolicyOf(builder => builder.WithOrigins(origins).AllowAnyMethod());
    }

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (policyName == Asking)
        {
            return _asking;
        }

        var request = context.Request;
        var method =
            HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod is [{ } asked]
                ? asked
                : request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? _reading : _writing;
    }

    /// <summary>Lets scripts of any origin read a refusal that is made before the policy of the operation is known.</summary>
    public static void ShowRefusal(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count > 0)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = string.Join(',', Shown);
        }
    }

    private static Task<CorsPolicy?> PolicyOf(Func<CorsPolicyBuilder, CorsPolicyBuilder> methods) =>
        Task.FromResult<CorsPolicy?>(
            methods(new CorsPolicyBuilder())
                .AllowAnyHeader()
                .WithExposedHeaders(Shown)
                .SetPreflightMaxAge(Remembered)
                .Build()
        );
}
