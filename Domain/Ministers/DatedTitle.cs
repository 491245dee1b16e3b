namespace Registry.Domain.Ministers;

/// <summary>A title in one language, with the period in which it is the one to use.</summary>
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
            Check.Apart(
                rivals.Select(title => title.Valid),
                "title-overlap",
                $"Two titles in '{rivals.Key}' are valid at once"
            );
        }
    }

    /// <summary>Every title, in the order given.</summary>
    public IReadOnlyList<DatedTitle> All => _all;

    /// <summary>The one that lists show: the latest in English where there is one; null where there is none at all.</summary>
    public string? Display => Best(_all);

    /// <summary>
    /// The title on a day: one that was certainly valid before one that may have been, in English where there is one.
    /// </summary>
    /// <returns>Null where none was.</returns>
    public string? On(DateOnly day) =>
        Best(_all.Where(title => title.Valid.On(day) == PeriodReading.Inside))
        ?? Best(_all.Where(title => title.Valid.On(day) == PeriodReading.Uncertain));

    private static string? Best(IEnumerable<DatedTitle> titles) =>
        titles
            .OrderBy(title => title.Language.Tag != "en")
            .ThenByDescending(title => title.Valid.LatestEnd)
            .ThenByDescending(title => title.Valid.EarliestStart)
            .FirstOrDefault()
            ?.Text;
}
