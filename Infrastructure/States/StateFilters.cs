using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.States;

/// <summary>The filters of states.</summary>
public sealed record StateFilters : ListFilters
{
    /// <summary>The days, on one of which the state may have existed.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The regions.</summary>
    public IReadOnlyList<string>? Region { get; init; }

    /// <summary>The codes in any system.</summary>
    public IReadOnlyList<string>? AnyCode { get; init; }

    /// <summary>The scheme of the identifier.</summary>
    public string? IdentifierScheme { get; init; }

    /// <summary>The value of the identifier.</summary>
    public string? IdentifierValue { get; init; }
}
