using System.Globalization;

namespace Registry.Infrastructure.Engine;

/// <summary>An instant as text (RFC 3339): in UTC, to the microsecond that the databases keep.</summary>
internal static class InstantText
{
    /// <summary>The format.</summary>
    public const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Writes an instant; what is less than a microsecond is cut off.</summary>
    /// <remarks>
    /// Every row that is written has an instant or more. The round-trip format is the same text with a seventh digit, and is
    /// written several times as fast as a format of one's own.
    /// </remarks>
    public static string Of(DateTimeOffset instant) =>
        string.Concat(
            instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, Format.Length - 1),
            "Z"
        );
}
