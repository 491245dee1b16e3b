using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>The filters of forums.</summary>
public sealed record ForumFilters : ListFilters
{
    /// <summary>The days, on one of which the forum may have been active.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The legal natures. The forum may have had one of them on one of the days <see cref="Days"/>.</summary>
    public IReadOnlyList<string>? Nature { get; init; }

    /// <summary>The days for the legal nature.</summary>
    public required DaySpan Days { get; init; }

    /// <summary>The states of the seat.</summary>
    public IReadOnlyList<string>? SeatCountry { get; init; }

    /// <summary>The scheme of the identifier.</summary>
    public string? IdentifierScheme { get; init; }

    /// <summary>The value of the identifier.</summary>
    public string? IdentifierValue { get; init; }
}

/// <summary>The filters of bodies.</summary>
public sealed record BodyFilters : ListFilters
{
    /// <summary>The code of the forum.</summary>
    public string? Forum { get; init; }

    /// <summary>The kinds of body.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The days, on one of which the body and its forum may have existed.</summary>
    public DaySpan? On { get; init; }
}

/// <summary>The filters of the timeline of a forum.</summary>
public sealed record ForumTimelineFilters : TimelineFilters
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }
}

/// <summary>The filters of memberships.</summary>
public sealed record MembershipFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The codes of the members.</summary>
    public IReadOnlyList<string>? Member { get; init; }

    /// <summary>The kinds of member: state or forum.</summary>
    public IReadOnlyList<string>? MemberKind { get; init; }

    /// <summary>The standings. The member had one of them at any time.</summary>
    public IReadOnlyList<string>? Standing { get; init; }

    /// <summary>The standings. The member may have had one of them on one of the days <see cref="On"/>.</summary>
    public IReadOnlyList<string>? StandingOn { get; init; }

    /// <summary>True for any standing; null with <see cref="StandingOn"/>, so that standings are looked up once.</summary>
    public bool? AnyStandingOn => On is not null && StandingOn is null ? true : null;

    /// <summary>The days, on one of which the member may have had a standing, and the forum and the member existed.</summary>
    public DaySpan? On { get; init; }
}

/// <summary>The filters of standings on a date.</summary>
public sealed record StandingFilters : ListFilters
{
    /// <summary>The days, on one of which the standing may have held.</summary>
    public required DaySpan On { get; init; }

    /// <summary>The code of the forum.</summary>
    public string? Forum { get; init; }

    /// <summary>The code of the member state.</summary>
    public string? State { get; init; }

    /// <summary>The standings.</summary>
    public IReadOnlyList<string>? Standing { get; init; }
}

/// <summary>The filters of chairmanships.</summary>
public sealed record ChairmanshipFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The codes of the parties that chair.</summary>
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>The kinds of party that chair: state or forum.</summary>
    public IReadOnlyList<string>? ChairKind { get; init; }

    /// <summary>The days, on one of which the chairmanship may have held.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The same for a range of days.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The filters of chairmanships with names.</summary>
public sealed record ChairOnDayFilters : ListFilters
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The days, on one of which the chairmanship may have held.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The days for which certainty is computed.</summary>
    public required DaySpan Days { get; init; }
}
