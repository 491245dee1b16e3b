using Registry.Domain.Ministers;

namespace Registry.Domain.Meetings;

/// <summary>A post that a minister held at a meeting, as far as its dates show.</summary>
/// <param name="Minister">The id of the minister.</param>
/// <param name="Kind">The kind of the post.</param>
/// <param name="State">The code of the state with the post, or null for a post of a body.</param>
public sealed record HeldOffice(string Minister, PostKind Kind, string? State)
{
    /// <summary>True for an acting holder.</summary>
    public bool IsActing { get; init; }

    /// <summary>True when the minister held it at the meeting, whatever the exact dates were.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The first day on which the appointment can have started, or null when it is unknown.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>The chairmanship of a forum or a body by a member at a meeting, as far as its dates show.</summary>
/// <param name="IsOfBody">True for the chair of the body that met, false for that of its forum.</param>
/// <param name="IsCertain">True when the member held it whatever the exact dates were.</param>
/// <param name="Since">The first day on which it can have started.</param>
public sealed record HeldChair(bool IsOfBody, bool IsCertain, DateOnly Since);

/// <summary>Determines the speakers of a member at a meeting.</summary>
/// <param name="level">
/// The kinds of post whose holders represent states at the meeting, in order of preference (<see
/// cref="MeetingFacts.LevelOf"/>).
/// </param>
public sealed class Representation(IReadOnlyList<PostKind> level)
{
    /// <summary>
    /// Finds the speakers of a member: the participants on record; otherwise the person who chairs for it; otherwise,
    /// for a state, the holder of the post that represents states.
    /// </summary>
    /// <param name="isState">True when the member is a state.</param>
    /// <param name="named">The participants on record for the member.</param>
    /// <param name="inChair">The person on record who chairs for the member, or null.</param>
    /// <param name="holder">Finds the holder of the post, or null.</param>
    /// <returns>The speakers; empty when neither the record nor the posts show any.</returns>
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
    /// Finds the post whose holder represents a state: the first kind of post with a holder; then a full holder before
    /// an acting one, a certain one before an uncertain one, and the later one.
    /// </summary>
    /// <param name="offices">The posts of the state that were held at the meeting.</param>
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
    /// Finds the post in which a person on record spoke: one of the member itself, when it is a state, before others;
    /// one of the level of the meeting before others; then a full holder before an acting one, a certain one before an
    /// uncertain one, and the later one.
    /// </summary>
    /// <param name="member">The code of the member.</param>
    /// <param name="offices">The posts that the person held at the meeting.</param>
    public HeldOffice? OfficeOf(string member, IEnumerable<HeldOffice> offices) =>
        offices
            .OrderByDescending(office => office.State == member)
            .ThenByDescending(office => level.Contains(office.Kind))
            .ThenBy(office => office.IsActing)
            .ThenByDescending(office => office.IsCertain)
            .ThenByDescending(office => office.Since)
            .FirstOrDefault();

    /// <summary>
    /// Finds the chairmanship that applies when the record of the meeting names no chair: that of the body before that
    /// of the forum, a certain one before an uncertain one, and then the later one.
    /// </summary>
    public static HeldChair? ChairOf(IEnumerable<HeldChair> chairs) =>
        chairs
            .OrderByDescending(chair => chair.IsOfBody)
            .ThenByDescending(chair => chair.IsCertain)
            .ThenByDescending(chair => chair.Since)
            .FirstOrDefault();
}
