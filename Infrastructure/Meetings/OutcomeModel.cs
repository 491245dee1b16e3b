using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Meetings;

/// <summary>The outcome of a meeting on an agenda item or a document.</summary>
public sealed record OutcomeModel : SlugModel
{
    /// <summary>The text that lists show, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The id of the meeting. When absent, it is the one in the URL.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [Always]
    [RefersTo("meetings")]
    [Expandable]
    public string? Meeting { get; init; }

    /// <summary>The number of the item on the agenda of the meeting.</summary>
    [RegularExpression(Agenda.NumberPattern, ErrorMessage = "It is the number of an agenda item, such as 3 or 3.1.")]
    public string? AgendaItem { get; init; }

    /// <summary>The verb: what the meeting did.</summary>
    [Required]
    public OutcomeVerb? Verb { get; init; }

    /// <summary>The id of the document that was adopted, discussed and so on.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("documents")]
    [Expandable]
    public string? Document { get; init; }

    /// <summary>The actors; absent when the meeting acted as a whole.</summary>
    [MaxLength(250)]
    public IReadOnlyList<SubjectModel>? Actors { get; init; }

    /// <summary>The states, forums, bodies and ministers that the outcome mentions.</summary>
    [MaxLength(250)]
    public IReadOnlyList<SubjectModel>? Mentions { get; init; }

    /// <summary>The text, by language.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public IReadOnlyList<TextModel>? Texts { get; init; }

    /// <summary>The follow-up: the task that the outcome sets.</summary>
    public FollowUpModel? FollowUp { get; init; }

    /// <summary>The ids of the earlier outcomes whose follow-up this one fulfils.</summary>
    [MaxLength(50), StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("outcomes")]
    public IReadOnlyList<string>? Fulfils { get; init; }

    /// <summary>The later outcomes and the documents that fulfilled the follow-up.</summary>
    [ReadOnly(true)]
    public IReadOnlyList<FulfilmentModel>? FulfilledBy { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule, or the meeting is missing.</exception>
    internal OutcomeFacts ToFacts() =>
        new()
        {
            Meeting = new Slug(Meeting ?? throw new IllegalValueException("meeting", "It is required.")),
            AgendaItem = AgendaItem,
            Verb = Verb!.Value,
            Document = Document is null ? null : new Slug(Document),
            Actors = [.. (Actors ?? []).Select(actor => actor.ToSubject()).Distinct()],
            Mentions = [.. (Mentions ?? []).Select(mention => mention.ToSubject()).Distinct()],
            Texts = Texts!.ToTexts("texts"),
            FollowUp = FollowUp?.ToFollowUp(),
            Fulfils = [.. (Fulfils ?? []).Select(outcome => new Slug(outcome)).Distinct()],
            Sources = Sources.ToCitations(),
        };

    /// <summary>Converts the model to the outcome on record, with the members that the registry maintains.</summary>
    internal Outcome ToOutcome() =>
        new(new Slug(Id!), ToFacts(), (FulfilledBy ?? []).Select(fulfilment => fulfilment.ToFulfilment()));

    internal static OutcomeModel Of(Outcome outcome, int version, DateTimeOffset recordedAt)
    {
        var facts = outcome.Facts;
        return new()
        {
            Id = outcome.Id.Value,
            Name = outcome.Name,
            Meeting = facts.Meeting.Value,
            AgendaItem = facts.AgendaItem,
            Verb = facts.Verb,
            Document = facts.Document?.Value,
            Actors = ModelParts.Listed(facts.Actors, SubjectModel.Of),
            Mentions = ModelParts.Listed(facts.Mentions, SubjectModel.Of),
            Texts = ModelParts.Of(facts.Texts),
            FollowUp = FollowUpModel.Of(facts.FollowUp),
            Fulfils = ModelParts.Listed(facts.Fulfils, fulfilled => fulfilled.Value),
            FulfilledBy = ModelParts.Listed(outcome.FulfilledBy, FulfilmentModel.Of),
            Sources = ModelParts.Of(facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
    }
}

/// <summary>The follow-up of an outcome: the task that it sets.</summary>
public sealed record FollowUpModel
{
    /// <summary>The task, by language.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public IReadOnlyList<TextModel>? What { get; init; }

    /// <summary>The states, forums, bodies and ministers that are to do it.</summary>
    [MaxLength(250)]
    public IReadOnlyList<SubjectModel>? Who { get; init; }

    /// <summary>The due date, as precise as stated.</summary>
    public PartialDate? Due { get; init; }

    /// <summary>The progress; open when absent, and done as soon as a later outcome or a document fulfils it.</summary>
    public FollowUpStatus? Status { get; init; }

    internal static FollowUpModel? Of(FollowUp? followUp) =>
        followUp is null
            ? null
            : new()
            {
                What = ModelParts.Of(followUp.What),
                Who = ModelParts.Listed(followUp.Who, SubjectModel.Of),
                Due = followUp.Due,
                Status = followUp.Status,
            };

    internal FollowUp ToFollowUp() =>
        new(
            What!.ToTexts("followUp.what"),
            [.. (Who ?? []).Select(subject => subject.ToSubject()).Distinct()],
            Due,
            Status ?? FollowUpStatus.Open
        );
}

/// <summary>A later outcome, or a document, that fulfilled the follow-up of an outcome.</summary>
public sealed record FulfilmentModel
{
    /// <summary>The kind: an outcome or a document.</summary>
    [Always]
    public FulfilmentKind? Kind { get; init; }

    /// <summary>The id.</summary>
    [Always]
    public string? Id { get; init; }

    internal static FulfilmentModel Of(Fulfilment fulfilment) => new() { Kind = fulfilment.Kind, Id = fulfilment.Id };

    internal Fulfilment ToFulfilment() => new(Kind!.Value, Id!);
}
