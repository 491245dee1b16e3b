namespace Registry.Domain.Provenance;

/// <summary>The kind of a source.</summary>
public enum SourceKind
{
    Treaty,

    /// <summary>A declaration, decision, note or gazette of a competent authority.</summary>
    OfficialDocument,

    /// <summary>An official list: of a depositary, or a register of members.</summary>
    Register,
    Website,
    Press,
    Dataset,
    Book,

    /// <summary>The knowledge of the editors, not checked against a publication.</summary>
    Memory,
    Other,
}

/// <summary>The reliability of a source.</summary>
public enum Reliability
{
    High,
    Medium,
    Low,
}

/// <summary>The facts of a source, apart from its id.</summary>
public sealed record SourceFacts
{
    /// <summary>The publisher.</summary>
    public string? Publisher { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The URL, or null when it is not on the web.</summary>
    public string? Url { get; init; }

    /// <summary>The date of publication.</summary>
    public PartialDate? Published { get; init; }

    /// <summary>The date on which it was last read.</summary>
    public PartialDate? ReadOn { get; init; }

    /// <summary>The language of the text.</summary>
    public Language? Language { get; init; }

    public required SourceKind Kind { get; init; }

    public Reliability? Reliability { get; init; }
}

/// <summary>A source of facts and claims: a publication, a register, a data set.</summary>
public sealed class Source
{
    /// <summary>The maximum length of a publisher.</summary>
    public const int MaxPublisherLength = 200;

    /// <summary>The maximum length of a title.</summary>
    public const int MaxTitleLength = 280;

    /// <exception cref="IllegalValueException">
    /// A text is blank or too long, or the URL is not http or https.
    /// </exception>
    public Source(Slug id, SourceFacts facts)
    {
        Check.OptionalText("publisher", facts.Publisher, MaxPublisherLength);
        Check.Text("title", facts.Title, MaxTitleLength);
        if (facts.Url is not null)
        {
            _ = new WebLink(facts.Url);
        }

        Id = id;
        Facts = facts;
    }

    public Slug Id { get; }

    public SourceFacts Facts { get; }

    /// <summary>The citation of the source: <c>Publisher: Title (published)</c>.</summary>
    public string InWords
    {
        get
        {
            var title = Facts.Publisher is null ? Facts.Title : $"{Facts.Publisher}: {Facts.Title}";
            return Facts.Published is null ? title : $"{title} ({Facts.Published})";
        }
    }
}
