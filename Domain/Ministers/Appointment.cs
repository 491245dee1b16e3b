using Registry.Domain.Provenance;

namespace Registry.Domain.Ministers;

/// <summary>The kind of ending of an appointment.</summary>
public enum AppointmentEnding
{
    Resigned,
    Dismissed,

    /// <summary>The term or the mandate expired.</summary>
    TermExpired,

    /// <summary>The minister moved to another post.</summary>
    Reassigned,

    /// <summary>A successor took the post, for whatever reason.</summary>
    Replaced,
    Died,

    /// <summary>The post was abolished.</summary>
    PostAbolished,
}

/// <summary>The lives of the post and of the minister; no appointment lies outside either.</summary>
public sealed record AppointmentLives(Period Post, Period Minister);

/// <summary>The facts of an appointment, apart from its id.</summary>
public sealed record AppointmentFacts
{
    /// <summary>The maximum length of a basis.</summary>
    public const int MaxBasisLength = 500;

    public required Slug Post { get; init; }

    public required Slug Minister { get; init; }

    /// <summary>The period from the first to the last day in the post; it has a start, at least a year.</summary>
    public required Period Held { get; init; }

    /// <summary>True for an acting holder.</summary>
    public bool Acting { get; init; }

    /// <summary>The titles as styled, when they differ from those of the post.</summary>
    public Titles Titles { get; init; } = new([]);

    /// <summary>The decree, vote or note that the appointment rests on.</summary>
    public string? Basis { get; init; }

    public AppointmentEnding? Ending { get; init; }

    /// <summary>The basis of the end.</summary>
    public string? EndingBasis { get; init; }

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An appointment with the life of the minister, which ends it at the latest.</summary>
/// <remarks>
/// No separate end has to be recorded when the death is on record. The post is free from the day of death: the next
/// holder may begin on that day.
/// </remarks>
/// <param name="Appointment">What is known of the appointment.</param>
/// <param name="Life">The period from the birth to the death of the minister.</param>
public sealed record Tenure(AppointmentFacts Appointment, Period Life)
{
    /// <summary>The last day on which the post was certainly held, if it was held at all.</summary>
    private DateOnly LastCertainDay =>
        Life.Until is { } death && death.FirstDay > DateOnly.MinValue && death.FirstDay <= Appointment.Held.EarliestEnd
            ? death.FirstDay.AddDays(-1)
            : Appointment.Held.EarliestEnd;

    /// <summary>True when the two share a day, whatever their exact ends were.</summary>
    public bool CertainlyOverlaps(Tenure other) =>
        Appointment.Held.LatestStart <= other.LastCertainDay && other.Appointment.Held.LatestStart <= LastCertainDay;
}

/// <summary>An appointment: a minister holds a post in a period.</summary>
public sealed class Appointment
{
    private readonly AppointmentLives _lives;

    /// <exception cref="IllegalValueException">
    /// It has no start, or an ending without an end, or a text is too long.
    /// </exception>
    /// <exception cref="RuleBrokenException">
    /// It lies outside the life of the post or of the minister, or a title lies outside the appointment.
    /// </exception>
    public Appointment(Slug id, AppointmentFacts facts, AppointmentLives lives)
    {
        Id = id;
        _lives = lives;
        Facts = Checked(facts);
    }

    public Slug Id { get; }

    public AppointmentFacts Facts { get; private set; }

    private Tenure Tenure => new(Facts, _lives.Minister);

    /// <summary>Ends the appointment.</summary>
    /// <exception cref="RuleBrokenException">It has ended already, or would end before it starts.</exception>
    public void End(PartialDate? until, AppointmentEnding? ending, string? basis, IReadOnlyList<Citation> sources)
    {
        if (Facts.Held.Ended)
        {
            throw new RuleBrokenException("already-ended", $"The appointment {Id} has ended: {Facts.Held}.");
        }

        if (until is not null && until.LastDay < Facts.Held.EarliestStart)
        {
            throw new RuleBrokenException(
                "ends-before-start",
                $"The appointment {Id} began only on {Facts.Held.From}."
            );
        }

        Facts = Checked(
            Facts with
            {
                Held = new Period(Facts.Held.From, until, ended: true),
                Ending = ending,
                EndingBasis = basis,
                Sources = [.. Facts.Sources, .. sources.Except(Facts.Sources)],
            }
        );
    }

    /// <summary>
    /// Refuses a second full holder of a post with a single holder, and a second appointment of the same holder at
    /// once. An acting minister can be in the post beside the holder; dates that may only touch are no contradiction.
    /// An appointment ends with the life of the minister at the latest.
    /// </summary>
    /// <param name="others">The other appointments to the post.</param>
    /// <param name="singleHolder">True when the post has a single holder.</param>
    /// <exception cref="RuleBrokenException">Two full holders, or the same one twice, on a certain date.</exception>
    public void RefuseRivals(IEnumerable<Tenure> others, bool singleHolder)
    {
        foreach (var other in others.Where(other => other.CertainlyOverlaps(Tenure)).Select(other => other.Appointment))
        {
            if (singleHolder && !other.Acting && !Facts.Acting)
            {
                throw new RuleBrokenException(
                    "post-held",
                    $"{other.Minister} holds the post {Facts.Post} {other.Held}; there can be no second full holder {Facts.Held}."
                );
            }

            if (other.Minister == Facts.Minister && other.Acting == Facts.Acting)
            {
                throw new RuleBrokenException(
                    "already-appointed",
                    $"{other.Minister} is in the post {Facts.Post} already, {other.Held}."
                );
            }
        }
    }

    private AppointmentFacts Checked(AppointmentFacts facts)
    {
        if (facts.Held.From is null)
        {
            throw new IllegalValueException("from", "An appointment needs a start, which can be a year.");
        }

        if (facts.Ending is not null && !facts.Held.Ended)
        {
            throw new IllegalValueException("ending", "An appointment that lasts has no ending yet.");
        }

        Check.OptionalText("basis", facts.Basis, AppointmentFacts.MaxBasisLength);
        Check.OptionalText("endingBasis", facts.EndingBasis, AppointmentFacts.MaxBasisLength);
        RefuseOutside(facts.Held, _lives.Post, $"The appointment {Id}", $"the post {facts.Post}");
        RefuseOutside(facts.Held, _lives.Minister, $"The appointment {Id}", facts.Minister.Value);
        foreach (var title in facts.Titles.All)
        {
            RefuseOutside(title.Valid, facts.Held, $"The title '{title.Text}'", $"the appointment {Id}");
        }

        return facts;
    }

    private static void RefuseOutside(Period period, Period life, string what, string whose)
    {
        if (!period.CanLieWithin(life))
        {
            throw new RuleBrokenException("outside-life", $"{what} {period} lies outside the life of {whose}, {life}.");
        }
    }
}
