using System.Text;
using Registry.Domain.Search;

namespace Registry.Infrastructure.Search;

/// <summary>How words become tokens of the index, and how they are looked up there.</summary>
internal static class NameTokens
{
    /// <summary>Changes whenever the same names would give other tokens: the index is then made again.</summary>
    public const int Format = 2;

    private const int Longest = 64;
    private const int MostOfAName = 200;
    private const int ShortestReversed = 5;

    // Enough to be rare, and little enough to be spelled right.
    private const int LongestHalf = 4;

    // Stand in no word.
    private const char Reversed = '~';
    private const char State = '@';
    private const char Sound = '*';

    // Names that are brought from one alphabet into another, each time by other rules.
    private static readonly HashSet<string> Transliterated = ["states", "forums", "bodies", "ministers"];

    /// <summary>The tokens of a name.</summary>
    public static IEnumerable<string> Of(NameRow name)
    {
        if (NamedRecords.IsSign(name.Kind))
        {
            return [Cut(name.Folded)];
        }

        var folded = FoldedText.Of(name.Name);

        // What a meeting did is told in whole sentences, which nobody misspells to find them.
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
            .Take(MostOfAName);
    }

    /// <summary>The beginnings to look up for a word, all of which a name that has the word has.</summary>
    public static IEnumerable<string> Lookups(string word)
    {
        var parts = Parts(word).ToArray();

        // The last character alone begins no pair.
        return parts.Length > 1 ? parts[..^1] : parts;
    }

    /// <summary>Where the tokens end that begin so: the beginning with its last character moved on by one.</summary>
    public static string After(string beginning)
    {
        var runes = beginning.EnumerateRunes().ToArray();
        var last = runes[^1].Value;
        var next = last == 0xD7FF ? 0xE000 : last + 1;
        return $"{beginning[..^runes[^1].Utf16SequenceLength]}{(Rune.IsValid(next) ? new Rune(next) : new Rune(last))}";
    }

    /// <summary>The token of every name of what is of a state.</summary>
    public static string OfState(string code) => $"{State}{code}";

    /// <summary>The first half of a word, or less, by which it is looked up where its end may be misspelt.</summary>
    public static string FirstHalf(string word) => Half(word);

    /// <summary>The same where its beginning may be: its end, backwards.</summary>
    public static string LastHalf(string word) => Reversed + Half(Turned(word));

    /// <summary>The token of every word with the same consonants; none where there are too few.</summary>
    public static IEnumerable<string> BySound(string word) =>
        Consonants.Of(word) is { Length: > 0 } sounds ? [Cut(Sound + sounds)] : [];

    /// <summary>The Arabic words of a name without the article that some leave out.</summary>
    public static IEnumerable<string> WithoutArticles(FoldedText name) =>
        name.Words.Where(word => FoldedText.WithoutArticle(word) != word).Select(FoldedText.WithoutArticle);

    /// <summary>The word that a token stands for.</summary>
    public static string WordOf(string token) => token[0] == Reversed ? Turned(token[1..]) : token;

    /// <summary>True for a word that is also kept backwards.</summary>
    public static bool IsReversed(string word) => word.Length >= ShortestReversed && !FoldedText.IsIdeographic(word);

    private static string Backwards(string word) => Cut(Reversed + Turned(word));

    private static string Half(string word) => word[..Math.Clamp(word.Length / 2, 2, LongestHalf)];

    private static string Turned(string word)
    {
        var letters = word.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    /// <summary>
    /// The word itself; of a run of characters without spaces each pair of neighbours and the last one alone, so that what
    /// stands within is found too.
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

    private static string Cut(string token) => token.Length <= Longest ? token : token[..Longest];
}
