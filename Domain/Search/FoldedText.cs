using System.Buffers;
using System.Globalization;
using System.Text;

namespace Registry.Domain.Search;

/// <summary>
/// A name as search compares it: split into words, without case, accents and punctuation, so that <c>Côte d’Ivoire</c>
/// and <c>COTE D'IVOIRE</c> are equal.
/// </summary>
/// <remarks>
/// The parts between signs inside a word (<c>d'Ivoire</c>, <c>Guinea-Bissau</c>, <c>U.N.</c>) are several words and,
/// joined, one more, because both spellings are common. Scripts such as Chinese, Japanese, Thai and Khmer have no
/// spaces; a run of their characters is one word. Arabic names with <c>عبد</c> are two words, with or without a space.
/// </remarks>
public sealed class FoldedText
{
    // Letters that Unicode does not decompose, and letters that writers exchange.
    private static readonly Dictionary<int, string> Replacements = new()
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
        ['ɓ'] = "b",
        ['ɖ'] = "d",
        ['ɗ'] = "d",
        ['ɛ'] = "e",
        ['ǝ'] = "e",
        ['ƒ'] = "f",
        ['ɣ'] = "g",
        ['ɨ'] = "i",
        ['ɩ'] = "i",
        ['ƙ'] = "k",
        ['ɲ'] = "n",
        ['ɔ'] = "o",
        ['ʋ'] = "v",
        ['ƴ'] = "y",
        ['ς'] = "σ",
        ['ة'] = "ه",
        ['ى'] = "ي",
        ['ی'] = "ي",
        ['ک'] = "ك",
        // The Arabic letter that only stretches a word.
        ['ـ'] = "",
    };

    // The letters that are also written as two.
    private static readonly Dictionary<char, string> WrittenWithTwo = new()
    {
        ['ä'] = "ae",
        ['ö'] = "oe",
        ['ø'] = "oe",
        ['ü'] = "ue",
        ['å'] = "aa",
        ['đ'] = "dj",
        ['ə'] = "e",
    };

    private static readonly SearchValues<char> OneForTwo = SearchValues.Create("äöøüåđəÄÖØÜÅĐƏ");

    // Signs that are used inside a word like an apostrophe, whatever their Unicode category.
    private const string Apostrophes = "'’‘‛ʼʻʽʾʿʹʺ`´′‵՚׳״ꞌ";

    private static readonly SearchValues<char> AnyApostrophe = SearchValues.Create(Apostrophes);

    // Written separately from the name that follows, or together with it.
    private const string Servant = "عبد";
    private const string Article = "ال";
    private static readonly string[] BeforeNames = [Servant, "ابو", "ام"];
    private const int MaxWordsOfPerson = 8;

    private const int CyrillicI = 'и';
    private const int Breve = 0x0306;

    private FoldedText(IReadOnlyList<string> words, IReadOnlyList<string> joined)
    {
        Words = words;
        Joined = joined;
        Distinctive = words.Where(word => !IsArticle(word)).ToArray() is { Length: > 0 } distinctive
            ? distinctive
            : words;
        Whole = string.Join(' ', words);
        Compact = string.Concat(words);
    }

    /// <summary>The words, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words without the articles of Arabic names, which many writers omit.</summary>
    public IReadOnlyList<string> Distinctive { get; }

    /// <summary>The words that are separated by signs, joined.</summary>
    public IReadOnlyList<string> Joined { get; }

    /// <summary>The words separated by spaces.</summary>
    public string Whole { get; }

    /// <summary>The words without separators.</summary>
    public string Compact { get; }

    /// <summary>True when there is no letter and no digit.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>
    /// Lists other spellings of the text: <c>Đorđe</c> as Djordje, <c>Müller</c> as Mueller, <c>Мар’яна</c> as Маряна.
    /// </summary>
    public static IEnumerable<FoldedText> Otherwise(string text)
    {
        if (Composed(text) is { } composed && composed.AsSpan().ContainsAny(OneForTwo))
        {
            var replacement = new StringBuilder(composed.Length + 4);
            foreach (var letter in composed)
            {
                _ = WrittenWithTwo.TryGetValue(char.ToLowerInvariant(letter), out var two)
                    ? replacement.Append(two)
                    : replacement.Append(letter);
            }

            yield return Of(replacement.ToString());
        }

        if (text.AsSpan().ContainsAny(AnyApostrophe))
        {
            yield return Of(string.Concat(text.Where(sign => !AnyApostrophe.Contains(sign))));
        }
    }

    private static bool IsArticle(string word) => word is "al" or "el";

    /// <summary>True for a sign inside a word, such as an apostrophe.</summary>
    public static bool IsApostrophe(char sign) => AnyApostrophe.Contains(sign);

    /// <summary>Gets an Arabic word without its article; the word itself when it has none.</summary>
    public static string WithoutArticle(string word) =>
        word.Length > Article.Length + 2 && word.StartsWith(Article, StringComparison.Ordinal)
            ? word[Article.Length..]
            : word;

    /// <summary>Folds a text.</summary>
    public static FoldedText Of(string text)
    {
        var folding = new Folding();
        var before = 0;

        // Unicode decomposes this one into a space and an accent.
        foreach (var rune in Decomposed(text.Replace('´', '\'')).EnumerateRunes())
        {
            var letter = Rune.ToLowerInvariant(rune);
            if (letter.IsAscii && Rune.IsLetterOrDigit(letter))
            {
                folding.Add((char)letter.Value);
            }
            else if (letter.IsBmp && AnyApostrophe.Contains((char)letter.Value))
            {
                folding.End(joins: true);
            }
            else if (IsMark(letter.Value))
            {
                // й is a separate letter; ё and е are exchanged by writers.
                if (letter.Value == Breve && before == CyrillicI)
                {
                    folding.Add(letter, ideograph: false);
                }
            }
            else if (Replacements.TryGetValue(letter.Value, out var replacement))
            {
                folding.Add(replacement);
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

    private static string Decomposed(string text) =>
        text.All(char.IsAscii) ? text : Valid(text).Normalize(NormalizationForm.FormKD);

    private static string? Composed(string text) =>
        text.All(char.IsAscii) ? null : Valid(text).Normalize(NormalizationForm.FormC);

    /// <summary>Replaces lone surrogates, which are not valid text and cannot be normalized.</summary>
    private static string Valid(string text) =>
        text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;

    /// <summary>True for a word in a script without spaces between words.</summary>
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
                or 0x3007
                // Thai, Lao, Burmese, Khmer, the scripts of the Tai, Balinese and Javanese.
                or (>= 0x0E01 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17D3)
                or (>= 0x1950 and <= 0x19DF)
                or (>= 0x1A20 and <= 0x1AAD)
                or (>= 0x1B00 and <= 0x1B4F)
                or (>= 0xA980 and <= 0xA9CF);

    /// <summary>True for optional marks: accents, and the vowel points of Hebrew and Arabic.</summary>
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

    /// <summary>
    /// True for signs that belong to a word in other scripts, such as the vowels of Devanagari and the voiced kana.
    /// </summary>
    private static bool IsVowelSign(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsJoiner(int value) => value is '-' or '‐' or '‑' or '–' or '.' or '/' or '·';

    private sealed class Folding
    {
        private readonly List<string> _words = [];
        private readonly List<string> _joined = [];
        private readonly StringBuilder _word = new();
        private int _chunk;
        private bool _ideographs;

        public void Add(char letter) => Begin(ideograph: false).Append(letter);

        public void Add(string letters) => Begin(ideograph: false).Append(letters);

        public void Add(Rune letter, bool ideograph)
        {
            // A mark that voices a kana stays with it.
            var mark = letter.Value is 0x3099 or 0x309A;
            var word = Begin(mark ? _ideographs : ideograph);
            _ = letter.IsBmp ? word.Append((char)letter.Value) : word.Append(letter.ToString());
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
            if (_words.Count <= MaxWordsOfPerson)
            {
                JoinNames();
            }

            return new FoldedText(_words, _joined);
        }

        /// <summary>Adds prefixes joined with the name that follows: Alsisi and Elsisi, عبدالرحمن.</summary>
        private void JoinNames()
        {
            for (var place = 0; place + 1 < _words.Count; place++)
            {
                var (word, next) = (_words[place], _words[place + 1]);
                string[] written =
                    word is "al" or "el" ? [$"al{next}", $"el{next}"]
                    : BeforeNames.Contains(word, StringComparer.Ordinal) ? [word + next]
                    : [];
                _joined.AddRange(written.Where(each => !_joined.Contains(each)));
            }
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
            if (_word.Length == 0)
            {
                return;
            }

            var word = _word.ToString();
            _word.Clear();
            word = word.All(char.IsAscii) ? word : word.Normalize(NormalizationForm.FormC);
            if (
                word.Length > Servant.Length + Article.Length + 1
                && word.StartsWith(Servant + Article, StringComparison.Ordinal)
            )
            {
                _words.Add(Servant);
                word = word[Servant.Length..];
            }

            _words.Add(word);
        }
    }
}
