using System.Text.RegularExpressions;

namespace Registry.Domain;

/// <summary>A link to a web page or a file.</summary>
public sealed partial record WebLink
{
    /// <summary>The maximum length of a URL.</summary>
    public const int MaxUrlLength = 1000;

    /// <summary>The maximum length of a title.</summary>
    public const int MaxTitleLength = 300;

    /// <summary>The pattern of a media type (RFC 6838), without parameters.</summary>
    public const string MediaTypePattern = "^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$";

    /// <summary>The pattern of a SHA-256 checksum: 64 hexadecimal digits in lower case (FIPS 180-4).</summary>
    public const string Sha256Pattern = "^[0-9a-f]{64}$";

    /// <exception cref="IllegalValueException">A value does not match its pattern or is too long.</exception>
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
            throw new IllegalValueException("url", "It starts with http:// or https://.");
        }

        if (mediaType is not null && !MediaTypeShape().IsMatch(mediaType))
        {
            throw new IllegalValueException("mediaType", "It is a media type, such as application/pdf.");
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

    /// <summary>The URL: http or https.</summary>
    public string Url { get; }

    /// <summary>The title of the page or file.</summary>
    public string? Title { get; }

    /// <summary>The language of the page or file.</summary>
    public Language? Language { get; }

    /// <summary>The media type of the file.</summary>
    public string? MediaType { get; }

    /// <summary>The checksum of the file, which detects later changes.</summary>
    public string? Sha256 { get; }

    [GeneratedRegex(MediaTypePattern + @"\z")]
    private static partial Regex MediaTypeShape();

    [GeneratedRegex(Sha256Pattern + @"\z")]
    private static partial Regex Sha256Shape();
}
