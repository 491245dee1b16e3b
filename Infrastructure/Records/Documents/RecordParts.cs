using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;

namespace Registry.Infrastructure.Records.Documents;

/// <summary>What every record carries, kept by the registry; sent back unchanged or left out on a write.</summary>
public abstract record RecordDocument
{
    /// <summary>1 for the first version of the record, then one more at every write; also its ETag.</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(100)]
    public int? Version { get; init; }

    /// <summary>When this version was recorded, in UTC (RFC 3339).</summary>
    [ReadOnly(true), Always, JsonPropertyOrder(101)]
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The claims on the record by the field they are on (a JSON Pointer); only with expand=claims.</summary>
    [ReadOnly(true), JsonPropertyOrder(102)]
    public IReadOnlyDictionary<string, FieldClaimsDocument>? Claims { get; init; }

    /// <summary>Refuses a document that speaks of another record than the address it was sent to.</summary>
    /// <exception cref="IllegalValueException">The codes differ.</exception>
    private protected static void RefuseOther(string addressed, string? written)
    {
        if (written != addressed)
        {
            throw new IllegalValueException("code", $"It is that of the address, {addressed}.");
        }
    }
}

/// <summary>A part of a record that holds in a period. Both ends are inclusive and may be known to the year, the month or the day.</summary>
public abstract record DatedPart : IValidatableObject
{
    /// <summary>The first day; absent when it held since before anyone asks.</summary>
    [JsonPropertyOrder(10)]
    public PartialDate? From { get; init; }

    /// <summary>The last day; absent while it holds, or when the date of its end is unknown.</summary>
    [JsonPropertyOrder(11)]
    public PartialDate? Until { get; init; }

    /// <summary>True when it is over; without <c>until</c>, on an unknown date.</summary>
    [JsonPropertyOrder(12)]
    public bool? Ended { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(From, Until, Ended, "from", "until").Concat(ValidateMore());

    /// <summary>What else the part has to agree on.</summary>
    protected virtual IEnumerable<ValidationResult> ValidateMore() => [];

    internal Period ToPeriod() => new(From, Until, Ended ?? false);

    internal static bool? EndedOf(Period period) => period.Ended ? true : null;
}

/// <summary>What two ends of a period have to agree on, told field by field.</summary>
public static class PeriodRules
{
    /// <summary>The sentences that do not hold; empty for a possible period.</summary>
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
            yield return new ValidationResult($"What has {untilField} has ended.", ["ended"]);
        }
    }
}

/// <summary>A name in one language, with the period in which it is borne.</summary>
public sealed record NameDocument : DatedPart
{
    /// <summary>What it is used for.</summary>
    [Required]
    public NameKind? Kind { get; init; }

    /// <summary>The language it is written in, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "A BCP 47 language tag such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The name itself.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    internal static NameDocument Of(DatedName name) =>
        new()
        {
            Kind = name.Kind,
            Language = name.Language.Tag,
            Text = name.Text,
            From = name.Borne.From,
            Until = name.Borne.Until,
            Ended = EndedOf(name.Borne),
        };

    internal DatedName ToName() => new(Kind!.Value, new Language(Language!), Text!, ToPeriod());
}

/// <summary>The name of the thing in another system.</summary>
public sealed record IdentifierDocument
{
    /// <summary>The system: <c>wikidata</c>, <c>ror</c>, <c>cow</c>, <c>uia</c> or another one.</summary>
    [Required, RegularExpression(Identifier.SchemePattern, ErrorMessage = "2 to 32 of a-z, 0-9, '-' and '_'.")]
    public string? Scheme { get; init; }

    /// <summary>The name there.</summary>
    [Required, StringLength(Identifier.MaxValueLength, MinimumLength = 1)]
    public string? Value { get; init; }

    /// <summary>False for an identifier that is kept but not shown first; true when absent.</summary>
    public bool? Preferred { get; init; }

    internal static IdentifierDocument Of(Identifier identifier) =>
        new()
        {
            Scheme = identifier.Scheme,
            Value = identifier.Value,
            Preferred = identifier.Preferred,
        };

