using Registry.Domain.Ministers;

namespace Registry.Domain.Meetings;

/// <summary>An office that somebody held at a meeting, as far as its dates tell.</summary>
/// <param name="Minister">The id of the minister.</param>
/// <param name="Kind">The kind of the post.</param>
/// <param name="State">The code of the state that the post belongs to; null for a post of a forum or a body.</param>
public sealed record HeldOffice(string Minister, PostKind Kind, string? State)
{
    /// <summary>True when the minister only acted in the office.</summary>
    public bool IsActing { get; init; }

    /// <summary>True when the minister held it at the meeting whatever the exact dates were.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The first day on which the appointment can have started; null where it is not known.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>The chair of a forum or a body that a member held at a meeting, as far as its dates tell.</summary>
/// <param name="IsOfBody">True for the chair of the body that met, false for that of its forum.</param>
/// <param name="IsCertain">True when the member held it whatever the exact dates were.</param>
/// <param name="Since">The first day on which it can have started.</param>
public sealed record HeldChair(bool IsOfBody, bool IsCertain, DateOnly Since);

/// <summary>Decides who speaks for a member at a meeting.</summary>
/// <param name="level">
/// The kinds of post whose holders represent states at the meeting, the first one first (<see cref="MeetingFacts.LevelOf"/>).
/// </param>
public sealed class Representation(IReadOnlyList<PostKind> level)
{
    /// <summary>
    /// Finds the speakers of a member: everyone whom the record of the meeting names for it, otherwise the person in the chair
    /// for it, otherwise, of a state, the holder of the office that represents states.
    /// </summary>
    /// <param name="isState">True when the member is a state.</param>
    /// <param name="named">The participants on record for the member.</param>
    /// <param name="inChair">The person on record in the chair for the member; null where there is none.</param>
    /// <param name="holder">Finds the holder of the office; null where there is none.</param>
    /// <returns>The speakers; none where neither the record nor the offices tell.</returns>
    public static IReadOnlyList<T> SpeakersOf<T>(bool isState, IReadOnlyList<T> named, T? inChair, Func<T?> holder)
        where T : class
    {
        if (named.Count > 0)
        {
            return named;
        }

        return (inChair ?? (isState ? holder() : null)) is { } speaker ? [speaker] : [];
    }

    /// <summary>
    /// Finds the office whose holder represents a state: of the first kind of post that anybody held, a full one before an
    /// acting one, one that was certainly held before one that may have been, and then the later one.
    /// </summary>
    /// <param name="offices">The offices of the state that were held at the meeting.</param>
    public HeldOffice? RepresentativeOf(IReadOnlyCollection<HeldOffice> offices) =>
        level
            .Select(kind =>
                offices
                    .Where(office => office.Kind == kind)
                    .OrderBy(office => office.IsActing)
                    .ThenByDescending(office => office.IsCertain)
                    .ThenByDescending(office => office.Since)
                    .ThenBy(office => office.Minister, StringComparer.Ordinal)
                    .FirstOrDefault()
            )
            .FirstOrDefault(office => office is not null);

    /// <summary>
    /// Finds the office in which somebody spoke whom the record names: one of the member itself, when that is a state, before others, one of the level
    /// of the meeting before others, a full one before an acting one, one that was certainly held before one that may have
    /// been, and then the later one.
    /// </summary>
    /// <param name="member">The code of the member.</param>
    /// <param name="offices">The offices that the person held at the meeting.</param>
    public HeldOffice? OfficeOf(string member, IEnumerable<HeldOffice> offices) =>
        offices
            .OrderByDescending(office => office.State == member)
            .ThenByDescending(office => level.Contains(office.Kind))
            .ThenBy(office => office.IsActing)
            .ThenByDescending(office => office.IsCertain)
            .ThenByDescending(office => office.Since)
            .FirstOrDefault();

    /// <summary>
    /// Finds the chair that leads a meeting of which the record names none: that of the body before that of the forum, one that
    /// was certainly held before one that may have been, and then the later one.
    /// </summary>
    public static HeldChair? ChairOf(IEnumerable<HeldChair> chairs) =>
        chairs
            .OrderByDescending(chair => chair.IsOfBody)
            .ThenByDescending(chair => chair.IsCertain)
            .ThenByDescending(chair => chair.Since)
            .FirstOrDefault();
}
