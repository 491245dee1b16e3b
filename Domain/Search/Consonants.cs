using System.Text;

namespace Registry.Domain.Search;

/// <summary>
/// The consonants of a word by their sound. They match words that were transliterated by different rules:
/// <c>Lavrov</c>, <c>Lawrow</c> and <c>Лавров</c>; <c>Mohammed</c>, <c>Muhamad</c> and <c>محمد</c>.
/// </summary>
public static class Consonants
{
    /// <summary>The minimum number of consonants that distinguish words.</summary>
    public const int Fewest = 3;

    private const string Vowels = "aeiouy";

    private static readonly Dictionary<char, string> Latin = Letters(
        """
        а=a б=b в=v г=g ґ=g ғ=g ѓ=g д=d е=e є=e э=e ж=zh з=z и=i і=i ї=i й=i ј=i ы=i к=k қ=k ќ=k л=l љ=l м=m н=n ң=n њ=n
        о=o ө=o п=p р=r с=s т=t у=u ұ=u ү=u ф=f х=kh ҳ=h һ=h ц=ts ч=ch ҷ=zh ћ=ch џ=zh ђ=dj ѕ=dz ш=sh щ=sh ъ= ь= ю=u я=a ә=a
        α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s τ=t υ=y φ=f χ=kh ψ=ps ω=o
        ا=a ب=b ت=t ث=th ج=zh ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=gh ف=f ق=q ك=k ل=l م=m ن=n ه=h
        و=u ي=i ء= ئ= ؤ= پ=p چ=ch ژ=zh گ=g ہ=h ھ=h ے=i ٹ=t ڈ=d ں=n
        א=a ב=b ג=g ד=d ה=h ו=u ז=z ח=kh ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=sh ת=t
        ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=q შ=sh ჩ=ch ც=ts ძ=dz
        წ=ts ჭ=ch ხ=kh ჯ=zh ჰ=h
        """
    );

    // Longer ones first, so that they are not parsed as a shorter one and a letter.
    private static readonly (string Written, char Sound)[] Groups =
    [
        ("shch", 's'),
        ("tsch", 'k'),
        ("dzh", 'z'),
        ("sch", 's'),
        ("tch", 'k'),
        ("sh", 's'),
        ("ch", 'k'),
        ("zh", 'z'),
        ("kh", 'h'),
        ("gh", 'g'),
        ("ph", 'v'),
        ("th", 't'),
        ("dh", 'd'),
        ("rh", 'r'),
        ("bh", 'b'),
        ("dj", 'z'),
        ("dz", 'z'),
        ("ts", 's'),
        ("tz", 's'),
        ("ck", 'k'),
    ];

    /// <summary>
    /// Gets the consonants of a folded word, after an a when it begins with a vowel; empty for a script whose letters
    /// are unknown here, and when there are too few.
    /// </summary>
    public static string Of(string word)
    {
        var letters = InLatin(word);
        var sounds = new StringBuilder();
        var place = 0;
        if (letters.Length > 0 && Vowels.Contains(letters[0]))
        {
            sounds.Append('a');
        }

        while (place < letters.Length)
        {
            var (sound, length) = SoundAt(letters, place);
            place += length;
            foreach (var each in sound.Where(each => sounds.Length == 0 || sounds[^1] != each))
            {
                sounds.Append(each);
            }
        }

        // As the last letter it is silent in many languages.
        if (sounds.Length > 1 && sounds[^1] == 'h')
        {
            sounds.Length--;
        }

        return sounds.Length < Fewest ? "" : sounds.ToString();
    }

    private static (string Sound, int Length) SoundAt(string letters, int place)
    {
        foreach (var (written, sound) in Groups)
        {
            if (string.CompareOrdinal(letters, place, written, 0, written.Length) == 0)
            {
                return (sound.ToString(), written.Length);
            }
        }

        var next = place + 1 < letters.Length ? letters[place + 1] : ' ';
        var before = place > 0 ? letters[place - 1] : 'a';
        return (
            letters[place] switch
            {
                'c' => next is 'e' or 'i' or 'y' ? "s" : "k",
                'q' => "k",
                'w' or 'f' => "v",
                'x' => "ks",
                // When it is not a consonant, it stands for y: Alijew.
                'j' => Vowels.Contains(before) && before != 'i' ? "z" : "",
                var letter when Vowels.Contains(letter) => "",
                var letter => letter.ToString(),
            },
            1
        );
    }

    private static string InLatin(string word)
    {
        var letters = new StringBuilder(word.Length + 4);
        foreach (var letter in word)
        {
            if (char.IsAsciiLetterLower(letter))
            {
                letters.Append(letter);
            }
            else if (Latin.TryGetValue(letter, out var written))
            {
                letters.Append(written);
            }
            else
            {
                return "";
            }
        }

        return letters.ToString();
    }

    private static Dictionary<char, string> Letters(string table) =>
        table
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(pair => pair[0], pair => pair[2..]);
}
