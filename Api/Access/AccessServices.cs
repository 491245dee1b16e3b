using Microsoft.Extensions.Options;

namespace Registry.Api.Access;

internal static class AccessServices
{
    /// <summary>Reads are open; writes need a key.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessSettings>().BindConfiguration(AccessSettings.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessSettings>, AccessSettingsCheck>();
        services.AddSingleton<AccessKeys>();

        // The core alone: the whole would also make and keep keys for cookies that this program never gives.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<KeyAuthentication>(KeyAuthentication.SchemeName, null);
            options.DefaultScheme = KeyAuthentication.SchemeName;
        });
        services.AddWebEncoders();
        services.AddTransient<KeyAuthentication>();
        services.AddAuthorization();
        return services;
    }
}
