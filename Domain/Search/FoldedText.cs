using System.Globalization;
using System.Text;

namespace Registry.Domain.Search;

/// <summary>
/// A name as search compares it: in words, without case, accents and signs, so that <c>Côte d’Ivoire</c> and
/// <c>COTE D'IVOIRE</c> are the same.
/// </summary>
/// <remarks>
/// What stands between signs inside a word (<c>d'Ivoire</c>, <c>Guinea-Bissau</c>, <c>U.N.</c>) is several words and, run
/// together, one more: people write it both ways. Chinese and Japanese have no spaces; a run of their characters is one word.
/// </remarks>
public sealed class FoldedText
{
    // Letters that Unicode does not take apart, and those that writers put for one another.
    private static readonly Dictionary<int, string> Spelled = new()
    {
        ['æ'] = "ae",
        ['ð'] = "d",
        ['đ'] = "d",
        ['ħ'] = "h",
        ['ı'] = "i",
        ['ĸ'] = "k",
        ['ł'] = "l",
        ['ŋ'] = "n",
        ['ø'] = "o",
        ['œ'] = "oe",
        ['ß'] = "ss",
        ['þ'] = "th",
        ['ŧ'] = "t",
        ['ə'] = "a",
        ['ς'] = "σ",
        ['ة'] = "ه",
        ['ى'] = "ي",
        ['ی'] = "ي",
        ['ک'] = "ك",
        // The Arabic letter that only stretches a word.
        ['ـ'] = "",
    };

    private const int CyrillicI = 'и';
    private const int Breve = 0x0306;

    private FoldedText(IReadOnlyList<string> words, IReadOnlyList<string> joined)
    {
        Words = words;
        Joined = joined;
        Whole = string.Join(' ', words);
        Compact = string.Concat(words);
    }

    /// <summary>The words, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words that signs take apart, run together.</summary>
    public IReadOnlyList<string> Joined { get; }

    /// <summary>The words with a space between them.</summary>
    public string Whole { get; }

    /// <summary>The words with nothing between them.</summary>
    public string Compact { get; }

    /// <summary>True where there is no letter and no digit.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>Folds a text.</summary>
    public static FoldedText Of(string text)
    {
        var folding = new Folding();
        var before = 0;
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var letter = Rune.ToLowerInvariant(rune);
            if (IsMark(letter.Value))
            {
                // й is a letter of its own; ё and е are put for one another.
                if (letter.Value == Breve && before == CyrillicI)
                {
                    folding.Add(letter, ideograph: false);
                }
            }
            else if (Spelled.TryGetValue(letter.Value, out var spelled))
            {
                folding.Add(spelled);
            }
            else if (Rune.GetNumericValue(letter) is >= 0 and <= 9 && Rune.IsDigit(letter))
            {
                folding.Add(new Rune((char)('0' + (int)Rune.GetNumericValue(letter))), ideograph: false);
            }
            else if (Rune.IsLetterOrDigit(letter) || IsVowelSign(letter))
            {
                folding.Add(letter, IsIdeograph(letter.Value));
            }
            else if (Rune.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                folding.End(joins: IsJoiner(letter.Value));
            }

            before = letter.Value;
        }

        return folding.Done();
    }

    /// <summary>True for a word in characters that are written without spaces between words.</summary>
    public static bool IsIdeographic(string word) => word.EnumerateRunes().Any(rune => IsIdeograph(rune.Value));

    private static bool IsIdeograph(int value) =>
        value
            is (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF)
                or (>= 0x3041 and <= 0x309F)
                or (>= 0x30A1 and <= 0x30FA)
                or (>= 0x30FC and <= 0x30FF)
                or (>= 0x31F0 and <= 0x31FF)
                or 0x3005
                or 0x3007;

    /// <summary>Marks that a reader may leave out: accents, and the vowel points of Hebrew and Arabic.</summary>
    private static bool IsMark(int value) =>
        value
            is (>= 0x0300 and <= 0x036F)
                or (>= 0x0483 and <= 0x0489)
                or (>= 0x0591 and <= 0x05BD)
                or 0x05BF
                or 0x05C1
                or 0x05C2
                or 0x05C4
                or 0x05C5
                or 0x05C7
                or (>= 0x0610 and <= 0x061A)
                or (>= 0x064B and <= 0x065F)
                or 0x0670
                or (>= 0x06D6 and <= 0x06DC)
                or (>= 0x06DF and <= 0x06E8)
                or (>= 0x06EA and <= 0x06ED)
                or (>= 0x08D3 and <= 0x08FF)
                or (>= 0x1AB0 and <= 0x1AFF)
                or (>= 0x1DC0 and <= 0x1DFF)
                or (>= 0x20D0 and <= 0x20FF)
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xFE20 and <= 0xFE2F);

    /// <summary>Signs that belong to a word in other scripts, such as the vowels of Devanagari and the voiced kana.</summary>
    private static bool IsVowelSign(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsJoiner(int value) =>
        value is '\'' or '’' or '‘' or 'ʼ' or 'ʻ' or 'ʹ' or '`' or '´' or '-' or '‐' or '‑' or '–' or '.' or '/' or '·';

    private sealed class Folding
    {
        private readonly List<string> _words = [];
        private readonly List<string> _joined = [];
        private readonly StringBuilder _word = new();
        private int _chunk;
        private bool _ideographs;

        public void Add(string letters) => Begin(ideograph: false).Append(letters);

        public void Add(Rune letter, bool ideograph)
        {
            // A sign that voices a kana stays with it.
            var mark = letter.Value is 0x3099 or 0x309A;
            Begin(mark ? _ideographs : ideograph).Append(letter.ToString());
        }

        public void End(bool joins)
        {
            EndWord();
            if (!joins)
            {
                if (_words.Count - _chunk > 1)
                {
                    _joined.Add(string.Concat(_words.Skip(_chunk)));
                }

                _chunk = _words.Count;
            }
        }

        public FoldedText Done()
        {
            End(joins: false);
            return new FoldedText(_words, _joined);
        }

        private StringBuilder Begin(bool ideograph)
        {
            if (ideograph != _ideographs)
            {
                End(joins: false);
                _ideographs = ideograph;
            }

            return _word;
        }

        private void EndWord()
        {
            if (_word.Length > 0)
            {
                _words.Add(_word.ToString().Normalize(NormalizationForm.FormC));
                _word.Clear();
            }
        }
    }
}
