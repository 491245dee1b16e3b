using Registry.Domain.Provenance;

namespace Registry.Domain.Ministers;

/// <summary>The name of a person in one language and script, with the period in which it is in use.</summary>
/// <remarks>
/// The parts are those of Popolo (<c>family_name</c>, <c>given_name</c>, <c>patronymic_name</c>). A person may have
/// several spellings in one language at once, because official texts spell names differently.
/// </remarks>
public sealed record PersonName
{
    /// <summary>The maximum length of a part.</summary>
    public const int MaxPartLength = 150;

    /// <exception cref="IllegalValueException">The text is blank, or a part is blank or too long.</exception>
    public PersonName(
        Language language,
        string text,
        string? family = null,
        string? given = null,
        string? patronymic = null,
        Period? inUse = null
    )
    {
        Language = language;
        Text = Check.Text("text", text, DatedName.MaxLength);
        Family = Check.OptionalText("family", family, MaxPartLength);
        Given = Check.OptionalText("given", given, MaxPartLength);
        Patronymic = Check.OptionalText("patronymic", patronymic, MaxPartLength);
        InUse = inUse ?? Period.Always;
    }

    /// <summary>The language and script of the text.</summary>
    public Language Language { get; }

    /// <summary>The full name, in the order in which it is usually written.</summary>
    public string Text { get; }

    public string? Family { get; }

    public string? Given { get; }

    public string? Patronymic { get; }

    /// <summary>The period in which it is in use.</summary>
    public Period InUse { get; }
}

/// <summary>The facts of a minister, apart from the id.</summary>
public sealed record MinisterFacts
{
    public required IReadOnlyList<PersonName> Names { get; init; }

    /// <summary>
    /// The name by which the person is sorted (<c>Tileuberdi, Mukhtar</c>); derived from the names when absent.
    /// </summary>
    public string? SortName { get; init; }

    /// <summary>The period from birth to death.</summary>
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

    /// <summary>The name that lists show: the latest one, in English when there is one.</summary>
    public string Name => Shown.Text;

    /// <summary>The name by which the person is sorted: as given, or the family name first.</summary>
    public string SortName =>
        Facts.SortName
        ?? (Shown is { Family: { } family, Given: { } given } ? $"{family}, {given}" : Shown.Family ?? Shown.Text);

    private PersonName Shown =>
        Facts
            .Names.OrderBy(name => name.Language.Tag != "en")
            .ThenByDescending(name => name.InUse.LatestEnd)
            .ThenByDescending(name => name.InUse.EarliestStart)
            .First();
}
