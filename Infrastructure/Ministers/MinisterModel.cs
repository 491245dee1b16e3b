using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Ministers;

/// <summary>A person who holds or held posts: a minister, a head of state, a secretary general.</summary>
public sealed record MinisterModel : SlugModel, IValidatableObject
{
    /// <summary>The name that lists show: the latest one, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The names, by language and script, each with its period.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<PersonNameModel>? Names { get; init; }

    /// <summary>
    /// The name by which the person is sorted, such as <c>Tileuberdi, Mukhtar</c>; when absent, the family name comes
    /// first.
    /// </summary>
    [StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? SortName { get; init; }

    /// <summary>The day of birth, as precise as known.</summary>
    public PartialDate? Born { get; init; }

    /// <summary>The day of death, as precise as known.</summary>
    public PartialDate? Died { get; init; }

    /// <summary>The ids of the person in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierModel>? Identifiers { get; init; }

    /// <summary>Links to further information about the person.</summary>
    [MaxLength(50)]
    public IReadOnlyList<LinkModel>? Links { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period from birth to death.</summary>
    internal Period Life => new(Born, Died);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Born, Died, null, "born", "died");

    /// <summary>Converts the model to a minister.</summary>
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

    internal static MinisterModel Of(Minister minister, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = minister.Id.Value,
            Name = minister.Name,
            Names = [.. minister.Facts.Names.Select(PersonNameModel.Of)],
            SortName = minister.Facts.SortName,
            Born = minister.Facts.Life.From,
            Died = minister.Facts.Life.Until,
            Identifiers = ModelParts.Listed(minister.Facts.Identifiers, IdentifierModel.Of),
            Links = ModelParts.Listed(minister.Facts.Links, LinkModel.Of),
            Sources = ModelParts.Of(minister.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}

/// <summary>The name of a person in one language and script, with the period in which it is in use.</summary>
public sealed record PersonNameModel : DatedPart
{
    /// <summary>The language and script of the text, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The full name, in the order in which it is usually written.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    /// <summary>The family name.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Family { get; init; }

    /// <summary>The given names.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Given { get; init; }

    /// <summary>The patronymic.</summary>
    [StringLength(PersonName.MaxPartLength, MinimumLength = 1)]
    public string? Patronymic { get; init; }

    internal static PersonNameModel Of(PersonName name) =>
        new()
        {
            Language = name.Language.Tag,
            Text = name.Text,
            Family = name.Family,
            Given = name.Given,
            Patronymic = name.Patronymic,
            From = name.InUse.From,
            Until = name.InUse.Until,
            Ended = EndedOf(name.InUse),
        };

    internal PersonName ToName() => new(new Language(Language!), Text!, Family, Given, Patronymic, ToPeriod());
}

/// <summary>A title in one language, with the period in which it is valid.</summary>
public sealed record TitleModel : DatedPart
{
    /// <summary>The language of the text, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The title.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    internal static TitleModel Of(DatedTitle title) =>
        new()
        {
            Language = title.Language.Tag,
            Text = title.Text,
            From = title.Valid.From,
            Until = title.Valid.Until,
            Ended = EndedOf(title.Valid),
        };

    internal static Titles ToTitles(IReadOnlyList<TitleModel>? titles) =>
        new(
            (titles ?? []).Select(title => new DatedTitle(new Language(title.Language!), title.Text!, title.ToPeriod()))
        );
}
