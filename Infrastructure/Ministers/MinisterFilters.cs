using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Ministers;

/// <summary>The filters of ministers.</summary>
public sealed record MinisterFilters : ListFilters
{
    /// <summary>The scheme of the identifier.</summary>
    public string? IdentifierScheme { get; init; }

    /// <summary>The value of the identifier.</summary>
    public string? IdentifierValue { get; init; }

    /// <summary>The ids of posts, current or former.</summary>
    public IReadOnlyList<string>? Post { get; init; }

    /// <summary>The states of the posts, current or former.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>The forums of the posts, current or former.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The kinds of the posts, current or former.</summary>
    public IReadOnlyList<string>? Kind { get; init; }
}

/// <summary>The filters of the timeline of a minister.</summary>
public sealed record MinisterTimelineFilters : TimelineFilters
{
    /// <summary>The id of the minister.</summary>
    public required string Minister { get; init; }
}

/// <summary>The filters of posts.</summary>
public sealed record PostFilters : ListFilters
{
    /// <summary>The states of the posts.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>The forums of the bodies with the posts.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The kinds of post.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The forums to which permanent representatives are accredited.</summary>
    public IReadOnlyList<string>? AccreditedTo { get; init; }

    /// <summary>The days, on one of which the post may have existed.</summary>
    public DaySpan? On { get; init; }
}

/// <summary>The filters of appointments.</summary>
public sealed record AppointmentFilters : ListFilters
{
    /// <summary>The ids of the ministers.</summary>
    public IReadOnlyList<string>? Minister { get; init; }

    /// <summary>The ids of the posts.</summary>
    public IReadOnlyList<string>? Post { get; init; }

    /// <summary>True for acting ministers.</summary>
    public bool? Acting { get; init; }

    /// <summary>The days, on one of which the appointment may have held.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The same for a range of days.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The filters of the holders of posts.</summary>
public sealed record HolderFilters : ListFilters
{
    /// <summary>The days, on one of which the minister may have held the post.</summary>
    public required DaySpan On { get; init; }

    /// <summary>The last day of a period without an end.</summary>
    public DateOnly Never { get; } = DateOnly.MaxValue;

    /// <summary>The id of the post.</summary>
    public string? Post { get; init; }

    /// <summary>The forum; the states of the posts had a standing in it at any time.</summary>
    public string? MemberOf { get; init; }

    /// <summary>The ids of the ministers.</summary>
    public IReadOnlyList<string>? Minister { get; init; }

    /// <summary>The states of the posts.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>The forums of the bodies with the posts.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The kinds of post.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>True for acting ministers.</summary>
    public bool? Acting { get; init; }
}
