using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

/// <summary>The conditions on sources.</summary>
public sealed record SourceFilters : ListFilters
{
    /// <summary>The kinds.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The languages, as BCP 47 tags.</summary>
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>How much they can be relied on.</summary>
    public IReadOnlyList<string>? Reliability { get; init; }

    /// <summary>The address.</summary>
    public string? Url { get; init; }

    /// <summary>The days on one of which the source may have been published.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The conditions on the records that cite a source.</summary>
public sealed record CitationFilters : ListFilters
{
    /// <summary>The id of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The collection of the records.</summary>
    public string? Collection { get; init; }
}

/// <summary>The conditions on claims.</summary>
public sealed record ClaimFilters : ListFilters
{
    /// <summary>The forums on which, or on what belongs to which, they are.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The collections of the records.</summary>
    public IReadOnlyList<string>? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? Subject { get; init; }

    /// <summary>The field.</summary>
    public string? Field { get; init; }

    /// <summary>The ids of the sources.</summary>
    public IReadOnlyList<string>? Source { get; init; }

    /// <summary>True for those that are preferred.</summary>
    public bool? Preferred { get; init; }

    /// <summary>True for those that the record does not agree with.</summary>
    public bool? Rival { get; init; }

    /// <summary>True for those on fields whose claims do not agree.</summary>
    public bool? Disputed { get; init; }
}
