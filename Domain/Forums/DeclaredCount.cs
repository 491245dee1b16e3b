using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The declared number of members of a forum on a date, to be reconciled with the members on record.</summary>
public sealed record DeclaredCount
{
    /// <summary>The maximum number.</summary>
    public const int MaxCount = 1000;

    /// <exception cref="IllegalValueException">The number is out of bounds.</exception>
    public DeclaredCount(PartialDate on, StandingKind standing, int count, IReadOnlyList<Citation>? sources = null)
    {
        On = on;
        Standing = standing;
        Count = count is >= 0 and <= MaxCount
            ? count
            : throw new IllegalValueException("count", $"It is between 0 and {MaxCount}.");
        Sources = sources ?? [];
    }

    /// <summary>The date of the count.</summary>
    public PartialDate On { get; }

    /// <summary>The standing that was counted.</summary>
    public StandingKind Standing { get; }

    /// <summary>The number.</summary>
    public int Count { get; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<Citation> Sources { get; }
}
