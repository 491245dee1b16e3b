using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>How many stood in a forum on a date, as somebody declared it: to be held against what is on record.</summary>
public sealed record DeclaredCount
{
    /// <summary>The highest number.</summary>
    public const int Most = 1000;

    /// <exception cref="IllegalValueException">The number is out of bounds.</exception>
    public DeclaredCount(PartialDate on, StandingKind standing, int count, IReadOnlyList<Citation>? sources = null)
    {
        On = on;
        Standing = standing;
        Count = count is >= 0 and <= Most
            ? count
            : throw new IllegalValueException("count", $"It is between 0 and {Most}.");
        Sources = sources ?? [];
    }

    /// <summary>When it was so.</summary>
    public PartialDate On { get; }

    /// <summary>The standing that was counted.</summary>
    public StandingKind Standing { get; }

    /// <summary>The count.</summary>
    public int Count { get; }

    /// <summary>Who says so.</summary>
    public IReadOnlyList<Citation> Sources { get; }
}
