namespace Registry.Domain;

/// <summary>The kind of a name.</summary>
public enum NameKind
{
    /// <summary>The full name of the founding or constitutional document.</summary>
    Official,

    /// <summary>The name in everyday use.</summary>
    Short,

    /// <summary>A name that is no longer in use.</summary>
    Former,

    /// <summary>The initials.</summary>
    Acronym,

    /// <summary>
    /// Another name in use, such as United States or South Korea: search finds it, but lists do not show it.
    /// </summary>
    Alias,
}

/// <summary>A name in one language, with the period in which it is in use.</summary>
public sealed record DatedName
{
    /// <summary>The maximum length of a name, in UTF-16 code units.</summary>
    public const int MaxLength = 300;

    /// <exception cref="IllegalValueException">The text is blank or longer than <see cref="MaxLength"/>.</exception>
    public DatedName(NameKind kind, Language language, string text, Period inUse)
    {
        Text = Check.Text("text", text, MaxLength);
        Kind = kind;
        Language = language;
        InUse = inUse;
    }

    /// <summary>The kind of the name.</summary>
    public NameKind Kind { get; }

    /// <summary>The language of the text.</summary>
    public Language Language { get; }

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>The period in which it is in use.</summary>
    public Period InUse { get; }
}

/// <summary>The names of one thing. There is at least one.</summary>
public sealed class Names
{
    private readonly DatedName[] _all;

    /// <exception cref="IllegalValueException">There is no name.</exception>
    /// <exception cref="RuleBrokenException">
    /// Two official or two short names of one language are in use at once, so that the valid one is ambiguous.
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
                rivals.Select(name => name.InUse),
                "name-overlap",
                $"Two {rivals.Key.Kind} names in '{rivals.Key.Language}' overlap"
            );
        }
    }

    /// <summary>The names, in the given order.</summary>
    public IReadOnlyList<DatedName> All => _all;

    /// <summary>
    /// Gets the name that lists show: the latest one, in English when there is one; official before short for forums,
    /// and short before official when <paramref name="preferred"/> is short. An alias is shown only when all other
    /// names are former ones.
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
            .ThenByDescending(name => name.InUse.LatestEnd)
            .ThenByDescending(name => name.InUse.EarliestStart)
            .First()
            .Text;
}
