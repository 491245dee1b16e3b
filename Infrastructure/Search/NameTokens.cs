using System.Text;
using Registry.Domain.Search;

namespace Registry.Infrastructure.Search;

/// <summary>Converts words to tokens of the index, and to tokens for lookups.</summary>
internal static class NameTokens
{
    /// <summary>
    /// The version of the tokens. It changes whenever the same names would give other tokens; the index is then
    /// rebuilt.
    /// </summary>
    public const int Format = 2;

    private const int MaxTokenLength = 64;
    private const int MaxTokensOfName = 200;
    private const int MinReversedLength = 5;

    // Long enough to be rare, and short enough to be spelled correctly.
    private const int MaxHalfLength = 4;

    // Characters that no word contains.
    private const char Reversed = '~';
    private const char State = '@';
    private const char Sound = '*';

    // Names that are transliterated, each time by other rules.
    private static readonly HashSet<string> Transliterated = ["states", "forums", "bodies", "ministers"];

    /// <summary>Lists the tokens of a name.</summary>
    public static IEnumerable<string> Of(NameRow name)
    {
        if (NamedRecords.IsSign(name.Kind))
        {
            return [Cut(name.Folded)];
        }

        var folded = FoldedText.Of(name.Name);

        // The outcome of a meeting is a full sentence, and nobody misspells it to find it.
        var reversed = name.Collection == "outcomes" ? [] : folded.Words.Where(IsReversed).Select(Backwards);
        var sounds = Transliterated.Contains(name.Collection) ? folded.Words.SelectMany(BySound) : [];
        return folded
            .Words.SelectMany(Parts)
            .Concat(folded.Joined.Select(Cut))
            .Concat(WithoutArticles(folded).Select(Cut))
            .Concat(FoldedText.Otherwise(name.Name).SelectMany(other => other.Words).SelectMany(Parts))
            .Concat(reversed)
            .Concat(sounds)
            .Concat(name.Country is { } state && name.Collection != "states" ? [OfState(state)] : [])
            .Distinct(StringComparer.Ordinal)
            .Take(MaxTokensOfName);
    }

    /// <summary>Lists the prefixes to look up for a word; a name with the word has all of them.</summary>
    public static IEnumerable<string> Lookups(string word)
    {
        var parts = Parts(word).ToArray();

        // The last character alone begins no pair.
        return parts.Length > 1 ? parts[..^1] : parts;
    }

    /// <summary>
    /// Gets the exclusive upper bound of the tokens with a prefix: the prefix with its last character incremented.
    /// </summary>
    public static string After(string beginning)
    {
        var runes = beginning.EnumerateRunes().ToArray();
        var last = runes[^1].Value;
        var next = last == 0xD7FF ? 0xE000 : last + 1;
        return $"{beginning[..^runes[^1].Utf16SequenceLength]}{(Rune.IsValid(next) ? new Rune(next) : new Rune(last))}";
    }

    /// <summary>Gets the token of every name of the records of a state.</summary>
    public static string OfState(string code) => $"{State}{code}";

    /// <summary>
    /// Gets the first half of a word, or less, by which it is looked up when its end may be misspelt.
    /// </summary>
    public static string FirstHalf(string word) => Half(word);

    /// <summary>Gets the reversed end of a word, by which it is looked up when its beginning may be misspelt.</summary>
    public static string LastHalf(string word) => Reversed + Half(ReversedText(word));

    /// <summary>Gets the token of all words with the same consonants; empty when there are too few.</summary>
    public static IEnumerable<string> BySound(string word) =>
        Consonants.Of(word) is { Length: > 0 } sounds ? [Cut(Sound + sounds)] : [];

    /// <summary>Lists the Arabic words of a name without the article, which some writers omit.</summary>
    public static IEnumerable<string> WithoutArticles(FoldedText name) =>
        name.Words.Where(word => FoldedText.WithoutArticle(word) != word).Select(FoldedText.WithoutArticle);

    /// <summary>Gets the word of a token.</summary>
    public static string WordOf(string token) => token[0] == Reversed ? ReversedText(token[1..]) : token;

    /// <summary>True for a word that is also stored in reverse.</summary>
    public static bool IsReversed(string word) => word.Length >= MinReversedLength && !FoldedText.IsIdeographic(word);

    private static string Backwards(string word) => Cut(Reversed + ReversedText(word));

    private static string Half(string word) => word[..Math.Clamp(word.Length / 2, 2, MaxHalfLength)];

    private static string ReversedText(string word)
    {
        var letters = word.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    /// <summary>
    /// Lists the word itself or, for a run of characters without spaces, each pair of neighbours and the last one
    /// alone, so that words within the run are found too.
    /// </summary>
    private static IEnumerable<string> Parts(string word)
    {
        if (!FoldedText.IsIdeographic(word))
        {
            return [Cut(word)];
        }

        var runes = word.EnumerateRunes().ToArray();
        return runes.Select((rune, place) => place + 1 < runes.Length ? $"{rune}{runes[place + 1]}" : rune.ToString());
    }

    private static string Cut(string token) => token.Length <= MaxTokenLength ? token : token[..MaxTokenLength];
}
