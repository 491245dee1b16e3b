namespace Registry.Domain.Provenance;

/// <summary>The record that a claim is about.</summary>
/// <param name="Collection">The collection of the record.</param>
/// <param name="Id">The id in the collection: <c>CICA</c>, <c>CICA/secretariat</c>, <c>cica.kwt</c>.</param>
public sealed record ClaimSubject(string Collection, string Id);

/// <summary>The facts of a claim, apart from its id.</summary>
public sealed record ClaimFacts
{
    public required ClaimSubject Subject { get; init; }

    public required ClaimedField Field { get; init; }

    public required ClaimedValue Value { get; init; }

    /// <summary>The source.</summary>
    public required Slug Source { get; init; }

    public required Confidence Confidence { get; init; }

    public string? Note { get; init; }

    internal bool HasSameContent(ClaimFacts other) =>
        Subject == other.Subject && Field == other.Field && Value == other.Value;
}

/// <summary>
/// A claim: the value that a source gives to a field of a record, whether or not the record has that value.
/// </summary>
/// <remarks>
/// A claim does not change the record. A claim with another value is a rival. A claim can be preferred only while the
/// record has its value, so that the preferred claim always agrees with the record.
/// </remarks>
public sealed class Claim
{
    /// <summary>The maximum length of a note, and of a reason for a preference.</summary>
    public const int MaxNoteLength = 2000;

    /// <summary>The maximum length of a value, as JSON.</summary>
    public const int MaxValueLength = 20_000;

    /// <exception cref="IllegalValueException">A text is blank or too long.</exception>
    public Claim(Slug id, ClaimFacts facts, ClaimStanding standing)
    {
        Check.OptionalText("note", facts.Note, MaxNoteLength);
        if (facts.Value.Json.Length > MaxValueLength)
        {
            throw new IllegalValueException("value", $"It may have at most {MaxValueLength} characters.");
        }

        Check.OptionalText("reason", standing.Reason, MaxNoteLength);
        Id = id;
        Facts = facts;
        Standing = standing;
    }

    public Slug Id { get; }

    public ClaimFacts Facts { get; }

    /// <summary>Its relation to the record and to the other claims on the field.</summary>
    public ClaimStanding Standing { get; private set; }

    /// <summary>Replaces the facts; a preference remains when the value is the same.</summary>
    public Claim Corrected(ClaimFacts facts) =>
        new(Id, facts, facts.HasSameContent(Facts) ? Standing : new ClaimStanding(false, null, Standing.Rival));

    /// <summary>Compares the claim with the current record.</summary>
    /// <returns>True when the relation has changed.</returns>
    public bool Compare(ClaimedValue present)
    {
        var before = Standing;
        Standing = present == Facts.Value ? before with { Rival = false } : new ClaimStanding(false, null, true);
        return Standing != before;
    }

    /// <summary>Prefers the claim to the others on the field.</summary>
    /// <exception cref="RuleBrokenException">The record has another value.</exception>
    public void Prefer(string? reason)
    {
        if (Standing.Rival)
        {
            throw new RuleBrokenException(
                "claim-does-not-fit",
                $"The record does not accept the claimed value {Facts.Value} at {Facts.Field}."
            );
        }

        Check.OptionalText("reason", reason, MaxNoteLength);
        Standing = new ClaimStanding(true, reason, false);
    }

    /// <summary>Ends the preference, because another claim on the field is preferred.</summary>
    public void Yield() => Standing = Standing with { Preferred = false, Reason = null };
}

/// <summary>The relation of a claim to the record and to the other claims on its field.</summary>
/// <param name="Preferred">True for the one that the record follows by decision.</param>
/// <param name="Reason">The reason for the preference, or null.</param>
/// <param name="Rival">True when the record has another value.</param>
public sealed record ClaimStanding(bool Preferred, string? Reason, bool Rival)
{
    /// <summary>The standing of a new claim.</summary>
    public static readonly ClaimStanding New = new(false, null, false);
}
