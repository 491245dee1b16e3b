using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Forums;

/// <summary>A forum: a conference, alliance, union or organization of states.</summary>
public sealed record ForumModel : RecordModel, IValidatableObject
{
    /// <summary>The code: 2 to 16 characters of A-Z, 0-9 and '-', starting with a letter.</summary>
    [Required, RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    public string? Code { get; init; }

    /// <summary>The name that lists show: the current official one, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The names, by language and kind, each with its period.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameModel>? Names { get; init; }

    /// <summary>The day of the founding, as precise as known.</summary>
    public PartialDate? Founded { get; init; }

    /// <summary>The last day, as precise as known; absent while it continues.</summary>
    public PartialDate? Dissolved { get; init; }

    /// <summary>True when it has ended; without <c>dissolved</c>, the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The place of the headquarters; absent when there are none.</summary>
    public SeatModel? Seat { get; init; }

    /// <summary>The legal nature over time, with the instrument of each stage.</summary>
    [MaxLength(50)]
    public IReadOnlyList<StageModel>? Stages { get; init; }

    /// <summary>The ids in other systems.</summary>
    [MaxLength(50)]
    public IReadOnlyList<IdentifierModel>? Identifiers { get; init; }

    /// <summary>The codes of the forums that it replaced.</summary>
    [MaxLength(20), RegularExpression(ForumCode.Pattern, ErrorMessage = ForumCode.Sentence)]
    [RefersTo("forums")]
    public IReadOnlyList<string>? Predecessors { get; init; }

    /// <summary>The codes of the forums that have this one as a predecessor.</summary>
    [ReadOnly(true)]
    [RefersTo("forums")]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>
    /// The declared numbers of members, each on a date. They are reconciled with the members on record.
    /// </summary>
    [MaxLength(200)]
    public IReadOnlyList<DeclaredCountModel>? DeclaredCounts { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period from the founding to the dissolution.</summary>
    internal Period Life => new(Founded, Dissolved, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Founded, Dissolved, Ended, "founded", "dissolved");

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule.</exception>
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

    internal static ForumModel Of(Forum forum, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Code = forum.Code.Value,
            Name = forum.Name,
            Names = ModelParts.Of(forum.Facts.Names),
            Founded = forum.Facts.Life.From,
            Dissolved = forum.Facts.Life.Until,
            Ended = DatedPart.EndedOf(forum.Facts.Life),
            Seat = SeatModel.Of(forum.Facts.Seat),
            Stages = ModelParts.Listed(forum.Facts.Stages, StageModel.Of),
            Identifiers = ModelParts.Listed(forum.Facts.Identifiers, IdentifierModel.Of),
            Predecessors = ModelParts.Listed(forum.Facts.Predecessors, code => code.Value),
            Successors = ModelParts.Listed(forum.Successors, code => code.Value),
            DeclaredCounts = ModelParts.Listed(forum.Facts.DeclaredCounts, DeclaredCountModel.Of),
            Sources = ModelParts.Of(forum.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };

    /// <summary>Converts the model to a forum, or corrects the current one.</summary>
    /// <exception cref="RegistryException">The code is that of another record, or the facts break a rule.</exception>
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
public sealed record StageModel : DatedPart
{
    /// <summary>The legal nature.</summary>
    [Required]
    public LegalNature? Nature { get; init; }

    /// <summary>The treaty, charter or declaration that began the stage.</summary>
    [StringLength(ForumStage.MaxInstrumentLength, MinimumLength = 1), JsonPropertyOrder(20)]
    public string? Instrument { get; init; }

    internal static StageModel Of(ForumStage stage) =>
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

/// <summary>A declared number of members of a forum on a date.</summary>
public sealed record DeclaredCountModel
{
    /// <summary>The date of the count, as precise as known.</summary>
    [Required]
    public PartialDate? On { get; init; }

    /// <summary>The standing that was counted.</summary>
    [Required]
    public StandingKind? Standing { get; init; }

    /// <summary>The number.</summary>
    [Required, Range(0, DeclaredCount.MaxCount)]
    public int? Count { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    internal static DeclaredCountModel Of(DeclaredCount count) =>
        new()
        {
            On = count.On,
            Standing = count.Standing,
            Count = count.Count,
            Sources = ModelParts.Of(count.Sources),
        };

    internal DeclaredCount ToCount() => new(On!, Standing!.Value, Count!.Value, Sources.ToCitations());
}

/// <summary>A body: an organ of a forum, such as a summit, a council of ministers, a secretariat or a fund.</summary>
public sealed record BodyModel : RecordModel, IValidatableObject
{
    /// <summary>The code of the forum: the one in the URL.</summary>
    [ReadOnly(true), Always]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>The code of the body within the forum: 2 to 64 characters of a-z, 0-9 and '-', starting with a letter.</summary>
    [Required, RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    public string? Code { get; init; }

    /// <summary>The name that lists show: the current official one, in English when there is one.</summary>
    [ReadOnly(true), Always]
    public string? Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    [ReadOnly(true)]
    public string? NameLanguage { get; init; }

    /// <summary>The names, by language and kind, each with its period.</summary>
    [Required, MinLength(1), MaxLength(200)]
    public IReadOnlyList<NameModel>? Names { get; init; }

    /// <summary>The kind of body.</summary>
    [Required]
    public BodyKind? Kind { get; init; }

    /// <summary>The code of the parent body, in the same forum, of which it is part or to which it reports.</summary>
    [RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    [RefersTo("bodies")]
    public string? Parent { get; init; }

    /// <summary>The day of the establishment, as precise as known.</summary>
    public PartialDate? Founded { get; init; }

    /// <summary>The last day, as precise as known; absent while it continues.</summary>
    public PartialDate? Dissolved { get; init; }

    /// <summary>True when it has ended; without <c>dissolved</c>, the date of the end is unknown.</summary>
    public bool? Ended { get; init; }

    /// <summary>The place of the headquarters; absent when it has none of its own.</summary>
    public SeatModel? Seat { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <summary>The period from the establishment to the dissolution.</summary>
    internal Period Life => new(Founded, Dissolved, Ended ?? false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PeriodRules.Broken(Founded, Dissolved, Ended, "founded", "dissolved");

    /// <summary>Converts the model to facts, which the domain validates.</summary>
    /// <exception cref="RegistryException">The facts break a rule.</exception>
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

    /// <summary>Converts the model to a body.</summary>
    /// <exception cref="RegistryException">The code is that of another record, or the facts break a rule.</exception>
    internal Body ToAggregate(ForumCode forum, string code, Period forumLife)
    {
        var slug = new BodyCode(code);
        RefuseOther(code, Code);
        return new Body(forum, slug, ToFacts(), forumLife);
    }

    internal static BodyModel Of(Body body, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Forum = body.Forum.Value,
            Code = body.Code.Value,
            Name = body.Name,
            Names = ModelParts.Of(body.Facts.Names),
            Kind = body.Facts.Kind,
            Parent = body.Facts.Parent?.Value,
            Founded = body.Facts.Life.From,
            Dissolved = body.Facts.Life.Until,
            Ended = DatedPart.EndedOf(body.Facts.Life),
            Seat = SeatModel.Of(body.Facts.Seat),
            Sources = ModelParts.Of(body.Facts.Sources),
            Version = version,
            RecordedAt = recordedAt,
        };
}
