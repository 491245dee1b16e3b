using System.Text;

namespace Registry.Infrastructure.Encodings;

/// <summary>
/// Guesses the encodings of a text that is not UTF-8, for people to choose from: those in which its words look like
/// words of one script.
/// </summary>
/// <remarks>A guess is never used to decode the text.</remarks>
internal static class EncodingGuess
{
    private const int MaxGuesses = 3;
    private const int MaxBytes = 64 * 1024;
    private const double MinShare = 0.6;

    /// <summary>The order of encodings with equal evidence.</summary>
    private static readonly string[] Candidates =
    [
        "windows-1251",
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "koi8-r",
        "ibm866",
        "windows-1256",
        "windows-1253",
        "windows-1255",
        "gb18030",
        "shift_jis",
    ];

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Hebrew,
        Arabic,
        Han,
        Other,
    }

    /// <summary>Gets the advice for a text that is not UTF-8.</summary>
    public static string Advice(ReadOnlySpan<byte> text)
    {
        var likely = Of(text);
        var name = likely.Count > 0 ? likely[0] : "windows-1252";
        return (likely.Count > 0 ? $"It may be {string.Join(" or ", likely)}. " : "")
            + $"Save it as UTF-8, or give its encoding: Content-Type: text/csv; charset={name} over HTTP, --encoding {name} on "
            + "the command line.";
    }

    /// <summary>Lists the encodings that a text may have, most likely first.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxBytes)];
        if (text.Contains((byte)0))
        {
            var even = 0;
            for (var place = 0; place < text.Length; place += 2)
            {
                even += text[place] == 0 ? 1 : 0;
            }

            return [2 * even > text.Count((byte)0) ? "utf-16be" : "utf-16le"];
        }

        var bytes = text.ToArray();
        return
        [
            .. Candidates
                .Select(name => (Name: name, Share: ShareOf(name, bytes)))
                .Where(candidate => candidate.Share >= MinShare)
                .OrderByDescending(candidate => Math.Round(candidate.Share, 1))
                .Take(MaxGuesses)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>Computes the share of words in one script among the words with letters beyond ASCII.</summary>
    private static double ShareOf(string name, byte[] bytes)
    {
        string text;
        try
        {
            // The last character may be cut off.
            text = TextEncodings
                .Find(name)!
                .GetString(bytes[..^Math.Min(bytes.Length, bytes.Length == MaxBytes ? 3 : 0)]);
        }
        catch (DecoderFallbackException)
        {
            return 0;
        }

        if (name == "gb18030" && CommonHan(bytes) < MinShare)
        {
            return 0;
        }

        var (words, good) = (0, 0);
        var word = new StringBuilder();
        foreach (var letter in text.Append(' '))
        {
            if (letter >= 0x80 || char.IsAsciiLetter(letter))
            {
                word.Append(letter);
                continue;
            }

            var whole = word.ToString();
            word.Clear();
            if (whole.Any(character => character >= 0x80))
            {
                words++;
                good += IsWord(whole, name) ? 1 : 0;
            }
        }

        return words == 0 ? 0 : (double)good / words;
    }

    private static bool IsWord(string word, string encoding)
    {
        // Quotation marks and dashes of the Windows encodings beyond ASCII.
        var letters = word.Trim('«', '»', '“', '”', '„', '‘', '’', '–', '—', '…', '№', '°', '\u00A0');
        if (letters.Length == 0)
        {
            return true;
        }

        var scripts = letters.Select(ScriptOf).Distinct().ToArray();
        if (scripts is not [var script] || script is Script.None or Script.Other)
        {
            return false;
        }

        if (script == Script.Han)
        {
            return encoding is "gb18030" or "shift_jis";
        }

        var beyond = letters.Count(letter => letter >= 0x80);
        return script == Script.Latin ? 2 * beyond <= letters.Length + 1 && IsCased(letters) : IsCased(letters);
    }

    /// <summary>True for lower case, upper case, and lower case after one capital.</summary>
    private static bool IsCased(string word) => !word.Skip(1).Any(char.IsUpper) || !word.Any(char.IsLower);

    private static Script ScriptOf(char letter) =>
        letter switch
        {
            _ when !char.IsLetter(letter) => Script.None,
            < '\u0250' => letter is 'ª' or 'º' or 'µ' ? Script.None : Script.Latin,
            >= '\u0370' and < '\u0400' => Script.Greek,
            >= '\u0400' and < '\u0530' => Script.Cyrillic,
            >= '\u0590' and < '\u0600' => Script.Hebrew,
            >= '\u0600' and < '\u0780' => Script.Arabic,
            >= '\u3040' and < '\u3100' or >= '\u4E00' and < '\uA000' => Script.Han,
            _ => Script.Other,
        };

    /// <summary>Computes the share of two-byte characters that are among the common ones of GB 2312.</summary>
    private static double CommonHan(byte[] bytes)
    {
        var (pairs, common) = (0, 0);
        for (var place = 0; place + 1 < bytes.Length; place++)
        {
            if (bytes[place] >= 0x81)
            {
                pairs++;
                common += bytes[place] is >= 0xB0 and <= 0xD7 && bytes[place + 1] >= 0xA1 ? 1 : 0;
                place++;
            }
        }

        return pairs == 0 ? 0 : (double)common / pairs;
    }
}
