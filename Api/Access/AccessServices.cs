using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Registry.Api.Access;

internal static class AccessServices
{
    /// <summary>Reads the settings of access control.</summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static AccessSettings SettingsOf(IConfiguration configuration)
    {
        var settings = configuration.GetSection(AccessSettings.Section).Get<AccessSettings>() ?? new AccessSettings();
        return new AccessSettingsCheck().Validate(null, settings) is { Failed: true } wrong
            ? throw new OptionsValidationException(AccessSettings.Section, typeof(AccessSettings), wrong.Failures)
            : settings;
    }

    /// <summary>Adds authentication: reads are open, writes need a key.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessSettings>().BindConfiguration(AccessSettings.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessSettings>, AccessSettingsCheck>();
        services.AddSingleton<AccessKeys>();

        // There is no default scheme: callers are authenticated only on operations that require it, not on open reads.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);

        // AddAuthenticationCore instead of AddAuthentication, which would also set up data protection keys for cookies that this
        // program never issues.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<KeyAuthentication>(KeyAuthentication.SchemeName, null);
        });
        services.AddWebEncoders();
        services.AddTransient<KeyAuthentication>();
        services
            .AddAuthorizationBuilder()
            .SetDefaultPolicy(
                new AuthorizationPolicyBuilder(KeyAuthentication.SchemeName).RequireAuthenticatedUser().Build()
            );
        return services;
    }
}
