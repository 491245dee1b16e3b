using Microsoft.Extensions.Options;

namespace Registry.Api.Access;

/// <summary>The settings under <c>Access</c>.</summary>
internal sealed class AccessSettings
{
    public const string Section = "Access";

    /// <summary>The minimum length of a key from the settings, in characters.</summary>
    public const int ShortestKey = 32;

    /// <summary>The API key for writes; when absent, one is made at the first start.</summary>
    public string? AdminKey { get; set; }
}

/// <summary>Validates the settings: the program does not start with a key short enough to guess.</summary>
internal sealed class AccessSettingsCheck : IValidateOptions<AccessSettings>
{
    public ValidateOptionsResult Validate(string? name, AccessSettings options) =>
        options.AdminKey is null || options.AdminKey.Length >= AccessSettings.ShortestKey
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Access:AdminKey has fewer than {AccessSettings.ShortestKey} characters. Choose a longer one, "
                    + "or leave it out and the registry makes one."
            );
}
