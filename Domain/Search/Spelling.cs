using System.Numerics;

namespace Registry.Domain.Search;

/// <summary>How two spellings of a word differ.</summary>
/// <remarks>
/// Quickenshtein, the package for it, computes the plain Levenshtein distance, in which two letters that changed places count
/// twice, and does not stop at a maximum.
/// </remarks>
public static class Spelling
{
    private const int MostOnStack = 64;

    /// <summary>
    /// How many letters have to be put in, left out, changed or swapped with their neighbour to make one word of the other
    /// (the distance of optimal string alignment).
    /// </summary>
    /// <returns>One more than <paramref name="most"/> where it is more than that.</returns>
    public static int Distance(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return most + 1;
        }

        // Names have few letters; three rows for them are cheaper here than on the heap.
        var columns = other.Length + 1;
        Span<int> rows = columns <= MostOnStack ? stackalloc int[3 * columns] : new int[3 * columns];
        var before = rows[..columns];
        var last = rows.Slice(columns, columns);
        var row = rows.Slice(2 * columns, columns);
        for (var column = 0; column <= other.Length; column++)
        {
            last[column] = column;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = row[0];
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > most)
            {
                return most + 1;
            }

            var oldest = before;
            before = last;
            last = row;
            row = oldest;
        }

        return Math.Min(last[other.Length], most + 1);
    }

    /// <summary>The different letters of a word, as bits; some letters share a bit.</summary>
    public static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var letter in word)
        {
            letters |= 1u << (letter & 31);
        }

        return letters;
    }

    /// <summary>False where words with these letters differ in more than so many.</summary>
    public static bool MayBeWithin(uint one, uint other, int most) =>
        BitOperations.PopCount(one & ~other) <= most && BitOperations.PopCount(other & ~one) <= most;

    /// <summary>How many letters of a word may differ before it is taken for another one.</summary>
    public static int Tolerance(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 8 => 1,
            _ => 2,
        };
}
