namespace Registry.Domain.Provenance;

/// <summary>The kind of a source.</summary>
public enum SourceKind
{
    Treaty,

    /// <summary>A declaration, decision, note or gazette of those who are entitled to it.</summary>
    OfficialDocument,

    /// <summary>A list that somebody keeps by office: a depositary, a register of members.</summary>
    Register,
    Website,
    Press,
    Dataset,
    Book,

    /// <summary>What the editors know, not checked against a publication.</summary>
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

/// <summary>What is known of a source, apart from its id.</summary>
public sealed record SourceFacts
{
    /// <summary>Who published it.</summary>
    public string? Publisher { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Where it can be read, if on the web.</summary>
    public string? Url { get; init; }

    /// <summary>When it was published.</summary>
    public PartialDate? Published { get; init; }

    /// <summary>When it was read last.</summary>
    public PartialDate? ReadOn { get; init; }

    /// <summary>The language it is written in.</summary>
    public Language? Language { get; init; }

    public required SourceKind Kind { get; init; }

    public Reliability? Reliability { get; init; }
}

/// <summary>Who said it and where: a publication, a register, a data set, that facts and claims rest on.</summary>
public sealed class Source
{
    /// <summary>The longest name of a publisher.</summary>
    public const int MaxPublisherLength = 200;

    /// <summary>The longest title.</summary>
    public const int MaxTitleLength = 280;

    /// <exception cref="IllegalValueException">
    /// A text is blank or too long, or the address is not http or https.
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

    /// <summary>The source as it is cited: <c>Publisher: Title (published)</c>.</summary>
    public string InWords
    {
        get
        {
            var title = Facts.Publisher is null ? Facts.Title : $"{Facts.Publisher}: {Facts.Title}";
            return Facts.Published is null ? title : $"{title} ({Facts.Published})";
        }
    }
}
