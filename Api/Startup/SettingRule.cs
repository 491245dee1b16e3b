using System.Globalization;
using Registry.Api.Http;

namespace Registry.Api.Startup;

/// <summary>The values that a setting can have.</summary>
/// <param name="Sentence">The values as the end of a sentence: a number from 1 to 10.</param>
/// <param name="Allows">True for a valid value.</param>
internal sealed record SettingRule(string Sentence, Func<string, bool> Allows)
{
    /// <summary>Any text. Parts of the program may check it further.</summary>
    public static readonly SettingRule Text = new("text", _ => true);

    /// <summary>True or false.</summary>
    public static readonly SettingRule Flag = new("true or false", text => bool.TryParse(text, out _));

    /// <summary>Host names or IP addresses.</summary>
    public static readonly SettingRule Hosts = new(
        "a list of host names or IP addresses, without scheme and port",
        text => SettingText.ListOf(text).All(host => Uri.CheckHostName(host) != UriHostNameType.Unknown)
    );

    /// <summary>Origins of scripts (RFC 6454).</summary>
    public static readonly SettingRule Origins = new(
        "a list of origins such as https://portal.example, without a path",
        text => SettingText.ListOf(text).All(IsOrigin)
    );

    /// <summary>A folder that can be written to; it is made when it does not exist.</summary>
    public static readonly SettingRule Folder = new("a folder that can be written to", CanWriteTo);

    /// <summary>A whole number.</summary>
    public static SettingRule Number(long least, long most) =>
        new(
            $"a number from {least} to {most}",
            text =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
        );

    /// <summary>A number of seconds, which may have a fraction.</summary>
    public static SettingRule Seconds(double least, double most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a number of seconds from {least} to {most}"),
            text =>
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
        );

    /// <summary>A number from 0 to 1.</summary>
    public static readonly SettingRule Fraction = new(
        "a number from 0 to 1",
        text =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= 1
    );

    /// <summary>A span of time.</summary>
    public static SettingRule Time(TimeSpan most) =>
        new($"a time such as 00:00:15, more than 0 and at most {most:c}", text => IsTime(text, most));

    /// <summary>A span of time, which can be 0.</summary>
    public static SettingRule TimeOrNone(TimeSpan most) =>
        new(
            $"a time such as 00:00:05, from 00:00:00 to {most:c}",
            text =>
                IsTime(text, most)
                || (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var none) && none == TimeSpan.Zero)
        );

    /// <summary>A list of spans of time.</summary>
    public static SettingRule Times(TimeSpan most) =>
        new(
            $"a list of times such as 00:00:05,00:02:00, each more than 0 and at most {most:c}",
            text => SettingText.ListOf(text) is { Length: > 0 } times && times.All(time => IsTime(time, most))
        );

    /// <summary>One of the words of an enumeration.</summary>
    public static SettingRule OneOf<T>()
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new(string.Join(" or ", words), text => words.Contains(text, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsTime(string text, TimeSpan most) =>
        // Without a colon, a number would be days.
        text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
        && time > TimeSpan.Zero
        && time <= most;

    private static bool IsOrigin(string text) =>
        text == "*"
        || (
            Uri.TryCreate(text, UriKind.Absolute, out var origin)
            && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
            && origin.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
            && origin.UserInfo.Length == 0
        );

    private static bool CanWriteTo(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using (File.Create(Path.Combine(folder, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception unusable)
            when (unusable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
