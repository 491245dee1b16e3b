using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>A web address with a description of its content.</summary>
public sealed partial record WebLink
{
    /// <summary>The longest address.</summary>
    public const int MaxUrlLength = 1000;

    /// <summary>The longest title.</summary>
    public const int MaxTitleLength = 300;

    /// <summary>The shape of a media type (RFC 6838), without parameters.</summary>
    public const string MediaTypePattern = "^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$";

    /// <summary>The shape of a SHA-256 checksum: 64 hexadecimal digits in small letters (FIPS 180-4).</summary>
    public const string Sha256Pattern = "^[0-9a-f]{64}$";

    /// <exception cref="IllegalValueException">A value has another shape or is too long.</exception>
    public WebLink(
        string url,
        string? title = null,
        Language? language = null,
        string? mediaType = null,
        string? sha256 = null
    )
    {
        Url = Check.Text("url", url, MaxUrlLength);
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new IllegalValueException("url", "An address starts with http:// or https://.");
        }

        if (mediaType is not null && !MediaTypeShape().IsMatch(mediaType))
        {
            throw new IllegalValueException("mediaType", "A media type such as application/pdf.");
        }

        if (sha256 is not null && !Sha256Shape().IsMatch(sha256))
        {
            throw new IllegalValueException("sha256", "A SHA-256 checksum has 64 digits of 0-9 and a-f.");
        }

        Title = Check.OptionalText("title", title, MaxTitleLength);
        Language = language;
        MediaType = mediaType;
        Sha256 = sha256;
    }

    /// <summary>The address: http or https.</summary>
    public string Url { get; }

    /// <summary>The title of the page or file.</summary>
    public string? Title { get; }

    /// <summary>The language of what is there.</summary>
    public Language? Language { get; }

    /// <summary>The form of what is there.</summary>
    public string? MediaType { get; }

    /// <summary>The checksum of what is there, so that a reader can tell whether it is still the same.</summary>
    public string? Sha256 { get; }

    [GeneratedRegex(MediaTypePattern + @"\z")]
    private static partial Regex MediaTypeShape();

    [GeneratedRegex(Sha256Pattern + @"\z")]
    private static partial Regex Sha256Shape();
}
