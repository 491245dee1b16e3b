using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Forums;

/// <summary>A forum: a conference, alliance, union or organization of states.</summary>
public sealed record ForumDocument : RecordDocument, IValidatableObject
{
    /// <summary>Its letters: 2 to 16 of A-Z, 0-9 and '-'.</summary>
    [
        Required,
        RegularExpression(ForumCode.Pattern, ErrorMessage = "2 to 16 of A-Z, 0-9 and '-', starting with a letter.")
    ]
    public string? Code { get; init; }

    /// <summary>The name lists show: the present official one, in English where there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>Every name, by language and kind, with its dates.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameDocument>? Names { get; init; }

    /// <summary>The day it was founded, as precisely as known.</summary>
    public PartialDate? Founded { get; init; }

    /// <summary>Its last day, as precisely as known; absent while it goes on.</summary>
    public PartialDate? Dissolved { get; init; }

    /// <summary>True when it is over; without <c>dissolved</c>, on an unknown date.</summary>
    public bool? Ended { get; init; }

    /// <summary>Where its headquarters are, if it has any.</summary>
    public SeatDocument? Seat { get; init; }

    /// <summary>Its legal nature over time, with the instrument of each stage.</summary>
    [MaxLength(50)]
    public IReadOnlyList<StageDocument>? Stages { get; init; }

    /// <summary>Its names in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierDocument>? Identifiers { get; init; }

    /// <summary>The codes of the forums whose place it took.</summary>
    [
        MaxLength(20),
        RegularExpression(ForumCode.Pattern, ErrorMessage = "2 to 16 of A-Z, 0-9 and '-', starting with a letter.")
    ]
    [RefersTo("forums")]
    public IReadOnlyList<string>? Predecessors { get; init; }

