using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Forums;

/// <summary>The period in which a party chairs a forum or a body of it.</summary>
public sealed record ChairmanshipModel : SlugModel, IValidatableObject
{
    /// <summary>The code of the forum. When absent, it is the one in the URL.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    [Always]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>The code of the body that is chaired; absent when it is the forum itself.</summary>
    [RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    [RefersTo("bodies")]
    public string? Body { get; init; }

    /// <summary>The party in the chair.</summary>
    [Required]
    [Expandable]
    public PartyModel? Chair { get; init; }

    /// <summary>The first day in the chair, as precise as known.</summary>
    public PartialDate? From { get; init; }

    /// <summary>The last day in the chair; absent while it continues, or when the date of its end is unknown.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>True when the period has ended; without <c>until</c>, the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The id of the meeting at which the chair was handed over.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("meetings")]
    public string? Handover { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period in the chair.</summary>
    internal Period Held => new(From, Until, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(From, Until, Ended, "from", "until");

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">A value is out of bounds, or the forum is missing.</exception>
    internal ChairmanshipFacts ToFacts() =>
        new()
        {
            Forum = new ForumCode(Forum ?? throw new IllegalValueException("forum", "It is required.")),
            Body = Body is null ? null : new BodyCode(Body),
            Chair = Chair!.ToParty(),
            Held = Held,
            Handover = Handover is null ? null : new Slug(Handover),
            Sources = Sources.ToCitations(),
        };

    internal static ChairmanshipModel Of(Chairmanship chairmanship, int version, DateTimeOffset recordedAt)
    {
        var facts = chairmanship.Facts;
        return new()
        {
            Id = chairmanship.Id.Value,
            Forum = facts.Forum.Value,
            Body = facts.Body?.Value,
            Chair = PartyModel.Of(facts.Chair),
            From = facts.Held.From,
            Until = facts.Held.Until,
            Ended = DatedPart.EndedOf(facts.Held),
            Handover = facts.Handover?.Value,
            Sources = ModelParts.Of(facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
    }
}
