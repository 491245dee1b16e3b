using System.Security.Cryptography;
using System.Text;
using Registry.Domain.Subscriptions;

namespace Registry.Infrastructure.Access;

/// <summary>
/// Encrypts secrets for the database (AES-256-GCM): the signing secrets of webhooks, and responses that show a secret once. A
/// copy of the database alone reveals none of them.
/// </summary>
/// <remarks>Without a key they are stored unencrypted.</remarks>
/// <param name="keys">
/// Gets the keys, of 32 bytes each, at the first use: the first one encrypts, all of them decrypt, so that a key can be
/// replaced.
/// </param>
public sealed class SecretSafe(Func<IReadOnlyList<byte[]>> keys)
{
    /// <summary>The size of a key, in bytes.</summary>
    public const int KeyBytes = 32;

    private const string Encrypted = "aes256gcm:";
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly Lazy<IReadOnlyList<byte[]>> _keys = new(keys);

    internal string Close(SigningSecret secret) => Close(secret.Reveal());

    internal string Close(string text)
    {
        if (_keys.Value is not [var key, ..])
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

    /// <exception cref="CryptographicException">It was encrypted with a key that is not configured.</exception>
    internal SigningSecret Open(string kept) => SigningSecret.Parse(OpenText(kept));

    /// <exception cref="CryptographicException">It was encrypted with a key that is not configured.</exception>
    internal string OpenText(string kept)
    {
        if (!kept.StartsWith(Encrypted, StringComparison.Ordinal))
        {
            return kept;
        }

        var closed = Convert.FromBase64String(kept[Encrypted.Length..]);
        foreach (var key in _keys.Value)
        {
            if (TryOpen(key, closed) is { } open)
            {
                return Encoding.UTF8.GetString(open);
            }
        }

        throw new CryptographicException("The secret was encrypted with a key that is not configured.");
    }

    private static byte[]? TryOpen(byte[] key, byte[] closed)
    {
        var open = new byte[closed.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(
                closed.AsSpan(0, NonceBytes),
                closed.AsSpan(NonceBytes + TagBytes),
                closed.AsSpan(NonceBytes, TagBytes),
                open
            );
            return open;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
