using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Domain.Subscriptions;

/// <summary>
/// What the registry and a receiver share, so that the receiver can tell the registry's messages from any other:
/// 24 to 64 bytes, written <c>whsec_</c> and base64 (Standard Webhooks 1.0.0).
/// </summary>
public sealed class SigningSecret
{
    /// <summary>The shape of a secret in text.</summary>
    public const string Pattern = "^whsec_[A-Za-z0-9+/]{32,86}={0,2}$";

    /// <summary>What a caller is told about another shape.</summary>
    public const string Sentence = "whsec_ and 24 to 64 bytes in base64.";

    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;
    private const int MostBytes = 64;
    private const int NewBytes = 32;

    private readonly byte[] _bytes;

    private SigningSecret(byte[] bytes) => _bytes = bytes;

    /// <summary>A new one of 32 random bytes.</summary>
    public static SigningSecret New() => new(RandomNumberGenerator.GetBytes(NewBytes));

    /// <exception cref="IllegalValueException">The text is no secret, or one too short or too long.</exception>
    public static SigningSecret Parse(string text)
    {
        var bytes = new byte[MostBytes + 1];
        if (
            !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            || length is < FewestBytes or > MostBytes
        )
        {
            // The text itself is not repeated: it may be a secret all the same.
            throw new IllegalValueException("secret", Sentence);
        }

        return new SigningSecret(bytes[..length]);
    }

    /// <summary>The text that the holder keeps.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_bytes);

    /// <summary>The signature of a message: <c>v1,</c> and the base64 HMAC-SHA256 over id, timestamp and body.</summary>
    /// <param name="messageId">What names the message; the same each time it is sent.</param>
    /// <param name="sent">When it is sent; whole seconds count.</param>
    /// <param name="body">The bytes of the body.</param>
    public string Sign(string messageId, DateTimeOffset sent, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);
        var seconds = sent.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        hash.AppendData(Encoding.UTF8.GetBytes($"{messageId}.{seconds}."));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>Says nothing, so that no log ever holds a secret.</summary>
    public override string ToString() => $"{Prefix}…";
}
