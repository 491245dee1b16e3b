using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Domain.Subscriptions;

/// <summary>
/// The secret that the registry and a receiver share, with which the receiver authenticates messages: 24 to 64 bytes,
/// written <c>whsec_</c> and base64 (Standard Webhooks 1.0.0).
/// </summary>
public sealed class SigningSecret
{
    /// <summary>The pattern of a secret.</summary>
    public const string Pattern = "^whsec_[A-Za-z0-9+/]{32,86}={0,2}$";

    /// <summary>The message for another format.</summary>
    public const string Sentence = "It is whsec_ followed by 24 to 64 bytes in base64.";

    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MaxBytes = 64;
    private const int NewBytes = 32;

    private readonly byte[] _bytes;

    private SigningSecret(byte[] bytes) => _bytes = bytes;

    /// <summary>Generates a secret of 32 random bytes.</summary>
    public static SigningSecret New() => new(RandomNumberGenerator.GetBytes(NewBytes));

    /// <exception cref="IllegalValueException">
    /// The text is not a secret, or one that is too short or too long.
    /// </exception>
    public static SigningSecret Parse(string text)
    {
        var bytes = new byte[MaxBytes + 1];
        if (
            !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            || length is < FewestBytes or > MaxBytes
        )
        {
            // The message does not repeat the text, which may still be a secret.
            throw new IllegalValueException("secret", Sentence);
        }

        return new SigningSecret(bytes[..length]);
    }

    /// <summary>Gets the text of the secret.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_bytes);

    /// <summary>
    /// Computes the signature of a message: <c>v1,</c> and the base64 HMAC-SHA256 over id, timestamp and body.
    /// </summary>
    /// <param name="messageId">The id of the message, the same at every attempt.</param>
    /// <param name="sent">The time of the attempt, truncated to seconds.</param>
    /// <param name="body">The bytes of the body.</param>
    public string Sign(string messageId, DateTimeOffset sent, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);
        var seconds = sent.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        hash.AppendData(Encoding.UTF8.GetBytes($"{messageId}.{seconds}."));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>Returns only the prefix, so that no log ever holds a secret.</summary>
    public override string ToString() => $"{Prefix}…";
}
