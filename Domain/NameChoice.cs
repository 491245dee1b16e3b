namespace Registry.Domain;

/// <summary>A name, title or text as one thing bears it, with its language and the period in which it is borne.</summary>
/// <param name="Text">The name itself.</param>
/// <param name="Language">Its language, as a BCP 47 tag.</param>
/// <param name="Kind">The kind of the name as the contract spells it, such as <c>official</c>; null for titles and texts.</param>
/// <param name="Borne">When it is borne.</param>
public sealed record BorneName(string Text, string Language, string? Kind, Period Borne);

/// <summary>The one name of several that an answer shows.</summary>
public static class NameChoice
{
    /// <summary>The language of those who ask for none.</summary>
    public const string DefaultLanguage = "en";

    private const string Former = "former";

    /// <summary>The name to show; null where there is no name at all.</summary>
    /// <param name="names">The names of the thing.</param>
    /// <param name="preferred">The kind that is shown where the thing has it: official for forums, short for states.</param>
    /// <param name="languages">The languages wanted, as BCP 47 tags, the best first; English comes after them.</param>
    /// <param name="day">
    /// The day whose name is wanted; null for the latest. A name that was borne on it comes before one in a better language
    /// that was not: a thing was not called in 2015 what it was renamed to in 2021.
    /// </param>
    /// <remarks>Acronyms and aliases are shown only where a thing has no other name.</remarks>
    public static BorneName? Of(
        IEnumerable<BorneName> names,
        NameKind preferred,
        IReadOnlyList<string> languages,
        DateOnly? day
    ) =>
        names
            .OrderBy(name => day is { } on ? Absence(name, on) : 0)
            .ThenBy(name => name.Kind is null or "official" or "short" or Former ? 0 : 1)
            .ThenBy(name => day is null && name.Kind == Former)
            .ThenBy(name => PlaceOf(name.Language, languages))
            .ThenBy(name => name.Kind == Former)
            .ThenBy(name => !string.Equals(name.Kind, preferred.ToString(), StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(name => name.Borne.LatestEnd)
            .ThenByDescending(name => name.Borne.EarliestStart)
            .FirstOrDefault();

    /// <summary>True where the language is the wanted one, or a variety of it: <c>pt-BR</c> for <c>pt</c>, and the other way round.</summary>
    public static bool Fits(string language, string wanted) =>
        string.Equals(language, wanted, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Primary(language), Primary(wanted), StringComparison.OrdinalIgnoreCase);

    /// <summary>0 for a name that was borne that day, 1 for one that may have been, 2 for others.</summary>
    private static int Absence(BorneName name, DateOnly day) =>
        // A former name without dates was given up on a day that nobody knows.
        name is { Kind: Former, Borne: { From: null, Until: null } }
            ? 1
            : name.Borne.On(day) switch
            {
                PeriodReading.Inside => 0,
                PeriodReading.Uncertain => 1,
                _ => 2,
            };

    /// <summary>The place of the language among those wanted: the very tag before a variety of it, then English, then others.</summary>
    internal static int PlaceOf(string language, IReadOnlyList<string> wanted)
    {
        for (var place = 0; place < wanted.Count; place++)
        {
            if (string.Equals(language, wanted[place], StringComparison.OrdinalIgnoreCase))
            {
                return 2 * place;
            }

            if (Fits(language, wanted[place]))
            {
                return (2 * place) + 1;
            }
        }

        return (2 * wanted.Count)
            + (
                language == DefaultLanguage ? 0
                : Fits(language, DefaultLanguage) ? 1
                : 2
            );
    }

    private static string Primary(string tag) => tag.Split('-', 2)[0];
}
