using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Domain.Access;

/// <summary>
/// The secret of an API key: the prefix <c>reg_</c>, 43 random characters of A-Z, a-z and 0-9 (256 bits), and a checksum of
/// 6 characters over them.
/// </summary>
/// <remarks>
/// Secret scanners recognize a leaked key by its prefix, and verify it by its checksum without a request. The checksum is
/// the first 32 bits of the SHA-256 hash of prefix and random characters, in base 62.
/// </remarks>
public static class KeySecret
{
    /// <summary>The maximum length of any key, in characters.</summary>
    public const int MaxLength = 500;

    private const string Prefix = "reg_";
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;

    private static readonly SearchValues<char> DigitsSearched = SearchValues.Create(Digits);

    /// <summary>Generates a secret.</summary>
    public static string New()
    {
        var secret = Prefix + RandomNumberGenerator.GetString(Digits, RandomLength);
        return secret + ChecksumOf(secret);
    }

    /// <summary>True when the text has the form of a generated secret, and its checksum is right.</summary>
    public static bool IsGenerated(string text) =>
        HasForm(text) && text.AsSpan(text.Length - ChecksumLength).SequenceEqual(ChecksumOf(text[..^ChecksumLength]));

    /// <summary>
    /// True when the text cannot be a key, so that there is no need to look for it: it is too long, or has the form of a
    /// generated secret with a wrong checksum.
    /// </summary>
    public static bool IsMalformed(string text) => text.Length > MaxLength || (HasForm(text) && !IsGenerated(text));

    /// <summary>The SHA-256 hash of a secret, in lower-case hexadecimal digits: the only form in which it is stored.</summary>
    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static bool HasForm(string text) =>
        text.Length == Prefix.Length + RandomLength + ChecksumLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(DigitsSearched);

    private static string ChecksumOf(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var rest = (uint)((hash[0] << 24) | (hash[1] << 16) | (hash[2] << 8) | hash[3]);
        var checksum = new char[ChecksumLength];
        for (var at = ChecksumLength - 1; at >= 0; at--)
        {
            checksum[at] = Digits[(int)(rest % (uint)Digits.Length)];
            rest /= (uint)Digits.Length;
        }

        return new string(checksum);
    }
}
