using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Registry.Infrastructure.Access;

namespace Registry.Api.Access;

/// <summary>Verifies API keys, and generates the first one.</summary>
internal sealed class AccessKeys(AccessKeyStore store, IOptions<AccessSettings> settings)
{
    private const string AdminName = "admin";

    /// <summary>The name of the holder of a key, or null when the key is not known.</summary>
    public async Task<string?> NameOfAsync(string key, CancellationToken cancellationToken)
    {
        var hash = HashOf(key);
        var fromSettings = settings.Value.AdminKey;
        if (fromSettings is null)
        {
            return await store.FindAsync(Convert.ToHexStringLower(hash), cancellationToken);
        }

        // Compared in constant time, so that the response time reveals nothing about the key.
        return CryptographicOperations.FixedTimeEquals(hash, HashOf(fromSettings)) ? AdminName : null;
    }

    /// <summary>Generates a key of 256 random bits when none exists.</summary>
    /// <returns>The key, which is not stored anywhere; null when there was one already.</returns>
    public async Task<string?> MakeFirstAsync(CancellationToken cancellationToken)
    {
        if (settings.Value.AdminKey is not null || await store.AnyAsync(cancellationToken))
        {
            return null;
        }

        var key = $"reg_{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))}";
        await store.AddAsync(AdminName, Convert.ToHexStringLower(HashOf(key)), cancellationToken);
        return key;
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
