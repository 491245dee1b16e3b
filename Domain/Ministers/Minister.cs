using Registry.Domain.Provenance;

namespace Registry.Domain.Ministers;

/// <summary>The name of a person in one language and script, with the period in which it was borne.</summary>
/// <remarks>
/// The parts are those of Popolo (<c>family_name</c>, <c>given_name</c>, <c>patronymic_name</c>). A person may have
/// several spellings in one language at once: gazettes and cables disagree on how to write a name.
/// </remarks>
public sealed record PersonName
{
    /// <summary>The longest part.</summary>
    public const int MaxPartLength = 150;

    /// <exception cref="IllegalValueException">The text is blank, or a part is blank or too long.</exception>
    public PersonName(
        Language language,
        string text,
        string? family = null,
        string? given = null,
        string? patronymic = null,
        Period? borne = null
    )
    {
        Language = language;
        Text = Check.Text("text", text, DatedName.MaxLength);
        Family = Check.OptionalText("family", family, MaxPartLength);
        Given = Check.OptionalText("given", given, MaxPartLength);
        Patronymic = Check.OptionalText("patronymic", patronymic, MaxPartLength);
        Borne = borne ?? Period.Always;
    }

    /// <summary>The language and script it is written in.</summary>
    public Language Language { get; }

    /// <summary>The whole name, in the order in which it is usually written.</summary>
    public string Text { get; }

    public string? Family { get; }

    public string? Given { get; }

    public string? Patronymic { get; }

    /// <summary>When it was borne.</summary>
    public Period Borne { get; }
}

/// <summary>What is known of a minister, apart from the id.</summary>
public sealed record MinisterFacts
{
    public required IReadOnlyList<PersonName> Names { get; init; }

    /// <summary>How to file the person (<c>Tileuberdi, Mukhtar</c>); made from the name where absent.</summary>
    public string? SortName { get; init; }

    /// <summary>From the birth to the death.</summary>
    public Period Life { get; init; } = Period.Always;

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public IReadOnlyList<WebLink> Links { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A person who holds or held posts: a minister, a head of state, a secretary general.</summary>
public sealed class Minister
{
    /// <exception cref="IllegalValueException">There is no name, or the sort name is blank or too long.</exception>
    public Minister(Slug id, MinisterFacts facts)
    {
        if (facts.Names.Count == 0)
        {
            throw new IllegalValueException("names", "At least one name is needed.");
        }

        Check.OptionalText("sortName", facts.SortName, DatedName.MaxLength);
        Id = id;
        Facts = facts;
    }

    public Slug Id { get; }

    public MinisterFacts Facts { get; }

    /// <summary>The name that lists show: the latest in English where there is one.</summary>
    public string Name => Shown.Text;

    /// <summary>How the person is filed: as said, or by the family name.</summary>
    public string SortName =>
        Facts.SortName
        ?? (Shown is { Family: { } family, Given: { } given } ? $"{family}, {given}" : Shown.Family ?? Shown.Text);

    private PersonName Shown =>
        Facts
            .Names.OrderBy(name => name.Language.Tag != "en")
            .ThenByDescending(name => name.Borne.LatestEnd)
            .ThenByDescending(name => name.Borne.EarliestStart)
            .First();
}
