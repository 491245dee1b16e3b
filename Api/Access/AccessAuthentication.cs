using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Registry.Api.Access.Quotas;
using Registry.Domain.Access;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>
/// Authenticates callers by the key in the header X-Api-Key, or by a bearer token (RFC 6750) when an issuer is configured.
/// </summary>
internal sealed class AccessAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Keys keys,
    Tokens tokens,
    Author author,
    AuditLog audit,
    AuditOrigins origins,
    CurrentCaller current
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Access";

    /// <summary>The name of the scheme of keys in the contract and in WWW-Authenticate.</summary>
    public const string KeyScheme = "ApiKey";

    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        audit.Origin = origins.Of(Context);
        current.Quota = QuotaService.ChargeOf(Context);
        var given = Request.Headers[Header];
        var isBearer = tokens.AreAccepted && Request.Headers.Authorization.Count > 0;
        return given.Count == 0
            ? isBearer
                ? await ByTokenAsync()
                : AuthenticateResult.NoResult()
            : isBearer
                ? Refuse($"Give either the header {Header} or a bearer token.")
                : given is [{ Length: > 0 } key]
                    ? await ByKeyAsync(key)
                    : Refuse($"The header {Header} must have exactly one key.");
    }

    private async Task<AuthenticateResult> ByKeyAsync(string key)
    {
        var (caller, refused) = await keys.VerifyAsync(key, Context.RequestAborted);
        return caller is null ? Refuse($"The key in the header {Header} {refused}") : Accept(caller);
    }

    private async Task<AuthenticateResult> ByTokenAsync()
    {
        var result = await Context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        return result.Succeeded
            ? Accept(tokens.CallerOf(result.Principal, result.Properties?.ExpiresUtc))
            : Refuse(Tokens.ReasonOf(result.Failure));
    }

    private AuthenticateResult Refuse(string detail)
    {
        Context.Features.Set(new RefusedCredentials(detail));
        return AuthenticateResult.Fail(detail);
    }

    private AuthenticateResult Accept(Caller caller)
    {
        Context.Features.Set(caller);
        current.Caller = caller;
        (author.Name, author.Scope) = (caller.Name, caller.Scope);
        audit.Origin = audit.Origin with { KeyId = caller.KeyId, Role = caller.Role };
        var claims = Enum.GetValues<Role>()
            .Where(role => role <= caller.Role)
            .Select(role => new Claim(ClaimTypes.Role, Words.Of(role)))
            .Prepend(new Claim(ClaimTypes.Name, caller.Name));
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName)
        );
    }
}
