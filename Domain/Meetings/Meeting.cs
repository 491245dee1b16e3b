using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Domain.Provenance;
using Registry.Domain.States;

namespace Registry.Domain.Meetings;

/// <summary>The level of a meeting.</summary>
public enum MeetingKind
{
    /// <summary>A meeting of heads of state or government.</summary>
    Summit,

    /// <summary>A meeting of ministers.</summary>
    Ministerial,

    /// <summary>A meeting of senior officials.</summary>
    SeniorOfficials,

    /// <summary>A meeting of a council that is not one of ministers.</summary>
    Council,

    /// <summary>A session of an assembly, over several days or weeks.</summary>
    Session,
    Committee,
    WorkingGroup,
}

/// <summary>The format of a meeting: one of a series, or not.</summary>
public enum MeetingFormat
{
    Regular,

    /// <summary>A meeting convened outside the series, for one matter.</summary>
    Special,

    /// <summary>A meeting without formal decisions, often on the margins of another one.</summary>
    Informal,
}

/// <summary>The mode of a meeting: how participants meet.</summary>
public enum MeetingMode
{
    InPerson,
    Virtual,

    /// <summary>Some participants meet in one place, some by video.</summary>
    Hybrid,
}

/// <summary>The capacity in which somebody takes part in a meeting.</summary>
public enum Capacity
{
    Chair,
    HeadOfDelegation,
    Delegate,
    Secretariat,
    Host,
    Guest,
    Observer,
    Speaker,
}

/// <summary>A participant in a meeting; without a name when only the delegation is known.</summary>
public sealed record Participant
{
    /// <summary>The maximum length of a name or title as recorded.</summary>
    public const int MaxNameLength = 300;

    /// <exception cref="IllegalValueException">
    /// A text is blank or too long, or the delegation is that of a minister.
    /// </exception>
    public Participant(
        Subject of,
        Capacity capacity,
        string? name = null,
        string? title = null,
        Slug? minister = null,
        IReadOnlyList<Citation>? sources = null
    )
    {
        Of =
            of.Kind != SubjectKind.Minister
                ? of
                : throw new IllegalValueException("of.kind", "A delegation represents a state, a forum or a body.");
        Capacity = capacity;
        Name = Check.OptionalText("name", name, MaxNameLength);
        Title = Check.OptionalText("title", title, MaxNameLength);
        Minister = minister;
        Sources = sources ?? [];
    }

    /// <summary>The state, forum or body that the participant speaks for.</summary>
    public Subject Of { get; }

    public Capacity Capacity { get; }

    /// <summary>The name as recorded at the meeting.</summary>
    public string? Name { get; }

    /// <summary>The title as recorded at the meeting.</summary>
    public string? Title { get; }

    /// <summary>The minister, once identified.</summary>
    public Slug? Minister { get; }

    public IReadOnlyList<Citation> Sources { get; }
}

/// <summary>The chair of a meeting.</summary>
/// <param name="Member">The state or forum that chairs.</param>
/// <param name="Minister">The minister who chairs for it.</param>
/// <param name="Name">The name as recorded at the meeting.</param>
public sealed record MeetingChair(Party Member, Slug? Minister, string? Name);

/// <summary>The lives of the forum and of its body; no meeting lies outside either.</summary>
public sealed record MeetingLives(Period Forum, Period? Body);

/// <summary>The facts of a meeting, apart from its id and its steps.</summary>
public sealed record MeetingFacts
{
    /// <summary>The maximum ordinal.</summary>
    public const int MaxOrdinal = 9999;

    /// <summary>The maximum length of a venue.</summary>
    public const int MaxVenueLength = 200;

    /// <summary>The maximum number of participants.</summary>
    public const int MaxParticipants = 500;

    public required Texts Titles { get; init; }

    public required ForumCode Forum { get; init; }

    /// <summary>The body of the forum; null when the forum itself meets.</summary>
    public BodyCode? Body { get; init; }

    public required MeetingKind Kind { get; init; }

    public MeetingFormat Format { get; init; }

    public MeetingMode? Mode { get; init; }

    /// <summary>The number in its series, such as 6 for the sixth meeting.</summary>
    public int? Ordinal { get; init; }

    public required PartialDate Starts { get; init; }

    /// <summary>The last day, or null when it is the first day.</summary>
    public PartialDate? Ends { get; init; }

    /// <summary>The time of the opening on the first day, in the local time of the place.</summary>
    public TimeOnly? StartTime { get; init; }

    /// <summary>The time of the closing on the last day, in the local time of the place.</summary>
    public TimeOnly? EndTime { get; init; }

    /// <summary>The time zone of the place, by its name in the IANA time zone database.</summary>
    public string? TimeZone { get; init; }

    public string? City { get; init; }

    public StateCode? Country { get; init; }

    public string? Venue { get; init; }

    /// <summary>The host state.</summary>
    public StateCode? Host { get; init; }

    /// <summary>The meeting on whose margins this one is held.</summary>
    public Slug? OnMarginsOf { get; init; }

    public MeetingChair? Chair { get; init; }

    /// <summary>
    /// The kind of post whose holders represent the members, or null for the default of the kind of meeting.
    /// </summary>
    public PostKind? Level { get; init; }

    public Agenda Agenda { get; init; } = new([]);

    public IReadOnlyList<Participant> Participants { get; init; } = [];

    public IReadOnlyList<WebLink> Links { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];

    /// <summary>The period from the first to the last day.</summary>
    public Period Held => new(Starts, Ends ?? Starts);

