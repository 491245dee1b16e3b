namespace Registry.Bench.Data;

/// <summary>Names for what does not exist: the same number has the same word in every run.</summary>
internal static class MadeUpWords
{
    /// <summary>How long every word is, so that one can be put in the place of another.</summary>
    public const int Length = 6;

    // Without the consonants of English endings, no word stands by chance inside the members of a record.
    private const string Consonants = "bdfgjklmpqvwxz";
    private const string Vowels = "aeiou";
    private const int Syllables = 14 * 5;
    private const int Words = Syllables * Syllables * Syllables;

    // Shares no factor with the number of words, so that each number has a word of its own, far from its neighbour's.
    private const int Stride = 7919;

    /// <summary>A word of six small letters.</summary>
    public static string Of(int number)
    {
        var place = (int)((number + 1L) * Stride % Words);
        return string.Create(
            Length,
            place,
            static (letters, rest) =>
            {
                for (var at = Length - 2; at >= 0; at -= 2, rest /= Syllables)
                {
                    var syllable = rest % Syllables;
                    letters[at] = Consonants[syllable / Vowels.Length];
                    letters[at + 1] = Vowels[syllable % Vowels.Length];
                }
            }
        );
    }

    /// <summary>A word as names have it: one capital.</summary>
    public static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>A code of three capital letters.</summary>
    public static string StateCode(int number) =>
        new([(char)('A' + (number / 676 % 26)), (char)('A' + (number / 26 % 26)), (char)('A' + (number % 26))]);
}
