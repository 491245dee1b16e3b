namespace Registry.Domain;

/// <summary>The kind of a name.</summary>
public enum NameKind
{
    /// <summary>The full name of the founding or constitutional document.</summary>
    Official,

    /// <summary>The name in everyday use.</summary>
    Short,

    /// <summary>A name that was given up.</summary>
    Former,

    /// <summary>The initials.</summary>
    Acronym,

    /// <summary>
    /// Another name in use, such as United States or South Korea: the thing is found by it, but lists do not show it.
    /// </summary>
    Alias,
}

/// <summary>A name in one language, with the period in which it was borne.</summary>
public sealed record DatedName
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxLength = 300;

    /// <exception cref="IllegalValueException">The text is blank or longer than <see cref="MaxLength"/>.</exception>
    public DatedName(NameKind kind, Language language, string text, Period borne)
    {
        Text = Check.Text("text", text, MaxLength);
        Kind = kind;
        Language = language;
        Borne = borne;
    }

    /// <summary>The kind of the name.</summary>
    public NameKind Kind { get; }

    /// <summary>The language it is written in.</summary>
    public Language Language { get; }

    /// <summary>The name itself.</summary>
    public string Text { get; }

    /// <summary>When it was borne.</summary>
    public Period Borne { get; }
}

/// <summary>The names of one thing. There is at least one.</summary>
public sealed class Names
{
    private readonly DatedName[] _all;

    /// <exception cref="IllegalValueException">There is no name.</exception>
    /// <exception cref="RuleBrokenException">
    /// Two official or two short names of one language are borne at once: nobody could say which one holds.
    /// </exception>
    public Names(IEnumerable<DatedName> names)
    {
        _all = [.. names];
        if (_all.Length == 0)
        {
            throw new IllegalValueException("names", "At least one name is needed.");
        }

        foreach (
            var rivals in _all.Where(name => name.Kind is NameKind.Official or NameKind.Short)
                .GroupBy(name => (name.Kind, name.Language))
        )
        {
            Check.Apart(
                rivals.Select(name => name.Borne),
                "name-overlap",
                $"Two {rivals.Key.Kind} names in '{rivals.Key.Language}' overlap"
            );
        }
    }

    /// <summary>Every name, in the order given.</summary>
    public IReadOnlyList<DatedName> All => _all;

    /// <summary>
    /// The one name that lists show: the latest in English where there is one, official before short for forums'
    /// records and short before official where <paramref name="preferred"/> says so. An alias is shown only where there is
    /// nothing else but former names.
    /// </summary>
    public string Display(NameKind preferred) =>
        _all.OrderBy(name =>
                name.Kind switch
                {
                    NameKind.Former => 2,
                    NameKind.Alias => 1,
                    _ => 0,
                }
            )
            .ThenBy(name => name.Language.Tag != "en")
            .ThenBy(name => name.Kind != preferred)
            .ThenBy(name => name.Kind == NameKind.Acronym)
            .ThenByDescending(name => name.Borne.LatestEnd)
            .ThenByDescending(name => name.Borne.EarliestStart)
            .First()
            .Text;
}
