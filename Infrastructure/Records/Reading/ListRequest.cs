namespace Registry.Infrastructure.Records.Reading;

/// <summary>A request for a page of a list.</summary>
public sealed record ListRequest
{
    /// <summary>The sort order by the time of recording, which every list of records has.</summary>
    public const string Recorded = "recordedAt";

    /// <summary>The maximum number of sort orders in a request.</summary>
    public const int MaxOrderings = 3;

    /// <summary>The name of the sort order, from the allow-list of the list.</summary>
    public required string Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>The sort orders of the items that are equal in the first one.</summary>
    public IReadOnlyList<Ordering> ThenBy { get; init; } = [];

    internal IReadOnlyList<Ordering> Orderings => [new(Sort, Descending), .. ThenBy];

    /// <summary>The maximum number of rows.</summary>
    public required int Limit { get; init; }

    /// <summary>The sort keys and the id of the last row of the previous page; null for the first page.</summary>
    public (string Key, string Id)? After { get; init; }

    /// <summary>The filters.</summary>
    public required ListFilters Filters { get; init; }

    /// <summary>The instant after which the versions of the records were recorded; null for all records.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>True to count all rows as well, which reads all of them.</summary>
    public bool WithTotal { get; init; }

    /// <summary>The instant as of which the list is read; null for the current state.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>True to include the records deleted after ChangedSince.</summary>
    public bool WithDeleted { get; init; }

    /// <summary>The ids that are read ahead for the next pages of a whole list; null for a single page.</summary>
    public IdsAhead? Ahead { get; init; }
}

/// <summary>A sort order by one key.</summary>
/// <param name="Name">The name, from the allow-list of the list.</param>
/// <param name="Descending">True for descending order.</param>
public sealed record Ordering(string Name, bool Descending);
