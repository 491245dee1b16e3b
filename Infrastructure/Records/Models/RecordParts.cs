using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;

namespace Registry.Infrastructure.Records.Models;

/// <summary>
/// The members that every record has and the registry maintains. A write leaves them out or sends them back unchanged.
/// </summary>
public abstract record RecordModel
{
    /// <summary>
    /// The version of the record: 1 for the first one, then one more at every write. It is also the ETag.
    /// </summary>
    [ReadOnly(true), Always, JsonPropertyOrder(100)]
    public int? Version { get; init; }

    /// <summary>The time at which this version was recorded, in UTC (RFC 3339).</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(101)]
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The claims on the record by their field (a JSON Pointer); only with expand=claims.</summary>
    [ReadOnly(true), JsonPropertyOrder(102)]
    public IReadOnlyDictionary<string, FieldClaimsModel>? Claims { get; init; }

    /// <summary>Refuses a model with the code of another record than the one in the URL.</summary>
    /// <exception cref="IllegalValueException">The codes differ.</exception>
    private protected static void RefuseOther(string addressed, string? written)
    {
        if (written != addressed)
        {
            throw new IllegalValueException("code", $"It is the code in the address, {addressed}.");
        }
    }
}

/// <summary>A part of a record with a period. Both ends are inclusive, and each is a year, a month or a day.</summary>
public abstract record DatedPart : IValidatableObject
{
    /// <summary>The first day; absent when the start is open.</summary>
    [JsonPropertyOrder(10)]
    public PartialDate? From { get; init; }

    /// <summary>The last day; absent while the period continues, or when the date of its end is unknown.</summary>
    [JsonPropertyOrder(11)]
    public PartialDate? Until { get; init; }

    /// <summary>True when the period has ended; without <c>until</c>, the date of the end is unknown.</summary>
    [JsonPropertyOrder(12)]
    public bool? Ended { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(From, Until, Ended, "from", "until").Concat(ValidateMore());

    /// <summary>Validates the other members of the part.</summary>
    protected virtual IEnumerable<ValidationResult> ValidateMore() => [];

    internal Period ToPeriod() => new(From, Until, Ended ?? false);

    internal static bool? EndedOf(Period period) => period.Ended ? true : null;
}

/// <summary>The rules for the ends of a period, with the field at fault.</summary>
public static class PeriodRules
{
    /// <summary>Lists the rules that are broken; empty for a valid period.</summary>
    public static IEnumerable<ValidationResult> Broken(
        PartialDate? from,
        PartialDate? until,
        bool? ended,
        string fromField,
        string untilField
    )
    {
        if (from is not null && until is not null && until.LastDay < from.FirstDay)
        {
            yield return new ValidationResult($"It cannot be before {fromField}, {from}.", [untilField]);
        }

        if (until is not null && ended == false)
        {
            yield return new ValidationResult($"It cannot be false when {untilField} is present.", ["ended"]);
        }
    }
}

/// <summary>A name in one language, with the period in which it is in use.</summary>
public sealed record NameModel : DatedPart
{
    /// <summary>The kind of the name.</summary>
    [Required]
    public NameKind? Kind { get; init; }

    /// <summary>The language of the text, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The name.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    internal static NameModel Of(DatedName name) =>
        new()
        {
            Kind = name.Kind,
            Language = name.Language.Tag,
            Text = name.Text,
            From = name.InUse.From,
            Until = name.InUse.Until,
            Ended = EndedOf(name.InUse),
        };

    internal DatedName ToName() => new(Kind!.Value, new Language(Language!), Text!, ToPeriod());
}

/// <summary>The id of the thing in another system.</summary>
public sealed record IdentifierModel
{
    /// <summary>The system: <c>wikidata</c>, <c>ror</c>, <c>cow</c>, <c>uia</c> or another one.</summary>
    [
        Required,
        RegularExpression(
            Identifier.SchemePattern,
            ErrorMessage = "It has 2 to 32 characters of a-z, 0-9, '-' and '_'."
        )
    ]
    public string? Scheme { get; init; }

    /// <summary>The id in that system.</summary>
    [Required, StringLength(Identifier.MaxValueLength, MinimumLength = 1)]
    public string? Value { get; init; }

    /// <summary>False when another identifier is shown first; true when absent.</summary>
    public bool? Preferred { get; init; }

    internal static IdentifierModel Of(Identifier identifier) =>
        new()
        {
            Scheme = identifier.Scheme,
            Value = identifier.Value,
            Preferred = identifier.Preferred,
        };

    internal Identifier ToIdentifier() => new(Scheme!, Value!, Preferred ?? true);
}

/// <summary>A source of a fact, with the confidence of the fact.</summary>
public sealed record CitationModel : IValidatableObject
{
    /// <summary>
    /// The publisher, title and date of the source, in words; derived from the source on record when its id is given.
    /// </summary>
    [StringLength(Domain.Provenance.Citation.MaxTextLength, MinimumLength = 1)]
    public string? Citation { get; init; }

    /// <summary>The URL of the source: http or https.</summary>
    [StringLength(Domain.Provenance.Citation.MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>The id of the source, when it is on record.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Source { get; init; }

    /// <summary>The confidence of the fact: high (two or more good sources), medium (one), low (unchecked).</summary>
    [Required]
    public Confidence? Confidence { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Citation is null && Source is null)
        {
            yield return new ValidationResult("It is required when source is absent.", ["citation"]);
        }

        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("It starts with http:// or https://.", ["url"]);
        }
    }

    internal static CitationModel Of(Citation citation) =>
        new()
        {
            Citation = citation.Text,
            Url = citation.Url,
            Source = citation.Source?.Value,
            Confidence = citation.Confidence,
        };

    internal Citation ToCitation() => new(Citation, Url, Confidence!.Value, Source is null ? null : new Slug(Source));
}

/// <summary>The place of the headquarters.</summary>
public sealed record SeatModel
{
    /// <summary>The city, in English.</summary>
    [Required, StringLength(Seat.MaxCityLength, MinimumLength = 1)]
    public string? City { get; init; }

    /// <summary>The code of the state of the city.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    [RefersTo("states")]
    public string? Country { get; init; }

    internal static SeatModel? Of(Seat? seat) =>
        seat is null ? null : new() { City = seat.City, Country = seat.Country?.Value };

    internal Seat ToSeat() => new(City!, Country is null ? null : new StateCode(Country));
}

/// <summary>Conversions that several models share.</summary>
internal static class ModelParts
{
    public static Names ToNames(this IEnumerable<NameModel> names) => new(names.Select(name => name.ToName()));

    public static IReadOnlyList<NameModel> Of(Names names) => [.. names.All.Select(NameModel.Of)];

    public static IReadOnlyList<CitationModel>? Of(IReadOnlyList<Citation> sources) =>
        Listed(sources, CitationModel.Of);

    public static IReadOnlyList<Citation> ToCitations(this IReadOnlyList<CitationModel>? sources) =>
        [.. (sources ?? []).Select(source => source.ToCitation())];

    public static Texts ToTexts(this IEnumerable<TextModel> texts, string field) =>
        new(field, texts.Select(text => text.ToText()));

    public static IReadOnlyList<TextModel> Of(Texts texts) => [.. texts.All.Select(TextModel.Of)];

    /// <summary>Converts a list; an empty one is left out of a model.</summary>
    public static IReadOnlyList<TModel>? Listed<TValue, TModel>(
        IReadOnlyList<TValue> values,
        Func<TValue, TModel> document
    ) => values.Count == 0 ? null : [.. values.Select(document)];
}
