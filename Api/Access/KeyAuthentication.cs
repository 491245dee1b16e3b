using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>Authenticates callers by the key in the header X-Api-Key.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessKeys known,
    Author author
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [_, ..] keys)
        {
            return AuthenticateResult.NoResult();
        }

        if (keys is not [{ Length: > 0 } key])
        {
            return AuthenticateResult.Fail($"The header {Header} must have exactly one key.");
        }

        if (await known.NameOfAsync(key, Context.RequestAborted) is not { } name)
        {
            return AuthenticateResult.Fail($"The key in the header {Header} is not known.");
        }

        author.Name = name;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var wrong = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message;
        var error = wrong is null ? "" : ", error=\"invalid_key\"";
        Response.Headers.WWWAuthenticate = $"{SchemeName} realm=\"registry\", header=\"{Header}\"{error}";
        await Context.RefuseAsync(
            ProblemTypes.Of("unauthorized"),
            wrong ?? $"A key is needed: the header {Header} is missing."
        );
    }
}
