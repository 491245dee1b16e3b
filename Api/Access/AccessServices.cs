using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Registry.Domain.Access;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Access;

internal static class AccessServices
{
    /// <summary>The section of the framework for tokens, which <c>dotnet user-jwts</c> writes too.</summary>
    public const string TokenSection = "Authentication:Schemes:Bearer";

    /// <summary>The policy of operations that anyone may call, but not with credentials that are refused.</summary>
    public const string Anyone = "anyone";

    private const int UsualMaxKeys = 10_000;

    /// <summary>The tolerated difference between the clock of an issuer and that of the program.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Adds authentication by keys and tokens, and a policy for each role.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessSettings>().BindConfiguration(AccessSettings.Section);
        services.AddSingleton<Keys>();
        services.AddSingleton(new ApiKeySettings(builder.Configuration.GetValue("Access:MaxKeys", UsualMaxKeys)));
        services.AddSingleton(SecretKeys.Of(builder.Configuration));
        services.AddSingleton(provider => new SecretSafe(() =>
            provider.GetRequiredService<SecretKeys>().All(provider.GetRequiredService<RegistryDatabase>())
        ));

        // There is no default scheme: callers are authenticated only on operations that require it, not on open reads.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);

        // AddAuthenticationCore instead of AddAuthentication, which would also set up data protection keys for cookies that this
        // program never issues.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<AccessAuthentication>(AccessAuthentication.SchemeName, null);
        });
        services.AddWebEncoders();
        services.AddTransient<AccessAuthentication>();
        services.AddScoped<CurrentCaller>().AddScoped<ScopeGuard>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
        var accepted = builder.Configuration.GetSection(TokenSection).Exists();
        services.AddSingleton(provider => new Tokens(
            provider.GetRequiredService<IOptions<AccessSettings>>(),
            accepted
        ));
        if (accepted)
        {
            services.AddTokens();
        }

        var authorization = services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Anyone,
                policy =>
                    policy
                        .AddAuthenticationSchemes(AccessAuthentication.SchemeName)
                        .RequireAssertion(call =>
                            call.Resource is not HttpContext context
                            || context.Features.Get<RefusedCredentials>() is null
                        )
            );
        foreach (var role in Enum.GetValues<Role>())
        {
            authorization.AddPolicy(
                PolicyOf(role),
                policy => policy.AddAuthenticationSchemes(AccessAuthentication.SchemeName).RequireRole(PolicyOf(role))
            );
        }
    }

    /// <summary>The policy of a role, which has its name.</summary>
    public static string PolicyOf(Role role) => Words.Of(role);

    /// <summary>Requires a role of the callers of an operation.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder operation, Role role)
        where TBuilder : IEndpointConventionBuilder => operation.RequireAuthorization(PolicyOf(role));

    /// <summary>Closes the reads of a group to anonymous callers when the settings say so.</summary>
    public static RouteGroupBuilder CloseReads(this RouteGroupBuilder group, IConfiguration configuration)
    {
        if (configuration.GetValue("Access:Reads", ReadAccess.Open) == ReadAccess.Closed)
        {
            group.RequireRole(Role.Reader);
        }

        return group;
    }

    private static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<IAuthenticationConfigurationProvider, TokenConfiguration>();
        new AuthenticationBuilder(services).AddJwtBearer();
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessSettings>, TimeProvider>(
                (bearer, settings, clock) =>
                {
                    bearer.MapInboundClaims = false;
                    bearer.SaveToken = false;
                    var validation = bearer.TokenValidationParameters;
                    validation.LifetimeValidator = (from, until, _, _) => IsCurrent(clock, from, until);
                    validation.RequireExpirationTime = true;
                    validation.RequireSignedTokens = true;
                    validation.ValidAlgorithms = settings.Value.Tokens.Algorithms.Split(',');
                }
            );
    }

    /// <summary>True when a token is valid by the clock of the program, with a small clock skew.</summary>
    /// <exception cref="SecurityTokenExpiredException">The token has expired.</exception>
    /// <exception cref="SecurityTokenNotYetValidException">The token is not valid yet.</exception>
    private static bool IsCurrent(TimeProvider clock, DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return until + ClockSkew <= now ? throw new SecurityTokenExpiredException()
            : from - ClockSkew > now ? throw new SecurityTokenNotYetValidException()
            : until is not null;
    }

    /// <summary>The configuration of authentication, as the framework reads it.</summary>
    private sealed class TokenConfiguration(IConfiguration configuration) : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration => configuration.GetSection("Authentication");
    }
}
