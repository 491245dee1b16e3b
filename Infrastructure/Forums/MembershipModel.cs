using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Forums;

/// <summary>The relation of one state, or one forum, to one forum: a timeline of standings that never overlap.</summary>
public sealed record MembershipModel : RecordModel
{
    /// <summary>
    /// The id, made from the codes: <c>cica.kwt</c>, or <c>cica.forum.un</c> when a forum is the member.
    /// </summary>
    [ReadOnly(true), Always]
    public string? Id { get; init; }

    /// <summary>The code of the forum: the one in the id.</summary>
    [ReadOnly(true), Always]
    [RefersTo("forums")]
    [Expandable]
    public string? Forum { get; init; }

    /// <summary>The state or forum that is the member: the one in the id.</summary>
    [ReadOnly(true), Always]
    [Expandable]
    public PartyModel? Member { get; init; }

    /// <summary>The standings in chronological order.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<StandingModel>? Standings { get; init; }

    internal static MembershipModel Of(Membership membership, int version, DateTimeOffset recordedAt) =>
        new()
        {
            Id = membership.Id,
            Forum = membership.Forum.Value,
            Member = PartyModel.Of(membership.Member),
            Standings = [.. membership.Standings.Select(StandingModel.Of)],
            Version = version,
            RecordedAt = recordedAt,
        };
}

/// <summary>A state or a forum, by its code.</summary>
public sealed record PartyModel : IValidatableObject
{
    /// <summary>The kind: a state or a forum.</summary>
    [Required]
    public PartyKind? Kind { get; init; }

    /// <summary>The code.</summary>
    [Required, RegularExpression(ForumCode.Pattern, ErrorMessage = "It is the code of a state or of a forum.")]
    [RefersTo]
    public string? Code { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == PartyKind.State && Code is not null && !Regex.IsMatch(Code, StateCode.Pattern))
        {
            yield return new ValidationResult(StateCode.Sentence, ["code"]);
        }
    }

    /// <summary>Converts the model to a party.</summary>
    public Party ToParty() => Party.Of(Kind!.Value, Code!);

    internal static PartyModel Of(Party party) => new() { Kind = party.Kind, Code = party.Code };
}

/// <summary>One standing of a member in a forum, over one period.</summary>
public record StandingModel : DatedPart
{
    /// <summary>The kind of standing.</summary>
    [Required]
    public StandingKind? Standing { get; init; }

    /// <summary>The decision, treaty or meeting that the standing rests on.</summary>
    [StringLength(Domain.Forums.Standing.MaxBasisLength, MinimumLength = 1), JsonPropertyOrder(20)]
    public string? Basis { get; init; }

    /// <summary>The kind of ending; absent when another standing follows directly.</summary>
    [JsonPropertyOrder(21)]
    public Ending? Ending { get; init; }

    /// <summary>The notice, decision or treaty that the end rests on.</summary>
    [StringLength(Domain.Forums.Standing.MaxBasisLength, MinimumLength = 1), JsonPropertyOrder(22)]
    public string? EndingBasis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20), JsonPropertyOrder(23)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore()
    {
        if (From is null)
        {
            yield return new ValidationResult("It is required, at least with its year.", ["from"]);
        }

        if (Ending is not null && Until is null && Ended != true)
        {
            yield return new ValidationResult("It is available only with until or ended.", ["ending"]);
        }

        if (EndingBasis is not null && Ending is null)
        {
            yield return new ValidationResult("It is available only with ending.", ["endingBasis"]);
        }
    }

    /// <summary>Converts the model to a standing, which the domain validates.</summary>
    /// <exception cref="RegistryException">The standing breaks a rule.</exception>
    public Standing ToStanding() =>
        new(
            Standing!.Value,
            ToPeriod(),
            Basis,
            Ending is { } ending ? new Departure(ending, EndingBasis) : null,
            Sources.ToCitations()
        );

    internal static StandingModel Of(Standing standing) =>
        new()
        {
            Standing = standing.Kind,
            From = standing.Held.From,
            Until = standing.Held.Until,
            Ended = EndedOf(standing.Held),
            Basis = standing.Basis,
            Ending = standing.Departure?.Ending,
            EndingBasis = standing.Departure?.Basis,
            Sources = ModelParts.Of(standing.Sources),
        };
}

