using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records.Documents;

/// <summary>What sort of thing happened.</summary>
public enum TimelineKind
{
    /// <summary>A forum took on a legal nature.</summary>
    Stage,

    /// <summary>A summit was held, or is planned.</summary>
    Summit,

    /// <summary>A member came in, or came back after an end.</summary>
    Admission,

    /// <summary>A chair was taken.</summary>
    Chairmanship,

    /// <summary>A document was adopted.</summary>
    Adoption,

    /// <summary>A minister took a post.</summary>
    Appointment,

    /// <summary>A minister chaired a meeting.</summary>
    Chaired,

    /// <summary>A minister took part in a meeting.</summary>
    TookPart,

    /// <summary>A meeting had an outcome by a minister, or one that speaks of the minister.</summary>
    Outcome,
}

/// <summary>Something that happened.</summary>
public sealed record TimelineEvent : ListRow
{
    /// <summary>One of the words of <see cref="TimelineKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What happened, or to whom.</summary>
    public string Title { get; init; } = "";

    /// <summary>The record that says so: collection and id.</summary>
    public string Record { get; init; } = "";

    /// <summary>When, as it was written; null where only the first and the last day are kept.</summary>
    public string? FromText { get; init; }

    /// <summary>The first day it can have happened.</summary>
    public DateOnly FromEarliest { get; init; }

    /// <summary>The last day it can have happened.</summary>
    public DateOnly FromLatest { get; init; }

    /// <summary>When, as precisely as known; null where nobody knows.</summary>
    public PartialDate? Date =>
        FromText is not null ? PartialDate.Parse(FromText)
        : FromEarliest == DateOnly.MinValue ? null
        : PartialDate.Covering(FromEarliest, FromLatest);

    /// <summary>The kind, read.</summary>
    public TimelineKind ReadKind() => Words.Read<TimelineKind>(Kind);
}
