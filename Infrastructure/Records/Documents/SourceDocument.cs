using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Provenance;

namespace Registry.Infrastructure.Records.Documents;

/// <summary>A source: a publication, a register, a data set, that facts and claims rest on.</summary>
public sealed record SourceDocument : SlugDocument, IValidatableObject
{
    /// <summary>The source as it is cited: publisher, title and date.</summary>
    [ReadOnly(true), Always]
    public string? Citation { get; init; }

    /// <summary>Who published it.</summary>
    [StringLength(Source.MaxPublisherLength, MinimumLength = 1)]
    public string? Publisher { get; init; }

    /// <summary>What it is called.</summary>
    [Required, StringLength(Source.MaxTitleLength, MinimumLength = 1)]
    public string? Title { get; init; }

    /// <summary>Where it can be read: http or https.</summary>
    [StringLength(WebLink.MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>When it was published, as precisely as known.</summary>
    public PartialDate? Published { get; init; }

    /// <summary>When it was read last, as precisely as known.</summary>
    public PartialDate? ReadOn { get; init; }

    /// <summary>The language it is written in, as a BCP 47 tag.</summary>
    [RegularExpression(Domain.Language.Pattern, ErrorMessage = "A BCP 47 language tag such as en or sr-Latn.")]
    public string? Language { get; init; }

    /// <summary>What kind of publication it is.</summary>
    [Required]
    public SourceKind? Kind { get; init; }

    /// <summary>How much it can be relied on, whatever it says.</summary>
    public Reliability? Reliability { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("An address starts with http:// or https://.", ["url"]);
        }

        if (Published is not null && ReadOn is not null && ReadOn.LastDay < Published.FirstDay)
        {
            yield return new ValidationResult("Nothing is read before it is published.", ["readOn"]);
        }
    }

    /// <summary>The source described.</summary>
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

    internal static SourceDocument Of(Source source, int version, DateTimeOffset recordedAt) =>
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
