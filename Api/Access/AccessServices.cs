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

        // Who calls is asked where it matters and not at each open read: no scheme is that of every request.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);

        // The core alone: the whole would also make and keep keys for cookies that this program never gives.
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
