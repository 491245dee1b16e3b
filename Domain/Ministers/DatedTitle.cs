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

    /// <summary>The language of the text.</summary>
    public Language Language { get; }

    /// <summary>The title.</summary>
    public string Text { get; }

    /// <summary>The period in which it is valid.</summary>
    public Period Valid { get; }
}

/// <summary>The titles of a post or of an appointment; the periods of one language do not overlap.</summary>
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

    /// <summary>The titles, in the given order.</summary>
    public IReadOnlyList<DatedTitle> All => _all;

    /// <summary>
    /// Gets the title that lists show: the latest one, in English when there is one, or null when there is none.
    /// </summary>
    public string? Display => Best(_all, [])?.Text;

    /// <summary>Gets the title on a day, in English when there is one.</summary>
    /// <inheritdoc cref="On(DateOnly, IReadOnlyList{string})"/>
    public string? On(DateOnly day) => On(day, [])?.Text;

    /// <summary>
    /// Gets the title on a day: a certain one before an uncertain one, then in the best of the requested languages,
    /// otherwise in English when there is one.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="languages">
    /// The requested languages, as BCP 47 tags, in order of preference; none for English.
    /// </param>
    /// <returns>The title, or null when none was valid.</returns>
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
