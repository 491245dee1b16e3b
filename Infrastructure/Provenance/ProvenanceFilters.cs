using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

/// <summary>The filters of sources.</summary>
public sealed record SourceFilters : ListFilters
{
    /// <summary>The kinds.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The languages, as BCP 47 tags.</summary>
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>The reliabilities.</summary>
    public IReadOnlyList<string>? Reliability { get; init; }

    /// <summary>The URL.</summary>
    public string? Url { get; init; }

    /// <summary>The days, on one of which the source may have been published.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The filters of the records that cite a source.</summary>
public sealed record CitationFilters : ListFilters
{
    /// <summary>The id of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The collection of the records.</summary>
    public string? Collection { get; init; }
}

/// <summary>The filters of claims.</summary>
public sealed record ClaimFilters : ListFilters
{
    /// <summary>The codes of the forums; the claims are on them or on records that belong to them.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The collections of the records.</summary>
    public IReadOnlyList<string>? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? Subject { get; init; }

    /// <summary>The field.</summary>
    public string? Field { get; init; }

    /// <summary>The ids of the sources.</summary>
    public IReadOnlyList<string>? Source { get; init; }

    /// <summary>True for preferred claims.</summary>
    public bool? Preferred { get; init; }

    /// <summary>True for rivals.</summary>
    public bool? Rival { get; init; }

    /// <summary>True for claims on disputed fields.</summary>
    public bool? Disputed { get; init; }
}