    /// <summary>The codes of the forums that name this one as a predecessor.</summary>
    [ReadOnly(true)]
    [RefersTo("forums")]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>How many stood in it on which date, as declared; reconciled with the members on record.</summary>
    [MaxLength(200)]
    public IReadOnlyList<DeclaredCountDocument>? DeclaredCounts { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    /// <summary>From the founding to the dissolution.</summary>
    internal Period Life => new(Founded, Dissolved, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Founded, Dissolved, Ended, "founded", "dissolved");

    /// <summary>The facts, checked by the domain.</summary>
    /// <exception cref="RegistryException">They break a rule.</exception>
    internal ForumFacts ToFacts() =>
        new()
        {
            Names = Names!.ToNames(),
            Life = Life,
            Seat = Seat?.ToSeat(),
            Stages = [.. (Stages ?? []).Select(stage => stage.ToStage())],
            Identifiers = [.. (Identifiers ?? []).Select(identifier => identifier.ToIdentifier())],
            Predecessors = [.. (Predecessors ?? []).Select(code => new ForumCode(code)).Distinct()],
            DeclaredCounts = [.. (DeclaredCounts ?? []).Select(count => count.ToCount())],
            Sources = Sources.ToCitations(),
        };

    internal static ForumDocument Of(Forum forum, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Code = forum.Code.Value,
            Name = forum.Name,
            Names = Documents.Of(forum.Facts.Names),
            Founded = forum.Facts.Life.From,
            Dissolved = forum.Facts.Life.Until,
            Ended = DatedPart.EndedOf(forum.Facts.Life),
            Seat = SeatDocument.Of(forum.Facts.Seat),
            Stages = Documents.Listed(forum.Facts.Stages, StageDocument.Of),
            Identifiers = Documents.Listed(forum.Facts.Identifiers, IdentifierDocument.Of),
            Predecessors = Documents.Listed(forum.Facts.Predecessors, code => code.Value),
            Successors = Documents.Listed(forum.Successors, code => code.Value),
            DeclaredCounts = Documents.Listed(forum.Facts.DeclaredCounts, DeclaredCountDocument.Of),
            Sources = Documents.Of(forum.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };

    /// <summary>The forum described, with what the registry keeps in the one held.</summary>
    /// <exception cref="RegistryException">It is another one's, or breaks a rule.</exception>
    internal Forum ToAggregate(string id, Forum? held)
    {
        var code = new ForumCode(id);
        RefuseOther(id, Code);
        if (held is null)
        {
            return new Forum(code, ToFacts());
        }

        held.Correct(ToFacts());
        return held;
    }

    internal Forum ToForum() =>
        new(new ForumCode(Code!), ToFacts(), (Successors ?? []).Select(code => new ForumCode(code)));
}

/// <summary>A period in which a forum has one legal nature.</summary>
public sealed record StageDocument : DatedPart
{
    /// <summary>What it is in law.</summary>
    [Required]
    public LegalNature? Nature { get; init; }

    /// <summary>The treaty, charter or declaration that began the stage.</summary>
    [StringLength(ForumStage.MaxInstrumentLength, MinimumLength = 1), JsonPropertyOrder(20)]
    public string? Instrument { get; init; }

    internal static StageDocument Of(ForumStage stage) =>
        new()
        {
            Nature = stage.Nature,
            Instrument = stage.Instrument,
            From = stage.Held.From,
            Until = stage.Held.Until,
            Ended = EndedOf(stage.Held),
        };

    internal ForumStage ToStage() => new(Nature!.Value, ToPeriod(), Instrument);
}

/// <summary>How many stood in a forum on a date, as somebody declared it.</summary>
public sealed record DeclaredCountDocument
{
    /// <summary>When it was so, as precisely as said.</summary>
    [Required]
    public PartialDate? On { get; init; }

    /// <summary>The standing that was counted.</summary>
    [Required]
    public StandingKind? Standing { get; init; }

    /// <summary>How many.</summary>
    [Required, Range(0, DeclaredCount.Most)]
    public int? Count { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    internal static DeclaredCountDocument Of(DeclaredCount count) =>
        new()
        {
            On = count.On,
            Standing = count.Standing,
            Count = count.Count,
            Sources = Documents.Of(count.Sources),
        };

    internal DeclaredCount ToCount() => new(On!, Standing!.Value, Count!.Value, Sources.ToCitations());
}

/// <summary>A body: an organ of a forum, such as a summit, a council of ministers, a secretariat or a fund.</summary>
public sealed record BodyDocument : RecordDocument, IValidatableObject
{
    /// <summary>The code of the forum it is an organ of; that of the path.</summary>
    [ReadOnly(true), Always]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>Its slug within the forum: 2 to 64 of a-z, 0-9 and '-'.</summary>
    [
        Required,
        RegularExpression(BodyCode.Pattern, ErrorMessage = "2 to 64 of a-z, 0-9 and '-', starting with a letter.")
    ]
    public string? Code { get; init; }

    /// <summary>The name lists show: the present official one, in English where there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>Every name, by language and kind, with its dates.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameDocument>? Names { get; init; }

    /// <summary>What sort of organ it is.</summary>
    [Required]
    public BodyKind? Kind { get; init; }

    /// <summary>The code of the body of the same forum that it is part of or reports to.</summary>
    [RegularExpression(BodyCode.Pattern, ErrorMessage = "2 to 64 of a-z, 0-9 and '-', starting with a letter.")]
    [RefersTo("bodies")]
    public string? Parent { get; init; }

    /// <summary>The day it was set up, as precisely as known.</summary>
    public PartialDate? Founded { get; init; }

    /// <summary>Its last day, as precisely as known; absent while it goes on.</summary>
    public PartialDate? Dissolved { get; init; }

    /// <summary>True when it is over; without <c>dissolved</c>, on an unknown date.</summary>
    public bool? Ended { get; init; }

    /// <summary>Where its headquarters are, if it has any of its own.</summary>
    public SeatDocument? Seat { get; init; }

    /// <summary>Who says so.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationDocument>? Sources { get; init; }

    /// <summary>From when it was set up until it was dissolved.</summary>
    internal Period Life => new(Founded, Dissolved, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Founded, Dissolved, Ended, "founded", "dissolved");

    /// <summary>The facts, checked by the domain.</summary>
    /// <exception cref="RegistryException">They break a rule.</exception>
    internal BodyFacts ToFacts() =>
        new()
        {
            Names = Names!.ToNames(),
            Kind = Kind!.Value,
            Parent = Parent is null ? null : new BodyCode(Parent),
            Life = Life,
            Seat = Seat?.ToSeat(),
            Sources = Sources.ToCitations(),
        };

    /// <summary>The body described.</summary>
    /// <exception cref="RegistryException">It is another one's, or breaks a rule.</exception>
    internal Body ToAggregate(ForumCode forum, string code, Period forumLife)
    {
        var slug = new BodyCode(code);
        RefuseOther(code, Code);
        return new Body(forum, slug, ToFacts(), forumLife);
    }

    internal static BodyDocument Of(Body body, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Forum = body.Forum.Value,
            Code = body.Code.Value,
            Name = body.Name,
            Names = Documents.Of(body.Facts.Names),
            Kind = body.Facts.Kind,
            Parent = body.Facts.Parent?.Value,
            Founded = body.Facts.Life.From,
            Dissolved = body.Facts.Life.Until,
            Ended = DatedPart.EndedOf(body.Facts.Life),
            Seat = SeatDocument.Of(body.Facts.Seat),
            Sources = Documents.Of(body.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}