/// <summary>The admission of a member: the party and its first standing.</summary>
public sealed record AdmissionModel : StandingModel
{
    /// <summary>The party that is admitted.</summary>
    [Required, JsonPropertyOrder(-1)]
    public PartyModel? Member { get; init; }
}

/// <summary>A step in the life of a membership.</summary>
public enum MembershipStep
{
    /// <summary>The party takes another standing, or rejoins after an end.</summary>
    Accede,

    /// <summary>The forum suspends the rights of a member.</summary>
    Suspend,

    /// <summary>A member freezes its participation itself.</summary>
    Freeze,

    /// <summary>A suspended or frozen member is a full member again.</summary>
    Resume,

    /// <summary>The membership ends.</summary>
    Withdraw,
}

/// <summary>A step in the world that changes the standing of a member.</summary>
public sealed record StepModel : IValidatableObject
{
    /// <summary>The kind of step.</summary>
    [Required]
    public MembershipStep? Step { get; init; }

    /// <summary>To accede: the new standing.</summary>
    public StandingKind? Standing { get; init; }

    /// <summary>To accede, suspend, freeze or resume: the first day of the new standing.</summary>
    public PartialDate? From { get; init; }

    /// <summary>To withdraw: the last day of the membership.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>To withdraw on an unknown date: true, without until.</summary>
    public bool? Ended { get; init; }

    /// <summary>To withdraw: the kind of ending; withdrew when absent.</summary>
    public Ending? Ending { get; init; }

    /// <summary>The decision, treaty or meeting that the step rests on.</summary>
    [StringLength(Domain.Forums.Standing.MaxBasisLength, MinimumLength = 1)]
    public string? Basis { get; init; }

    /// <summary>The sources.</summary>
    [MaxLength(20)]
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Step is not { } step)
        {
            yield break;
        }

        var ends = step == MembershipStep.Withdraw;
        foreach (
            var (field, given, fits) in new (string, bool, bool)[]
            {
                ("standing", Standing is not null, step == MembershipStep.Accede),
                ("from", From is not null, !ends),
                ("until", Until is not null, ends),
                ("ended", Ended is not null, ends),
                ("ending", Ending is not null, ends),
            }
        )
        {
            if (given && !fits)
            {
                yield return new ValidationResult($"It is not available with the step {Words.Of(step)}.", [field]);
            }
        }

        if (step == MembershipStep.Accede && Standing is null)
        {
            yield return new ValidationResult("It is required to accede.", ["standing"]);
        }

        if (!ends && From is null)
        {
            yield return new ValidationResult("It is required, at least with its year.", ["from"]);
        }

        if (ends && Until is null && Ended != true)
        {
            yield return new ValidationResult("It is required, or ended: true when the date is unknown.", ["until"]);
        }

        if (ends && Until is not null && Ended == false)
        {
            yield return new ValidationResult("It cannot be false when until is present.", ["ended"]);
        }
    }

    /// <summary>Takes the step.</summary>
    /// <exception cref="RegistryException">The membership does not allow it.</exception>
    public void ApplyTo(Membership membership)
    {
        var grounds = new Grounds(Basis, Sources.ToCitations());
        switch (Step!.Value)
        {
            case MembershipStep.Accede:
                membership.Accede(Standing!.Value, From!, grounds);
                break;
            case MembershipStep.Suspend:
                membership.Suspend(From!, grounds);
                break;
            case MembershipStep.Freeze:
                membership.Freeze(From!, grounds);
                break;
            case MembershipStep.Resume:
                membership.Resume(From!, grounds);
                break;
            case MembershipStep.Withdraw:
                var departure = new Departure(Ending ?? Domain.Forums.Ending.Withdrew, Basis);
                membership.Withdraw(Until, departure, grounds.Sources);
                break;
        }
    }
}
