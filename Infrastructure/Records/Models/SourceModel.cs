using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Provenance;

namespace Registry.Infrastructure.Records.Models;

/// <summary>A source of facts and claims: a publication, a register, a data set.</summary>
public sealed record SourceModel : SlugModel, IValidatableObject
{
    /// <summary>The citation of the source: publisher, title and date.</summary>
    [ReadOnly(true), Always]
    public string? Citation { get; init; }

    /// <summary>The publisher.</summary>
    [StringLength(Source.MaxPublisherLength, MinimumLength = 1)]
    public string? Publisher { get; init; }

    /// <summary>The title.</summary>
    [Required, StringLength(Source.MaxTitleLength, MinimumLength = 1)]
    public string? Title { get; init; }

    /// <summary>The URL of the source: http or https.</summary>
    [StringLength(WebLink.MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>The date of publication, as precise as known.</summary>
    public PartialDate? Published { get; init; }

    /// <summary>The date on which the source was last read, as precise as known.</summary>
    public PartialDate? ReadOn { get; init; }

    /// <summary>The language of the text, as a BCP 47 tag.</summary>
    [RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")]
    public string? Language { get; init; }

    /// <summary>The kind of publication.</summary>
    [Required]
    public SourceKind? Kind { get; init; }

    /// <summary>The reliability of the source in general.</summary>
    public Reliability? Reliability { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("It starts with http:// or https://.", ["url"]);
        }

        if (Published is not null && ReadOn is not null && ReadOn.LastDay < Published.FirstDay)
        {
            yield return new ValidationResult("It cannot be before published.", ["readOn"]);
        }
    }

    /// <summary>Converts the model to a source.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    internal Source ToSource(Slug id) =>
        new(
            id,
            new SourceFacts
            {
                Publisher = Publisher,
                Title = Title!,
                Url = Url,
                Published = Published,
                ReadOn = ReadOn,
                Language = Language is null ? null : new Language(Language),
                Kind = Kind!.Value,
                Reliability = Reliability,
            }
        );

    internal static SourceModel Of(Source source, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = source.Id.Value,
            Citation = source.InWords,
            Publisher = source.Facts.Publisher,
            Title = source.Facts.Title,
            Url = source.Facts.Url,
            Published = source.Facts.Published,
            ReadOn = source.Facts.ReadOn,
            Language = source.Facts.Language?.Tag,
            Kind = source.Facts.Kind,
            Reliability = source.Facts.Reliability,
            Version = version,
            RecordedAt = recordedAt,
        };
}
