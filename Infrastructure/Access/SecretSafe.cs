using System.Security.Cryptography;
using System.Text;
using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Access;

/// <summary>
/// Encrypts signing secrets for the database (AES-256-GCM) with the configured key, so that a copy of the database
/// cannot sign.
/// </summary>
/// <remarks>Without a key they are stored unencrypted.</remarks>
/// <param name="secretKey">32 bytes, or null to store secrets unencrypted.</param>
public sealed class SecretSafe(byte[]? secretKey)
{
    private const string Encrypted = "aes256gcm:";
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    internal string Close(SigningSecret secret) => Close(secret.Reveal());

    internal string Close(string text)
    {
        if (secretKey is not { } key)
        {
            return text;
        }

        var open = Encoding.UTF8.GetBytes(text);
        var closed = new byte[NonceBytes + TagBytes + open.Length];
        var nonce = closed.AsSpan(0, NonceBytes);
        var tag = closed.AsSpan(NonceBytes, TagBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, open, closed.AsSpan(NonceBytes + TagBytes), tag);
        return Encrypted + Convert.ToBase64String(closed);
    }

    /// <exception cref="CryptographicException">It was encrypted with another key.</exception>
    internal SigningSecret Open(string kept) => SigningSecret.Parse(OpenText(kept));

    /// <exception cref="CryptographicException">It was encrypted with another key.</exception>
    internal string OpenText(string kept)
    {
        if (!kept.StartsWith(Encrypted, StringComparison.Ordinal))
        {
            return kept;
        }

        if (secretKey is not { } key)
        {
            throw new CryptographicException("The secret was encrypted with a key that is no longer configured.");
        }

        var closed = Convert.FromBase64String(kept[Encrypted.Length..]);
        var open = new byte[closed.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(
            closed.AsSpan(0, NonceBytes),
            closed.AsSpan(NonceBytes + TagBytes),
            closed.AsSpan(NonceBytes, TagBytes),
            open
        );
        return Encoding.UTF8.GetString(open);
    }
}
