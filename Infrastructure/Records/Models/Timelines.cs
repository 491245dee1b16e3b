using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records.Models;

/// <summary>The kind of an event.</summary>
public enum TimelineKind
{
    /// <summary>A forum took on a legal nature.</summary>
    Stage,

    /// <summary>A summit was held, or is planned.</summary>
    Summit,

    /// <summary>A member joined, or rejoined after an end.</summary>
    Admission,

    /// <summary>A party took the chair.</summary>
    Chairmanship,

    /// <summary>A document was adopted.</summary>
    Adoption,

    /// <summary>A minister took a post.</summary>
    Appointment,

    /// <summary>A minister chaired a meeting.</summary>
    Chaired,

    /// <summary>A minister took part in a meeting.</summary>
    TookPart,

    /// <summary>A meeting had an outcome by a minister, or one that mentions the minister.</summary>
    Outcome,
}

/// <summary>An event of a timeline.</summary>
public sealed record TimelineEvent : ListRow
{
    /// <summary>The kind, one of the words of <see cref="TimelineKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The title of the event, or the name of the one concerned.</summary>
    public string Title { get; init; } = "";

    /// <summary>The record of the event: collection and id.</summary>
    public string Record { get; init; } = "";

    /// <summary>The date as recorded, or null when only the first and the last day are stored.</summary>
    public string? FromText { get; init; }

    /// <summary>The first day on which it can have happened.</summary>
    public DateOnly FromEarliest { get; init; }

    /// <summary>The last day on which it can have happened.</summary>
    public DateOnly FromLatest { get; init; }

    /// <summary>The date, as precise as known, or null when it is unknown.</summary>
    public PartialDate? Date =>
        FromText is not null ? PartialDate.Parse(FromText)
        : FromEarliest == DateOnly.MinValue ? null
        : PartialDate.Covering(FromEarliest, FromLatest);

    /// <summary>Gets the kind as a member of the enum.</summary>
    public TimelineKind ReadKind() => Words.Read<TimelineKind>(Kind);
}
