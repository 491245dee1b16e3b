using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Ministers;

/// <summary>An office of a state or of a body. It can be renamed and goes on.</summary>
public sealed record PostDocument : SlugDocument, IValidatableObject
{
    /// <summary>The title that lists show: the latest in English where there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>What sort of office it is.</summary>
    [Required]
    public PostKind? Kind { get; init; }

    /// <summary>The state or the body whose office it is.</summary>
    [Required]
    [Expandable]
    public SubjectDocument? Of { get; init; }

    /// <summary>For a permanent representative, the code of the forum.</summary>
    [RegularExpression(ForumCode.Pattern, ErrorMessage = "2 to 16 of A-Z, 0-9 and '-', starting with a letter.")]
    [RefersTo("forums")]
    public string? AccreditedTo { get; init; }

    /// <summary>Every title, by language, with its dates; of one language, one at a time.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<TitleDocument>? Titles { get; init; }

    /// <summary>False for a post that several hold at once; true when absent.</summary>
    public bool? SingleHolder { get; init; }

    /// <summary>The day the post was established, as precisely as known.</summary>
    public PartialDate? Established { get; init; }

    /// <summary>Its last day, as precisely as known; absent while it goes on.</summary>
    public PartialDate? Abolished { get; init; }

    /// <summary>True when it is over; without <c>abolished</c>, on an unknown date.</summary>
    public bool? Ended { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    /// <summary>From when the post was established until it was abolished.</summary>
    internal Period Life => new(Established, Abolished, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules
            .Broken(Established, Abolished, Ended, "established", "abolished")
            .Concat(SubjectDocument.Other(Of, "of", SubjectKind.State, SubjectKind.Body))
            .Concat(
                AccreditedTo is null || Kind is null or PostKind.PermanentRepresentative
                    ? []
                    :
                    [
                        new ValidationResult(
                            "Only a permanent representative is accredited to a forum.",
                            ["accreditedTo"]
                        ),
                    ]
            );

    /// <summary>The facts, checked by the domain.</summary>
    /// <exception cref="RegistryException">They break a rule.</exception>
    internal PostFacts ToFacts() =>
        new()
        {
            Kind = Kind!.Value,
            Of = Of!.ToSubject(),
            AccreditedTo = AccreditedTo is null ? null : new ForumCode(AccreditedTo),
            Titles = TitleDocument.ToTitles(Titles),
            SingleHolder = SingleHolder ?? true,
            Life = Life,
            Sources = Sources.ToCitations(),
        };

    internal static PostDocument From(Post post, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = post.Id.Value,
            Name = post.Name,
            Kind = post.Facts.Kind,
            Of = SubjectDocument.Of(post.Facts.Of),
            AccreditedTo = post.Facts.AccreditedTo?.Value,
            Titles = [.. post.Facts.Titles.All.Select(TitleDocument.Of)],
            SingleHolder = post.Facts.SingleHolder ? null : false,
            Established = post.Facts.Life.From,
            Abolished = post.Facts.Life.Until,
            Ended = DatedPart.EndedOf(post.Facts.Life),
            Sources = Documents.Of(post.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}
