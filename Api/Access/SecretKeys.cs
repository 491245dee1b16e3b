using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Access;

/// <summary>
/// The keys that encrypt secrets in the database: those of the settings, else one in a file beside the SQLite database, which
/// is made at the first start.
/// </summary>
/// <remarks>On SQL Server several machines share a database, so there the key comes from the settings.</remarks>
internal sealed class SecretKeys
{
    private const string KeySetting = "Secrets:Key";
    private const string FormerSetting = "Secrets:FormerKeys";

    /// <summary>The former name of the setting.</summary>
    private const string WebhookSetting = "Webhooks:SecretKey";

    private readonly byte[][] _configured;
    private readonly byte[][] _former;

    private SecretKeys(byte[][] configured, byte[][] former) => (_configured, _former) = (configured, former);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A key is not 32 bytes in base64.</exception>
    public static SecretKeys Of(IConfiguration configuration) =>
        new(
            KeysOf(configuration, KeySetting) is { Length: > 0 } keys ? keys : KeysOf(configuration, WebhookSetting),
            KeysOf(configuration, FormerSetting)
        );

    /// <summary>Gets the keys: the first one encrypts.</summary>
    public IReadOnlyList<byte[]> All(RegistryDatabase database)
    {
        byte[][] own =
            database.File is { } file && SecretFile.Read(PathOf(file)) is { } text ? [Parse(text, PathOf(file))] : [];
        return [.. _configured, .. own, .. _former];
    }

    /// <summary>Makes the file with the key when none is configured and there is none.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public void Prepare(RegistryDatabase database)
    {
        if (_configured.Length == 0 && database.File is { } file && !File.Exists(PathOf(file)))
        {
            SecretFile.Write(PathOf(file), Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretSafe.KeyBytes)));
        }
    }

    /// <summary>The file with the key beside an SQLite database; null when there is none.</summary>
    public static string? FileOf(RegistryDatabase database) =>
        database.File is { } file && File.Exists(PathOf(file)) ? PathOf(file) : null;

    /// <summary>True when the settings have a key.</summary>
    public static bool AreConfigured(IConfiguration configuration) => Of(configuration)._configured.Length > 0;

    /// <summary>The file for the key of an SQLite database.</summary>
    public static string PathOf(string database) => $"{Path.GetFullPath(database)}.key";

    private static byte[][] KeysOf(IConfiguration configuration, string setting) =>
        [
            .. (configuration[setting] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => Parse(text, setting)),
        ];

    private static byte[] Parse(string text, string place)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length == SecretSafe.KeyBytes
            ? key[..length]
            : throw new OptionsValidationException(
                place,
                typeof(SecretKeys),
                [$"{place} has a key of {SecretSafe.KeyBytes} bytes in base64."]
            );
    }
}