    /// <summary>
    /// Gets the kinds of post whose holders represent the members, in order of preference; empty when they are unknown.
    /// </summary>
    /// <param name="kind">The kind of meeting.</param>
    /// <param name="level">The kind of post that this meeting has, if any.</param>
    public static IReadOnlyList<PostKind> LevelOf(MeetingKind kind, PostKind? level) =>
        (kind, level) switch
        {
            (_, { } said) => [said],
            (MeetingKind.Summit, _) => [PostKind.HeadOfState, PostKind.HeadOfGovernment],
            (MeetingKind.Ministerial, _) => [PostKind.ForeignMinister],
            (MeetingKind.Session, _) => [PostKind.PermanentRepresentative],
            _ => [],
        };
}

/// <summary>A meeting of a forum or of one of its bodies.</summary>
public sealed class Meeting
{
    private readonly MeetingLives _lives;
    private readonly List<MeetingStep> _steps;

    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">
    /// The steps are out of order, the meeting lies outside the life of its forum or body, or on its own margins.
    /// </exception>
    public Meeting(Slug id, MeetingFacts facts, IReadOnlyList<MeetingStep> steps, MeetingLives lives)
    {
        if (steps.Count == 0)
        {
            throw new IllegalValueException("steps", "At least one step is needed.");
        }

        MeetingStep.RefuseDisorder(steps);
        Id = id;
        _lives = lives;
        _steps = [.. steps];
        Facts = Checked(facts);
    }

    public Slug Id { get; }

    public MeetingFacts Facts { get; private set; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<MeetingStep> Steps => _steps;

    /// <summary>The status after the last step.</summary>
    public MeetingStatus Status => _steps[^1].Status;

    /// <summary>The title shown in lists, in English when there is one.</summary>
    public string Name => Facts.Titles.Display;

    /// <summary>Takes a step, optionally with new dates.</summary>
    /// <param name="step">The step.</param>
    /// <param name="starts">The new first day, or null to keep the dates.</param>
    /// <param name="ends">The new last day.</param>
    /// <exception cref="IllegalValueException">The new dates break a rule.</exception>
    /// <exception cref="RuleBrokenException">The step cannot follow, or the new dates lie outside a life.</exception>
    public void Take(MeetingStep step, PartialDate? starts = null, PartialDate? ends = null)
    {
        MeetingStep.RefuseDisorder([.. _steps, step]);
        if (starts is not null || ends is not null)
        {
            Facts = Checked(Facts with { Starts = starts ?? Facts.Starts, Ends = ends });
        }

        _steps.Add(step);
    }

    /// <summary>Adds an item to the agenda.</summary>
    /// <exception cref="IllegalValueException">The item breaks a rule.</exception>
    /// <exception cref="RuleBrokenException">The parent item does not exist.</exception>
    public void Add(AgendaItem item, string? under) => Facts = Facts with { Agenda = Facts.Agenda.With(item, under) };

    /// <summary>Adds a participant.</summary>
    /// <exception cref="IllegalValueException">There are too many participants.</exception>
    public void Add(Participant participant) =>
        Facts = Checked(Facts with { Participants = [.. Facts.Participants, participant] });

    /// <summary>True for the name of a zone in the IANA time zone database.</summary>
    public static bool IsTimeZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name;

    private MeetingFacts Checked(MeetingFacts facts)
    {
        if (facts.Ends is { } ends && ends.LastDay < facts.Starts.FirstDay)
        {
            throw new IllegalValueException("ends", $"It cannot be before starts, {facts.Starts}.");
        }

        if (facts.Ordinal is < 1 or > MeetingFacts.MaxOrdinal)
        {
            throw new IllegalValueException("ordinal", $"It is between 1 and {MeetingFacts.MaxOrdinal}.");
        }

        RefuseVagueTimes(facts);
        Check.OptionalText("city", facts.City, Seat.MaxCityLength);
        Check.OptionalText("venue", facts.Venue, MeetingFacts.MaxVenueLength);
        Check.OptionalText("chair.name", facts.Chair?.Name, Participant.MaxNameLength);
        if (facts.TimeZone is { } zone && !IsTimeZone(zone))
        {
            throw new IllegalValueException("timeZone", $"'{zone}' is not in the IANA time zone database.");
        }

        if (facts.Participants.Count > MeetingFacts.MaxParticipants)
        {
            throw new IllegalValueException(
                "participants",
                $"A meeting has at most {MeetingFacts.MaxParticipants} participants."
            );
        }

        if (facts.OnMarginsOf == Id)
        {
            throw new RuleBrokenException("meeting-circle", $"{Id} cannot be held on its own margins.");
        }

        RefuseOutside(facts, _lives.Forum, facts.Forum.Value);
        if (_lives.Body is { } life)
        {
            RefuseOutside(facts, life, $"{facts.Forum}/{facts.Body}");
        }

        return facts;
    }

    private static void RefuseVagueTimes(MeetingFacts facts)
    {
        var last = facts.Ends ?? facts.Starts;
        if (facts.StartTime is not null && !facts.Starts.IsExact)
        {
            throw new IllegalValueException("startTime", "A time needs an exact day.");
        }

        if (facts.EndTime is not null && !last.IsExact)
        {
            throw new IllegalValueException("endTime", "A time needs an exact day.");
        }

        if (facts.Starts == last && facts.EndTime < facts.StartTime)
        {
            throw new IllegalValueException("endTime", "It cannot be before startTime on the same day.");
        }
    }

    private void RefuseOutside(MeetingFacts facts, Period life, string whose)
    {
        if (!facts.Held.CanLieWithin(life))
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The meeting {Id} {facts.Held} lies outside the life of {whose}, {life}."
            );
        }
    }
}
