namespace Registry.Domain.Forums;

/// <summary>The legal nature of a forum, from the loosest to the closest.</summary>
public enum LegalNature
{
    /// <summary>Meetings without a binding founding document.</summary>
    Dialogue,

    /// <summary>A standing conference on the basis of political declarations.</summary>
    Conference,

    /// <summary>The parties to a treaty, without a legal personality of the forum.</summary>
    Treaty,

    /// <summary>An international organization with its own charter and personality.</summary>
    Organization,

    /// <summary>An organization to which states have transferred powers.</summary>
    Union,
}

/// <summary>A period in which a forum had one legal nature, with the instrument that gave it.</summary>
public sealed record ForumStage
{
    /// <summary>The maximum length of an instrument.</summary>
    public const int MaxInstrumentLength = 300;

    /// <exception cref="IllegalValueException">The instrument is blank or too long.</exception>
    public ForumStage(LegalNature nature, Period held, string? instrument)
    {
        Nature = nature;
        Held = held;
        Instrument = Check.OptionalText("instrument", instrument, MaxInstrumentLength);
    }

    public LegalNature Nature { get; }

    public Period Held { get; }

    /// <summary>The treaty, charter or declaration that began the stage.</summary>
    public string? Instrument { get; }
}
