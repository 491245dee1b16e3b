using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Ministers;

/// <summary>The appointment of a minister to a post, in a period.</summary>
public sealed record AppointmentModel : SlugModel, IValidatableObject
{
    /// <summary>The id of the minister. When absent, it is the one in the URL.</summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [Always]
    [RefersTo("ministers")]
    [Expandable]
    public string? Minister { get; init; }

    /// <summary>The id of the post.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [RefersTo("posts")]
    [Expandable]
    public string? Post { get; init; }

    /// <summary>True when the minister only stands in for the holder; false when absent.</summary>
    public bool? Acting { get; init; }

    /// <summary>The first day in the post, as precise as known.</summary>
    [Required]
    public PartialDate? From { get; init; }

    /// <summary>The last day in the post; absent while it continues, or when the date of its end is unknown.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>True when the period has ended; without <c>until</c>, the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The titles as styled, with their periods, when they differ from those of the post.</summary>
    [MaxLength(50)]
    public IReadOnlyList<TitleModel>? Titles { get; init; }

    /// <summary>The decree, vote or note that the appointment rests on.</summary>
    [StringLength(AppointmentFacts.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The kind of ending.</summary>
    public AppointmentEnding? Ending { get; init; }

    /// <summary>The decree, vote or note that the end rests on.</summary>
    [StringLength(AppointmentFacts.MaxBasisLength, MinimumLength = 1)]
    public string? EndingBasis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var broken in PeriodRules.Broken(From, Until, Ended, "from", "until"))
        {
            yield return broken;
        }

        if (Ending is not null && Until is null && Ended != true)
        {
            yield return new ValidationResult("It is available only with until or ended.", ["ending"]);
        }

        if (EndingBasis is not null && Until is null && Ended != true)
        {
            yield return new ValidationResult("It is available only with until or ended.", ["endingBasis"]);
        }
    }

    /// <summary>Gets the title of the holder on a day: as styled, otherwise that of the post.</summary>
    public string TitleOn(PostModel post, DateOnly day) => TitleOn(post, day, [])?.Text ?? post.Name!;

    /// <summary>
    /// Gets the title of the holder on a day, in the best of the requested languages, or null when none was valid.
    /// </summary>
    public DatedTitle? TitleOn(PostModel post, DateOnly day, IReadOnlyList<string> languages) =>
        TitleModel.ToTitles(Titles).On(day, languages) ?? TitleModel.ToTitles(post.Titles).On(day, languages);

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule, or the minister is missing.</exception>
    internal AppointmentFacts ToFacts() =>
        new()
        {
            Post = new Slug(Post!),
            Minister = new Slug(Minister ?? throw new IllegalValueException("minister", "It is required.")),
            Held = new Period(From, Until, Ended ?? false),
            Acting = Acting ?? false,
            Titles = TitleModel.ToTitles(Titles),
            Basis = Basis,
            Ending = Ending,
            EndingBasis = EndingBasis,
            Sources = Sources.ToCitations(),
        };

    internal static AppointmentModel Of(Appointment appointment, int version, DateTimeOffset recordedAt)
    {
        var facts = appointment.Facts;
        return new()
        {
            Id = appointment.Id.Value,
            Minister = facts.Minister.Value,
            Post = facts.Post.Value,
            Acting = facts.Acting ? true : null,
            From = facts.Held.From,
            Until = facts.Held.Until,
            Ended = DatedPart.EndedOf(facts.Held),
            Titles = ModelParts.Listed(facts.Titles.All, TitleModel.Of),
            Basis = facts.Basis,
            Ending = facts.Ending,
            EndingBasis = facts.EndingBasis,
            Sources = ModelParts.Of(facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
    }
}

/// <summary>The end of an appointment.</summary>
public sealed record AppointmentEndingModel : IValidatableObject
{
    /// <summary>The last day in the post, as precise as known.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>True, without until, when the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The kind of ending.</summary>
    public AppointmentEnding? Ending { get; init; }

    /// <summary>The decree, vote or note that the end rests on.</summary>
    [StringLength(AppointmentFacts.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Until is null && Ended != true)
        {
            yield return new ValidationResult("It is required, or ended: true when the date is unknown.", ["until"]);
        }

        foreach (var broken in PeriodRules.Broken(null, Until, Ended, "from", "until"))
        {
            yield return broken;
        }
    }

    /// <summary>Ends the appointment.</summary>
    /// <exception cref="RegistryException">The appointment does not allow it.</exception>
    internal void ApplyTo(Appointment appointment) => appointment.End(Until, Ending, Basis, Sources.ToCitations());
}
