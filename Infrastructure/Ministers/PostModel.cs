using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Ministers;

/// <summary>An office of a state or of a body. It continues when it is renamed.</summary>
public sealed record PostModel : SlugModel, IValidatableObject
{
    /// <summary>The title that lists show: the latest one, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The kind of post.</summary>
    [Required]
    public PostKind? Kind { get; init; }

    /// <summary>The state or the body of the office.</summary>
    [Required]
    [Expandable]
    public SubjectModel? Of { get; init; }

    /// <summary>The code of the forum to which a permanent representative is accredited.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    [RefersTo("forums")]
    public string? AccreditedTo { get; init; }

    /// <summary>The titles, by language, each with its period; the periods of one language do not overlap.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<TitleModel>? Titles { get; init; }

    /// <summary>False when several ministers can hold the post at the same time; true when absent.</summary>
    public bool? SingleHolder { get; init; }

    /// <summary>The day of the establishment, as precise as known.</summary>
    public PartialDate? Established { get; init; }

    /// <summary>The last day, as precise as known; absent while it continues.</summary>
    public PartialDate? Abolished { get; init; }

    /// <summary>True when it has ended; without <c>abolished</c>, the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period from the establishment to the abolition.</summary>
    internal Period Life => new(Established, Abolished, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules
            .Broken(Established, Abolished, Ended, "established", "abolished")
            .Concat(SubjectModel.Other(Of, "of", SubjectKind.State, SubjectKind.Body))
            .Concat(
                AccreditedTo is null || Kind is null or PostKind.PermanentRepresentative
                    ? []
                    : [new ValidationResult("It is available only for a permanent representative.", ["accreditedTo"])]
            );

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule.</exception>
    internal PostFacts ToFacts() =>
        new()
        {
            Kind = Kind!.Value,
            Of = Of!.ToSubject(),
            AccreditedTo = AccreditedTo is null ? null : new ForumCode(AccreditedTo),
            Titles = TitleModel.ToTitles(Titles),
            SingleHolder = SingleHolder ?? true,
            Life = Life,
            Sources = Sources.ToCitations(),
        };

    internal static PostModel From(Post post, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = post.Id.Value,
            Name = post.Name,
            Kind = post.Facts.Kind,
            Of = SubjectModel.Of(post.Facts.Of),
            AccreditedTo = post.Facts.AccreditedTo?.Value,
            Titles = [.. post.Facts.Titles.All.Select(TitleModel.Of)],
            SingleHolder = post.Facts.SingleHolder ? null : false,
            Established = post.Facts.Life.From,
            Abolished = post.Facts.Life.Until,
            Ended = DatedPart.EndedOf(post.Facts.Life),
            Sources = ModelParts.Of(post.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}
