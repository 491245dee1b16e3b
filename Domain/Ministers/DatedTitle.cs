namespace Registry.Domain.Ministers;

/// <summary>A title in one language, with the period in which it is valid.</summary>
public sealed record DatedTitle
{
    /// <exception cref="IllegalValueException">The text is blank or too long.</exception>
    public DatedTitle(Language language, string text, Period valid)
    {
        Language = language;
        Text = Check.Text("text", text, DatedName.MaxLength);
        Valid = valid;
    }

    /// <summary>The language it is written in.</summary>
    public Language Language { get; }

    /// <summary>The title itself.</summary>
    public string Text { get; }

    /// <summary>When it is the one to use.</summary>
    public Period Valid { get; }
}

/// <summary>The titles of a post, or of a minister in a post; of one language, one at a time.</summary>
public sealed class Titles
{
    private readonly DatedTitle[] _all;

    /// <exception cref="RuleBrokenException">Two titles of one language are valid at once.</exception>
    public Titles(IEnumerable<DatedTitle> titles)
    {
        _all = [.. titles];
        foreach (var rivals in _all.GroupBy(title => title.Language))
        {
            Check.Apart(rivals.Select(title => title.Valid), "title-overlap", $"Two titles in '{rivals.Key}' overlap");
        }
    }

    /// <summary>Every title, in the order given.</summary>
    public IReadOnlyList<DatedTitle> All => _all;

    /// <summary>The one that lists show: the latest in English where there is one; null where there is none at all.</summary>
    public string? Display => Best(_all, [])?.Text;

    /// <summary>The title on a day, in English where there is one.</summary>
    /// <inheritdoc cref="On(DateOnly, IReadOnlyList{string})"/>
    public string? On(DateOnly day) => On(day, [])?.Text;

    /// <summary>
    /// The title on a day: one that was certainly valid before one that may have been, in the best of the languages wanted,
    /// otherwise in English where there is one.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="languages">The languages wanted, as BCP 47 tags, the best first; none for English.</param>
    /// <returns>Null where none was.</returns>
    public DatedTitle? On(DateOnly day, IReadOnlyList<string> languages) =>
        Best(_all.Where(title => title.Valid.On(day) == PeriodReading.Inside), languages)
        ?? Best(_all.Where(title => title.Valid.On(day) == PeriodReading.Uncertain), languages);

    private static DatedTitle? Best(IEnumerable<DatedTitle> titles, IReadOnlyList<string> languages) =>
        titles
            .OrderBy(title => NameChoice.PlaceOf(title.Language.Tag, languages))
            .ThenByDescending(title => title.Valid.LatestEnd)
            .ThenByDescending(title => title.Valid.EarliestStart)
            .FirstOrDefault();
}
