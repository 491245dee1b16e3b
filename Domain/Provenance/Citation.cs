namespace Registry.Domain.Provenance;

/// <summary>The confidence in a fact.</summary>
public enum Confidence
{
    /// <summary>Two or more good sources agree.</summary>
    High,

    /// <summary>One good source states it.</summary>
    Medium,

    /// <summary>The fact is not checked against a good source.</summary>
    Low,
}

/// <summary>A citation: a source in words, with the confidence in the fact.</summary>
public sealed record Citation
{
    /// <summary>The maximum length of a citation.</summary>
    public const int MaxTextLength = 500;

    /// <summary>The maximum length of a URL.</summary>
    public const int MaxUrlLength = 1000;

    /// <exception cref="IllegalValueException">
    /// There is neither a text nor a source, the text is blank or too long, or the URL is not http or https.
    /// </exception>
    public Citation(string? text, string? url, Confidence confidence, Slug? source = null)
    {
        Source = source;
        Text = source is null
            ? Check.Text("citation", text, MaxTextLength)
            : Check.OptionalText("citation", text, MaxTextLength);
        Url = Check.OptionalText("url", url, MaxUrlLength);
        if (
            Url is not null
            && !(Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        )
        {
            throw new IllegalValueException("url", "It starts with http:// or https://.");
        }

        Confidence = confidence;
    }

    /// <summary>
    /// The publisher, title and date of the source; null when they are taken from the source on record.
    /// </summary>
    public string? Text { get; }

    /// <summary>The source on record, or null.</summary>
    public Slug? Source { get; }

    /// <summary>The URL, or null when it is not on the web.</summary>
    public string? Url { get; }

    /// <summary>The confidence in the fact.</summary>
    public Confidence Confidence { get; }
}
