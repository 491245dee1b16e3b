using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Ministers;

/// <summary>A person who holds or held posts: a minister, a head of state, a secretary general.</summary>
public sealed record MinisterDocument : SlugDocument, IValidatableObject
{
    /// <summary>The name lists show: the latest in English where there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>Every name, by language and script, with its dates.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<PersonNameDocument>? Names { get; init; }

    /// <summary>How the person is filed, such as <c>Tileuberdi, Mukhtar</c>; the family name first when absent.</summary>
    [StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? SortName { get; init; }

    /// <summary>The day of birth, as precisely as known.</summary>
    public PartialDate? Born { get; init; }

    /// <summary>The day of death, as precisely as known.</summary>
    public PartialDate? Died { get; init; }

    /// <summary>The person's names in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierDocument>? Identifiers { get; init; }

    /// <summary>Where more is to be read about the person.</summary>
    [MaxLength(50)]
    public IReadOnlyList<LinkDocument>? Links { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    /// <summary>From the birth to the death.</summary>
    internal Period Life => new(Born, Died);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Born, Died, null, "born", "died");

    /// <summary>The person described.</summary>
    /// <exception cref="RegistryException">A value is out of bounds.</exception>
    internal Minister ToMinister(Slug id) =>
        new(
            id,
            new MinisterFacts
            {
                Names = [.. Names!.Select(name => name.ToName())],
                SortName = SortName,
                Life = Life,
                Identifiers = [.. (Identifiers ?? []).Select(identifier => identifier.ToIdentifier())],
                Links = [.. (Links ?? []).Select(link => link.ToLink())],
                Sources = Sources.ToCitations(),
            }
        );

    internal static MinisterDocument Of(Minister minister, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = minister.Id.Value,
            Name = minister.Name,
            Names = [.. minister.Facts.Names.Select(PersonNameDocument.Of)],
            SortName = minister.Facts.SortName,
            Born = minister.Facts.Life.From,
            Died = minister.Facts.Life.Until,
            Identifiers = Documents.Listed(minister.Facts.Identifiers, IdentifierDocument.Of),
            Links = Documents.Listed(minister.Facts.Links, LinkDocument.Of),
            Sources = Documents.Of(minister.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}

/// <summary>The name of a person in one language and script, with the period in which it was borne.</summary>
public sealed record PersonNameDocument : DatedPart
{
    /// <summary>The language and script it is written in, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "A BCP 47 language tag such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The whole name, in the order in which it is usually written.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    /// <summary>The family name.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Family { get; init; }

    /// <summary>The given names.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Given { get; init; }

    /// <summary>The name after the father.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Patronymic { get; init; }

    internal static PersonNameDocument Of(PersonName name) =>
        new()
        {
            Language = name.Language.Tag,
            Text = name.Text,
            Family = name.Family,
            Given = name.Given,
            Patronymic = name.Patronymic,
            From = name.Borne.From,
            Until = name.Borne.Until,
            Ended = EndedOf(name.Borne),
        };

    internal PersonName ToName() => new(new Language(Language!), Text!, Family, Given, Patronymic, ToPeriod());
}

/// <summary>A title in one language, with the period in which it is the one to use.</summary>
public sealed record TitleDocument : DatedPart
{
    /// <summary>The language it is written in, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "A BCP 47 language tag such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The title itself.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    internal static TitleDocument Of(DatedTitle title) =>
        new()
        {
            Language = title.Language.Tag,
            Text = title.Text,
            From = title.Valid.From,
            Until = title.Valid.Until,
            Ended = EndedOf(title.Valid),
        };

    internal static Titles ToTitles(IReadOnlyList<TitleDocument>? titles) =>
        new(
            (titles ?? []).Select(title => new DatedTitle(new Language(title.Language!), title.Text!, title.ToPeriod()))
        );
}
