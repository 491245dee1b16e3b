using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Meetings;

/// <summary>A document of a forum, from the plan to the end of its legal force.</summary>
public sealed record DocumentModel : SlugModel, IValidatableObject
{
    /// <summary>The official symbol, such as <c>A/RES/46/182</c>.</summary>
    [StringLength(DocumentFacts.MaxSymbolLength, MinimumLength = 1)]
    public string? Symbol { get; init; }

    /// <summary>The title that lists show, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The titles, by language.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public IReadOnlyList<TextModel>? Titles { get; init; }

    /// <summary>The kind of document.</summary>
    [Required]
    public DocumentKind? Kind { get; init; }

    /// <summary>The code of the forum.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>The code of the body of that forum; absent when the document is one of the forum itself.</summary>
    [RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    [RefersTo("bodies")]
    public string? Body { get; init; }

    /// <summary>
    /// The date of adoption, signature or entry into force, whichever came first; otherwise of the first step.
    /// </summary>
    [ReadOnly(true)]
    public PartialDate? Date { get; init; }

    /// <summary>The status of the last step. It changes by taking a step.</summary>
    [Always]
    [DerivedFrom("steps")]
    public DocumentStatus? Status { get; init; }

    /// <summary>The steps, in chronological order.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<DocumentStepModel>? Steps { get; init; }

    /// <summary>The relations to other documents.</summary>
    [MaxLength(50)]
    public IReadOnlyList<DocumentRelationModel>? Relations { get; init; }

    /// <summary>Links to the text.</summary>
    [MaxLength(50)]
    public IReadOnlyList<LinkModel>? Links { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status is { } status && Steps is [.., { Status: { } last }] && status != last)
        {
            yield return new ValidationResult(
                $"It is the status of the last step, {Words.Of(last)}. To change it, take a step: POST to /steps.",
                ["status"]
            );
        }

        if (Body is not null && Forum is null)
        {
            yield return new ValidationResult("It is required when body is present.", ["forum"]);
        }
    }

    /// <summary>Converts the model to its aggregate.</summary>
    /// <exception cref="RegistryException">A value is out of bounds, or a rule is broken.</exception>
    internal Document ToModel(Slug id) =>
        new(
            id,
            new DocumentFacts
            {
                Titles = Titles!.ToTexts("titles"),
                Symbol = Symbol,
                Kind = Kind!.Value,
                Forum = Forum is null ? null : new ForumCode(Forum),
                Body = Body is null ? null : new BodyCode(Body),
                Relations = [.. (Relations ?? []).Select(relation => relation.ToRelation()).Distinct()],
                Links = [.. (Links ?? []).Select(link => link.ToLink())],
                Sources = Sources.ToCitations(),
            },
            [.. Steps!.Select(step => step.ToStep())]
        );

    internal static DocumentModel Of(Document document, int version, DateTimeOffset recordedAt)
    {
        var facts = document.Facts;
        return new()
        {
            Id = document.Id.Value,
            Symbol = facts.Symbol,
            Name = document.Name,
            Titles = ModelParts.Of(facts.Titles),
            Kind = facts.Kind,
            Forum = facts.Forum?.Value,
            Body = facts.Body?.Value,
            Date = document.Date,
            Status = document.Status,
            Steps = [.. document.Steps.Select(DocumentStepModel.Of)],
            Relations = ModelParts.Listed(facts.Relations, DocumentRelationModel.Of),
            Links = ModelParts.Listed(facts.Links, LinkModel.Of),
            Sources = ModelParts.Of(facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
    }
}

/// <summary>A step in the life of a document.</summary>
public sealed record DocumentStepModel
{
    /// <summary>The status of the document from this step on.</summary>
    [Required]
    public DocumentStatus? Status { get; init; }

    /// <summary>The day of the step, as precise as known.</summary>
    [Required]
    public PartialDate? On { get; init; }

    /// <summary>The id of the meeting that took the step.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Meeting { get; init; }

    /// <summary>The note or clause that the step rests on.</summary>
    [StringLength(DocumentStep.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The ids of the outcomes whose follow-up the step fulfils.</summary>
    [MaxLength(50), StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public IReadOnlyList<string>? Fulfils { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    internal static DocumentStepModel Of(DocumentStep step) =>
        new()
        {
            Status = step.Status,
            On = step.On,
            Meeting = step.Meeting?.Value,
            Basis = step.Basis,
            Fulfils = ModelParts.Listed(step.Fulfils, outcome => outcome.Value),
            Sources = ModelParts.Of(step.Sources),
        };

    internal DocumentStep ToStep() =>
        new(
            Status!.Value,
            On!,
            Meeting is null ? null : new Slug(Meeting),
            Basis,
            [.. (Fulfils ?? []).Select(outcome => new Slug(outcome))],
            Sources.ToCitations()
        );
}

/// <summary>The relation of a document to another one.</summary>
public sealed record DocumentRelationModel
{
    /// <summary>The effect on the other document.</summary>
    [Required]
    public DocumentRelationKind? Kind { get; init; }

    /// <summary>The id of the other document.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Document { get; init; }

    internal static DocumentRelationModel Of(DocumentRelation relation) =>
        new() { Kind = relation.Kind, Document = relation.Document.Value };

    internal DocumentRelation ToRelation() => new(Kind!.Value, new Slug(Document!));
}
