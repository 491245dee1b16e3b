namespace Registry.Domain.Forums;

/// <summary>The legal nature of a forum, from the loosest to the closest.</summary>
public enum LegalNature
{
    /// <summary>Meetings without a founding document that binds.</summary>
    Dialogue,

    /// <summary>A standing conference on political declarations.</summary>
    Conference,

    /// <summary>Parties to a treaty, without a legal personality of their own.</summary>
    Treaty,

    /// <summary>An international organization with its own charter and personality.</summary>
    Organization,

    /// <summary>An organization to which states have given powers of their own.</summary>
    Union,
}

/// <summary>A period in which a forum had one legal nature, and the instrument that gave it.</summary>
public sealed record ForumStage
{
    /// <summary>The longest name of an instrument.</summary>
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
