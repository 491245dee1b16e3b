namespace Registry.Domain;

/// <summary>A name, title or text of a thing, with its language and the period in which it is in use.</summary>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language, as a BCP 47 tag.</param>
/// <param name="Kind">The kind of the name in the contract, such as <c>official</c>; null for titles and texts.</param>
/// <param name="InUse">The period in which it is in use.</param>
public sealed record BorneName(string Text, string Language, string? Kind, Period InUse);

/// <summary>The choice of the name that a response shows.</summary>
public static class NameChoice
{
    /// <summary>The default language.</summary>
    public const string DefaultLanguage = "en";

    private const string Former = "former";

    /// <summary>Chooses the name to show, or null when there is none.</summary>
    /// <param name="names">The names of the thing.</param>
    /// <param name="preferred">
    /// The kind that is shown when the thing has it: official for forums, short for states.
    /// </param>
    /// <param name="languages">
    /// The requested languages, as BCP 47 tags, in order of preference; English comes after them.
    /// </param>
    /// <param name="day">
    /// The day of the name, or null for the latest one. A name in use on that day comes before one in a better language
    /// that was not: the name of 2021 was not that of 2015.
    /// </param>
    /// <remarks>Acronyms and aliases are shown only when a thing has no other name.</remarks>
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
            .ThenByDescending(name => name.InUse.LatestEnd)
            .ThenByDescending(name => name.InUse.EarliestStart)
            .FirstOrDefault();

    /// <summary>
    /// True when one language is the other, or a variety of it: <c>pt-BR</c> and <c>pt</c>, in either order.
    /// </summary>
    public static bool Fits(string language, string wanted) =>
        string.Equals(language, wanted, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Primary(language), Primary(wanted), StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets 0 for a name in use on the day, 1 for one that may have been, 2 for others.</summary>
    private static int Absence(BorneName name, DateOnly day) =>
        // A former name without dates ended on an unknown day.
        name is { Kind: Former, InUse: { From: null, Until: null } }
            ? 1
            : name.InUse.On(day) switch
            {
                PeriodReading.Inside => 0,
                PeriodReading.Uncertain => 1,
                _ => 2,
            };

    /// <summary>
    /// Gets the rank of the language among the requested ones: the exact tag before a variety of it, then English, then
    /// others.
    /// </summary>
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
