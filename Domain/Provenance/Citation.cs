namespace Registry.Domain.Provenance;

/// <summary>How sure a fact is.</summary>
public enum Confidence
{
    /// <summary>Two or more good sources agree.</summary>
    High,

    /// <summary>One good source says so.</summary>
    Medium,

    /// <summary>Not checked against a good source.</summary>
    Low,
}

/// <summary>Who says so: a source in words a reader can follow up, and how sure it is.</summary>
public sealed record Citation
{
    /// <summary>The longest citation.</summary>
    public const int MaxTextLength = 500;

    /// <summary>The longest address.</summary>
    public const int MaxUrlLength = 1000;

    /// <exception cref="IllegalValueException">
    /// There is neither a text nor a source, the text is blank or too long, or the address is not http or https.
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
            throw new IllegalValueException("url", "An address starts with http:// or https://.");
        }

        Confidence = confidence;
    }

    /// <summary>The publisher, title and date of the source; absent where the source on record is to give them.</summary>
    public string? Text { get; }

    /// <summary>The source on record, where there is one.</summary>
    public Slug? Source { get; }

    /// <summary>Where it can be read, if on the web.</summary>
    public string? Url { get; }

    /// <summary>How sure the fact is.</summary>
    public Confidence Confidence { get; }
}
