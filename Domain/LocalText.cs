namespace Registry.Domain;

/// <summary>A text in one language.</summary>
public sealed record LocalText
{
    /// <summary>The maximum length of a text, in UTF-16 code units.</summary>
    public const int MaxLength = 2000;

    /// <exception cref="IllegalValueException">The text is blank or longer than <see cref="MaxLength"/>.</exception>
    public LocalText(Language language, string text)
    {
        Language = language;
        Text = Check.Text("text", text, MaxLength);
    }

    /// <summary>The language of the text.</summary>
    public Language Language { get; }

    /// <summary>The text.</summary>
    public string Text { get; }
}

/// <summary>The same text in one or more languages, once in each.</summary>
public sealed class Texts
{
    private readonly LocalText[] _all;

    /// <exception cref="IllegalValueException">There is no text, or two in one language.</exception>
    public Texts(string field, IEnumerable<LocalText> texts)
    {
        _all = [.. texts];
        if (_all.Length == 0)
        {
            throw new IllegalValueException(field, "At least one text is needed.");
        }

        if (_all.DistinctBy(text => text.Language).Count() < _all.Length)
        {
            throw new IllegalValueException(field, "Only one text in each language is allowed.");
        }
    }

    /// <summary>The texts, in the given order.</summary>
    public IReadOnlyList<LocalText> All => _all;

    /// <summary>Gets the text that lists show: in English when there is one, otherwise the first.</summary>
    public string Display => (_all.FirstOrDefault(text => text.Language.Tag == "en") ?? _all[0]).Text;
}
