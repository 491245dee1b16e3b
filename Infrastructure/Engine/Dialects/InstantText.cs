using System.Globalization;

namespace Registry.Infrastructure.Engine.Dialects;

/// <summary>
/// The text of an instant (RFC 3339): in UTC, to the microsecond, which is the precision of both databases.
/// </summary>
internal static class InstantText
{
    /// <summary>The format.</summary>
    public const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Formats an instant; fractions of a microsecond are truncated.</summary>
    /// <remarks>
    /// Every written row has an instant or more. The round-trip format is the same text with a seventh digit, and
    /// several times as fast as a custom format.
    /// </remarks>
    public static string Of(DateTimeOffset instant) =>
        string.Concat(
            instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, Format.Length - 1),
            "Z"
        );
}
