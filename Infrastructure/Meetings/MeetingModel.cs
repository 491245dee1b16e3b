using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.Ministers;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Meetings;

/// <summary>A meeting of a forum or of one of its bodies, planned or held.</summary>
public sealed record MeetingModel : SlugModel, IValidatableObject
{
    private const string ClockPattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>The title that lists show, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The titles, by language.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public IReadOnlyList<TextModel>? Titles { get; init; }

    /// <summary>The code of the forum.</summary>
    [Required, RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>
    /// The code of the body of that forum, such as <c>summit</c>; absent when the forum itself meets.
    /// </summary>
    [RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    [RefersTo("bodies")]
    public string? Body { get; init; }

    /// <summary>The level of the meeting.</summary>
    [Required]
    public MeetingKind? Kind { get; init; }

    /// <summary>The format: one of a series, or not; regular when absent.</summary>
    [Always]
    public MeetingFormat? Format { get; init; }

    /// <summary>The mode: in person, by video or both.</summary>
    public MeetingMode? Mode { get; init; }

    /// <summary>The number in its series, such as 6 for the sixth meeting.</summary>
    [Range(1, MeetingFacts.MaxOrdinal)]
    public int? Ordinal { get; init; }

    /// <summary>The status of the last step. It changes by taking a step.</summary>
    [Always]
    [DerivedFrom("steps")]
    public MeetingStatus? Status { get; init; }

    /// <summary>
    /// The steps from the plan on, in order. When absent from a new record, there is one step with its status, or else
    /// planned.
    /// </summary>
    [MaxLength(50)]
    [Always]
    public IReadOnlyList<MeetingStepModel>? Steps { get; init; }

    /// <summary>The first day, as precise as known.</summary>
    [Required]
    public PartialDate? Starts { get; init; }

    /// <summary>The last day; absent when it is the first day.</summary>
    public PartialDate? Ends { get; init; }

    /// <summary>
    /// The time of the opening on an exact first day: hours and minutes in the local time of the place.
    /// </summary>
    [RegularExpression(ClockPattern, ErrorMessage = "It is a time in hours and minutes, 00:00 to 23:59.")]
    public string? StartTime { get; init; }

    /// <summary>
    /// The time of the closing on an exact last day: hours and minutes in the local time of the place.
    /// </summary>
    [RegularExpression(ClockPattern, ErrorMessage = "It is a time in hours and minutes, 00:00 to 23:59.")]
    public string? EndTime { get; init; }

    /// <summary>The time zone of the place, by its name in the IANA time zone database: <c>Asia/Almaty</c>.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? TimeZone { get; init; }

    /// <summary>The city, in English.</summary>
    [StringLength(Seat.MaxCityLength, MinimumLength = 1)]
    public string? City { get; init; }

    /// <summary>The code of the state in which the meeting takes place.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    [RefersTo("states")]
    [Expandable]
    public string? Country { get; init; }

    /// <summary>The venue: a building or hotel.</summary>
    [StringLength(MeetingFacts.MaxVenueLength, MinimumLength = 1)]
    public string? Venue { get; init; }

    /// <summary>The code of the host state, which invites.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    [RefersTo("states")]
    [Expandable]
    public string? Host { get; init; }

    /// <summary>The id of the meeting on whose margins it is held.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("meetings")]
    [Expandable]
    public string? OnMarginsOf { get; init; }

    /// <summary>The chair; absent when none is on record.</summary>
    public MeetingChairModel? Chair { get; init; }

    /// <summary>
    /// The kind of post whose holders represent the members. When absent, it is the foreign minister at a ministerial
    /// meeting, the head of state or else of government at a summit, and the permanent representative at a session.
    /// </summary>
    public PostKind? Level { get; init; }

    /// <summary>The agenda.</summary>
    [MaxLength(Domain.Meetings.Agenda.MaxItems)]
    public IReadOnlyList<AgendaItemModel>? Agenda { get; init; }

    /// <summary>The participants on record.</summary>
    [MaxLength(MeetingFacts.MaxParticipants)]
    public IReadOnlyList<ParticipantModel>? Participants { get; init; }

    /// <summary>Links to further information about the meeting.</summary>
    [MaxLength(50)]
    public IReadOnlyList<LinkModel>? Links { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period from the first to the last day.</summary>
    internal Period Held => new(Starts, Ends ?? Starts);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var broken in PeriodRules.Broken(Starts, Ends, null, "starts", "ends"))
        {
            yield return broken;
        }

        if (Status is { } status && Steps is [.., { Status: { } last }] && status != last)
        {
            yield return new ValidationResult(
                $"It is the status of the last step, {Words.Of(last)}. To change it, take a step: POST to /steps.",
                ["status"]
            );
        }

        if (StartTime is not null && Starts is { IsExact: false })
        {
            yield return new ValidationResult("It is available only when starts is an exact day.", ["startTime"]);
        }

        if (EndTime is not null && (Ends ?? Starts) is { IsExact: false })
        {
            yield return new ValidationResult(
                "It is available only when the meeting ends on an exact day.",
                ["endTime"]
            );
        }

        if (TimeZone is not null && !Meeting.IsTimeZone(TimeZone))
        {
            yield return new ValidationResult("It is a name from the IANA time zone database.", ["timeZone"]);
        }
    }

    /// <summary>Converts the model to a meeting.</summary>
    /// <exception cref="RegistryException">A value is out of bounds, or a rule is broken.</exception>
    internal Meeting ToMeeting(Slug id, MeetingLives lives) =>
        new(
            id,
            new MeetingFacts
            {
                Titles = Titles!.ToTexts("titles"),
                Forum = new ForumCode(Forum!),
                Body = Body is null ? null : new BodyCode(Body),
                Kind = Kind!.Value,
                Format = Format ?? MeetingFormat.Regular,
                Mode = Mode,
                Ordinal = Ordinal,
                Starts = Starts!,
                Ends = Ends,
                StartTime = ReadTime(StartTime),
                EndTime = ReadTime(EndTime),
                TimeZone = TimeZone,
                City = City,
                Country = Country is null ? null : new StateCode(Country),
                Venue = Venue,
                Host = Host is null ? null : new StateCode(Host),
                OnMarginsOf = OnMarginsOf is null ? null : new Slug(OnMarginsOf),
                Chair = Chair?.ToChair(),
                Level = Level,
                Agenda = ToAgenda(),
                Participants = [.. (Participants ?? []).Select(participant => participant.ToParticipant())],
                Links = [.. (Links ?? []).Select(link => link.ToLink())],
                Sources = Sources.ToCitations(),
            },
            Steps is null or []
                ? [new MeetingStep(Status ?? MeetingStatus.Planned)]
                : [.. Steps.Select(step => step.ToStep())],
            lives
        );

    internal Agenda ToAgenda() => new([.. (Agenda ?? []).Select(item => item.ToItem())]);

    internal static MeetingModel Of(Meeting meeting, int version, DateTimeOffset recordedAt)
    {
        var facts = meeting.Facts;
        return new()
        {
            Id = meeting.Id.Value,
            Name = meeting.Name,
            Titles = ModelParts.Of(facts.Titles),
            Forum = facts.Forum.Value,
            Body = facts.Body?.Value,
            Kind = facts.Kind,
            Format = facts.Format,
            Mode = facts.Mode,
            Ordinal = facts.Ordinal,
            Status = meeting.Status,
            Steps = [.. meeting.Steps.Select(MeetingStepModel.Of)],
            Starts = facts.Starts,
            Ends = facts.Ends,
            StartTime = WriteTime(facts.StartTime),
            EndTime = WriteTime(facts.EndTime),
            TimeZone = facts.TimeZone,
            City = facts.City,
            Country = facts.Country?.Value,
            Venue = facts.Venue,
            Host = facts.Host?.Value,
            OnMarginsOf = facts.OnMarginsOf?.Value,
            Chair = MeetingChairModel.Of(facts.Chair),
            Level = facts.Level,
            Agenda = ModelParts.Listed(facts.Agenda.Items, AgendaItemModel.Of),
            Participants = ModelParts.Listed(facts.Participants, ParticipantModel.FromParticipant),
            Links = ModelParts.Listed(facts.Links, LinkModel.Of),
            Sources = ModelParts.Of(facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
    }

    private static TimeOnly? ReadTime(string? time) =>
        time is null ? null : TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private static string? WriteTime(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A step in the life of a meeting.</summary>
public sealed record MeetingStepModel
{
    /// <summary>The status of the meeting from this step on.</summary>
    [Required]
    public MeetingStatus? Status { get; init; }

    /// <summary>The day of the step, as precise as known.</summary>
    public PartialDate? On { get; init; }

    /// <summary>The note or decision that the step rests on.</summary>
    [StringLength(MeetingStep.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    internal static MeetingStepModel Of(MeetingStep step) =>
        new()
        {
            Status = step.Status,
            On = step.On,
            Basis = step.Basis,
            Sources = ModelParts.Of(step.Sources),
        };

    internal MeetingStep ToStep() => new(Status!.Value, On, Basis, Sources.ToCitations());
}

/// <summary>The kind of step in the life of a meeting.</summary>
public enum MeetingMove
{
    /// <summary>The meeting is planned again after a postponement.</summary>
    Plan,

    /// <summary>The host and the dates are agreed.</summary>
    Confirm,

    /// <summary>The meeting is postponed.</summary>
    Postpone,

    /// <summary>The meeting will not be held.</summary>
    Cancel,

    /// <summary>The meeting took place.</summary>
    Hold,
}

/// <summary>A step in the world that changes the status of a meeting.</summary>
public sealed record MeetingMoveModel : IValidatableObject
{
    /// <summary>The kind of step.</summary>
    [Required]
    public MeetingMove? Step { get; init; }

    /// <summary>The day of the step, as precise as known.</summary>
    public PartialDate? On { get; init; }

    /// <summary>To plan or confirm: the new first day.</summary>
    public PartialDate? Starts { get; init; }

    /// <summary>To plan or confirm: the new last day. When only starts is given, the meeting has none.</summary>
    public PartialDate? Ends { get; init; }

    /// <summary>The note or decision that the step rests on.</summary>
    [StringLength(MeetingStep.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Step is { } step and not (MeetingMove.Plan or MeetingMove.Confirm))
        {
            foreach (var (field, given) in new[] { ("starts", Starts), ("ends", Ends) })
            {
                if (given is not null)
                {
                    yield return new ValidationResult($"It is not available with the step {Words.Of(step)}.", [field]);
                }
            }
        }

        foreach (var broken in PeriodRules.Broken(Starts, Ends, null, "starts", "ends"))
        {
            yield return broken;
        }
    }

    /// <summary>Takes the step.</summary>
    /// <exception cref="RegistryException">The meeting does not allow it.</exception>
    internal void ApplyTo(Meeting meeting)
    {
        var status = Step!.Value switch
        {
            MeetingMove.Plan => MeetingStatus.Planned,
            MeetingMove.Confirm => MeetingStatus.Confirmed,
            MeetingMove.Postpone => MeetingStatus.Postponed,
            MeetingMove.Cancel => MeetingStatus.Cancelled,
            _ => MeetingStatus.Held,
        };
        meeting.Take(new MeetingStep(status, On, Basis, Sources.ToCitations()), Starts, Ends);
    }
}

/// <summary>The chair of a meeting.</summary>
public sealed record MeetingChairModel : IValidatableObject
{
    /// <summary>The state or forum that chairs.</summary>
    [Required]
    public SubjectModel? Member { get; init; }

    /// <summary>The id of the minister who chairs.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("ministers")]
    public string? Minister { get; init; }

    /// <summary>The name of the person who chairs, as recorded at the meeting.</summary>
    [StringLength(Participant.MaxNameLength, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        SubjectModel.Other(Member, "member", SubjectKind.State, SubjectKind.Forum);

    internal static MeetingChairModel? Of(MeetingChair? chair) =>
        chair is null
            ? null
            : new()
            {
                Member = SubjectModel.Of(chair.Member.SubjectOf()),
                Minister = chair.Minister?.Value,
                Name = chair.Name,
            };

    internal MeetingChair ToChair() =>
        new(
            Party.Of(Member!.Kind == SubjectKind.State ? PartyKind.State : PartyKind.Forum, Member.Code!),
            Minister is null ? null : new Slug(Minister),
            Name
        );
}

/// <summary>An item of an agenda, with its nested items; at most four levels deep.</summary>
public record AgendaItemModel
{
    /// <summary>
    /// The number, which never changes. It begins with the number of the parent item: <c>3</c>, <c>3.1</c>. When
    /// absent, it is the next one after the highest number on its level.
    /// </summary>
    [RegularExpression(Agenda.NumberPattern, ErrorMessage = "It is the number of an agenda item, such as 3 or 3.1.")]
    public string? Number { get; init; }

    /// <summary>The titles, by language.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public IReadOnlyList<TextModel>? Titles { get; init; }

    /// <summary>The nested items, in order.</summary>
    [MaxLength(Agenda.MaxItems)]
    public IReadOnlyList<AgendaItemModel>? Items { get; init; }

    internal static AgendaItemModel Of(AgendaItem item) =>
        new()
        {
            Number = item.Number,
            Titles = ModelParts.Of(item.Titles),
            Items = ModelParts.Listed(item.Items, Of),
        };

    internal AgendaItem ToItem() =>
        new(Number, Titles!.ToTexts("titles"), [.. (Items ?? []).Select(item => item.ToItem())]);
}

/// <summary>An item to add to an agenda.</summary>
public sealed record AgendaAdditionModel : AgendaItemModel
{
    /// <summary>The number of the parent item; absent for an item at the top level.</summary>
    [
        RegularExpression(Agenda.NumberPattern, ErrorMessage = "It is the number of an agenda item, such as 3 or 3.1."),
        JsonPropertyOrder(-1)
    ]
    public string? Under { get; init; }
}

/// <summary>A participant in a meeting; without name and minister when only the delegation is known.</summary>
public sealed record ParticipantModel : IValidatableObject
{
    /// <summary>The state, forum or body that the participant speaks for.</summary>
    [Required]
    public SubjectModel? Of { get; init; }

    /// <summary>The name as recorded at the meeting.</summary>
    [StringLength(Participant.MaxNameLength, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>The title as recorded at the meeting.</summary>
    [StringLength(Participant.MaxNameLength, MinimumLength = 1)]
    public string? Title { get; init; }

    /// <summary>The id of the minister; absent until the person is identified.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("ministers")]
    public string? Minister { get; init; }

    /// <summary>The capacity of the participant.</summary>
    [Required]
    public Capacity? Capacity { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        SubjectModel.Other(Of, "of", SubjectKind.State, SubjectKind.Forum, SubjectKind.Body);

    internal static ParticipantModel FromParticipant(Participant participant) =>
        new()
        {
            Of = SubjectModel.Of(participant.Of),
            Name = participant.Name,
            Title = participant.Title,
            Minister = participant.Minister?.Value,
            Capacity = participant.Capacity,
            Sources = ModelParts.Of(participant.Sources),
        };

    internal Participant ToParticipant() =>
        new(
            Of!.ToSubject(),
            Capacity!.Value,
            Name,
            Title,
            Minister is null ? null : new Slug(Minister),
            Sources.ToCitations()
        );
}
