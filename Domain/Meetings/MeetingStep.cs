using Registry.Domain.Provenance;

namespace Registry.Domain.Meetings;

/// <summary>The status of a meeting.</summary>
public enum MeetingStatus
{
    Planned,

    /// <summary>The host and the dates are agreed.</summary>
    Confirmed,

    /// <summary>The meeting is postponed; new dates may not be known yet.</summary>
    Postponed,
    Cancelled,
    Held,
}

/// <summary>A step in the life of a meeting.</summary>
public sealed record MeetingStep
{
    /// <summary>The maximum length of a basis.</summary>
    public const int MaxBasisLength = 500;

    /// <exception cref="IllegalValueException">The basis is blank or too long.</exception>
    public MeetingStep(
        MeetingStatus status,
        PartialDate? on = null,
        string? basis = null,
        IReadOnlyList<Citation>? sources = null
    )
    {
        Status = status;
        On = on;
        Basis = Check.OptionalText("basis", basis, MaxBasisLength);
        Sources = sources ?? [];
    }

    /// <summary>The status of the meeting from this step on.</summary>
    public MeetingStatus Status { get; }

    /// <summary>The day of the step, as precise as known.</summary>
    public PartialDate? On { get; }

    /// <summary>The note or decision that the step rests on.</summary>
    public string? Basis { get; }

    public IReadOnlyList<Citation> Sources { get; }

    /// <summary>Refuses a step that cannot follow the one before.</summary>
    /// <exception cref="RuleBrokenException">A step cannot follow, or certainly preceded an earlier one.</exception>
    internal static void RefuseDisorder(IReadOnlyList<MeetingStep> steps)
    {
        foreach (var (before, step) in steps.Zip(steps.Skip(1)))
        {
            if (!MayFollow(before.Status, step.Status))
            {
                throw new RuleBrokenException(
                    "meeting-step-order",
                    before.Status is MeetingStatus.Cancelled or MeetingStatus.Held
                        ? $"No step follows {Word(before.Status)}: the meeting cannot become {Word(step.Status)}."
                        : $"A meeting that is {Word(before.Status)} cannot become {Word(step.Status)}."
                );
            }
        }

        StepDates.RefuseBackwards(steps.Select(step => (Word(step.Status), step.On)), "meeting-step-order");
    }

    private static bool MayFollow(MeetingStatus before, MeetingStatus status) =>
        before switch
        {
            MeetingStatus.Planned => status is not MeetingStatus.Planned,
            MeetingStatus.Confirmed => status
                is MeetingStatus.Postponed
                    or MeetingStatus.Cancelled
                    or MeetingStatus.Held,
            MeetingStatus.Postponed => status is not MeetingStatus.Postponed,
            _ => false,
        };

    private static string Word(MeetingStatus status) => status.ToString().ToLowerInvariant();
}
