using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>The conditions on forums.</summary>
public sealed record ForumFilters : ListFilters
{
    /// <summary>The days on one of which the forum may have been active.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The legal natures, of which it may have had one on one of the days <see cref="Days"/>.</summary>
    public IReadOnlyList<string>? Nature { get; init; }

    /// <summary>The days on which the legal nature is looked at.</summary>
    public required DaySpan Days { get; init; }

    /// <summary>The states of the seat.</summary>
    public IReadOnlyList<string>? SeatCountry { get; init; }

    /// <summary>The scheme of the identifier.</summary>
    public string? IdentifierScheme { get; init; }

    /// <summary>The value of the identifier.</summary>
    public string? IdentifierValue { get; init; }
}

/// <summary>The conditions on bodies.</summary>
public sealed record BodyFilters : ListFilters
{
    /// <summary>The code of the forum.</summary>
    public string? Forum { get; init; }

    /// <summary>The kinds of body.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The days on one of which the body and its forum may have stood.</summary>
    public DaySpan? On { get; init; }
}

/// <summary>The conditions on the timeline of a forum.</summary>
public sealed record ForumTimelineFilters : TimelineFilters
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }
}

/// <summary>The conditions on memberships.</summary>
public sealed record MembershipFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The codes of the members.</summary>
    public IReadOnlyList<string>? Member { get; init; }

    /// <summary>Whether the members are states or forums.</summary>
    public IReadOnlyList<string>? MemberKind { get; init; }

    /// <summary>The standings, of which the member had one at any time.</summary>
    public IReadOnlyList<string>? Standing { get; init; }

    /// <summary>The standings, of which the member may have had one on one of the days <see cref="On"/>.</summary>
    public IReadOnlyList<string>? StandingOn { get; init; }

    /// <summary>The days on one of which the member may have had a standing.</summary>
    public DaySpan? On { get; init; }
}

/// <summary>The conditions on standings as they were on a day.</summary>
public sealed record StandingFilters : ListFilters
{
    /// <summary>The days on one of which the standing may have held.</summary>
    public required DaySpan On { get; init; }

    /// <summary>The code of the forum.</summary>
    public string? Forum { get; init; }

    /// <summary>The code of the state that stands there.</summary>
    public string? State { get; init; }

    /// <summary>The standings.</summary>
    public IReadOnlyList<string>? Standing { get; init; }
}

/// <summary>The conditions on chairmanships.</summary>
public sealed record ChairmanshipFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The codes of those who chair.</summary>
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>Whether states or forums chair.</summary>
    public IReadOnlyList<string>? ChairKind { get; init; }

    /// <summary>The days on one of which the chairmanship may have held.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The same, for the days from one date to another.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The conditions on chairmanships with the names of those they speak of.</summary>
public sealed record ChairOnDayFilters : ListFilters
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The days on one of which the chairmanship may have held.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The days on which it is looked at whether it is certain.</summary>
    public required DaySpan Days { get; init; }
}
