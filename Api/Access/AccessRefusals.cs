using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Access;

/// <summary>Refuses callers without authentication (401) or without the role (403), with problem details.</summary>
internal sealed class AccessRefusals(Tokens tokens) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    ) =>
        authorizeResult.Succeeded ? next(context)
        : Caller.Of(context) is { } caller ? ForbidAsync(context, caller)
        : ChallengeAsync(context);

    private Task ChallengeAsync(HttpContext context)
    {
        var refused = context.Features.Get<RefusedCredentials>();
        var byToken = context.Request.Headers.Authorization.Count > 0;
        var challenges = context.Response.Headers;
        challenges.Append(
            HeaderNames.WWWAuthenticate,
            $"{AccessAuthentication.KeyScheme} realm=\"registry\", header=\"{AccessAuthentication.Header}\""
                + (refused is not null && !byToken ? ", error=\"invalid_key\"" : "")
        );
        if (tokens.AreAccepted)
        {
            challenges.Append(
                HeaderNames.WWWAuthenticate,
                "Bearer realm=\"registry\"" + (refused is not null && byToken ? ", error=\"invalid_token\"" : "")
            );
        }

        return context.RefuseAsync(
            ProblemTypes.Of("unauthorized"),
            refused?.Detail
                ?? (
                    tokens.AreAccepted
                        ? $"A key in the header {AccessAuthentication.Header} or a bearer token is required."
                        : $"A key is required: the header {AccessAuthentication.Header} is missing."
                )
        );
    }

    private static Task ForbidAsync(HttpContext context, Caller caller) =>
        context.RefuseAsync(
            ProblemTypes.Of("forbidden"),
            caller.Role is { } role
                ? $"The role of the caller is {Words.Of(role)}, which does not include this operation."
                : "The token grants no role in this registry."
        );
}