    internal Identifier ToIdentifier() => new(Scheme!, Value!, Preferred ?? true);
}

/// <summary>Who says so, and how sure it is.</summary>
public sealed record CitationDocument : IValidatableObject
{
    /// <summary>
    /// The publisher, title and date of the source, in words a reader can follow up; made from the source where that is
    /// named by its id.
    /// </summary>
    [StringLength(Domain.Provenance.Citation.MaxTextLength, MinimumLength = 1)]
    public string? Citation { get; init; }

    /// <summary>Where it can be read: http or https.</summary>
    [StringLength(Domain.Provenance.Citation.MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>The id of the source, where it is on record.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Source { get; init; }

    /// <summary>How sure the fact is: high (two or more good sources), medium (one), low (unchecked).</summary>
    [Required]
    public Confidence? Confidence { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Citation is null && Source is null)
        {
            yield return new ValidationResult("It is required where no source is named.", ["citation"]);
        }

        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("An address starts with http:// or https://.", ["url"]);
        }
    }

    internal static CitationDocument Of(Citation citation) =>
        new()
        {
            Citation = citation.Text,
            Url = citation.Url,
            Source = citation.Source?.Value,
            Confidence = citation.Confidence,
        };

    internal Citation ToCitation() => new(Citation, Url, Confidence!.Value, Source is null ? null : new Slug(Source));
}

/// <summary>Where the headquarters are.</summary>
public sealed record SeatDocument
{
    /// <summary>The city, in English.</summary>
    [Required, StringLength(Seat.MaxCityLength, MinimumLength = 1)]
    public string? City { get; init; }

    /// <summary>The state it lies in, by its code.</summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = "Three capital letters (ISO 3166-1 alpha-3).")]
    [RefersTo("states")]
    public string? Country { get; init; }

    internal static SeatDocument? Of(Seat? seat) =>
        seat is null ? null : new() { City = seat.City, Country = seat.Country?.Value };

    internal Seat ToSeat() => new(City!, Country is null ? null : new StateCode(Country));
}

/// <summary>The translations that several documents share.</summary>
internal static class Documents
{
    public static Names ToNames(this IEnumerable<NameDocument> names) => new(names.Select(name => name.ToName()));

    public static IReadOnlyList<NameDocument> Of(Names names) => [.. names.All.Select(NameDocument.Of)];

    public static IReadOnlyList<CitationDocument>? Of(IReadOnlyList<Citation> sources) =>
        Listed(sources, CitationDocument.Of);

    public static IReadOnlyList<Citation> ToCitations(this IReadOnlyList<CitationDocument>? sources) =>
        [.. (sources ?? []).Select(source => source.ToCitation())];

    public static Texts ToTexts(this IEnumerable<TextDocument> texts, string field) =>
        new(field, texts.Select(text => text.ToText()));

    public static IReadOnlyList<TextDocument> Of(Texts texts) => [.. texts.All.Select(TextDocument.Of)];

    /// <summary>An empty list is left out of a document.</summary>
    public static IReadOnlyList<TDocument>? Listed<TValue, TDocument>(
        IReadOnlyList<TValue> values,
        Func<TValue, TDocument> document
    ) => values.Count == 0 ? null : [.. values.Select(document)];
}

/// <summary>The four days of a period, as columns.</summary>
internal abstract record PeriodRow : RecordRow
{
    public DateOnly FromEarliest { get; private init; }
    public DateOnly FromLatest { get; private init; }
    public DateOnly UntilEarliest { get; private init; }
    public DateOnly UntilLatest { get; private init; }

    /// <summary>Sets all four.</summary>
    public required Period Period
    {
        init
        {
            FromEarliest = value.EarliestStart;
            FromLatest = value.LatestStart;
            UntilEarliest = value.EarliestEnd;
            UntilLatest = value.LatestEnd;
        }
    }

    /// <summary>The names of the four, for the lists of columns.</summary>
    public static readonly string[] Columns = ["FromEarliest", "FromLatest", "UntilEarliest", "UntilLatest"];
}
