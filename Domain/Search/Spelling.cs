using System.Numerics;

namespace Registry.Domain.Search;

/// <summary>The distance between two spellings of a word.</summary>
/// <remarks>
/// The package Quickenshtein computes the plain Levenshtein distance, in which a transposition counts twice, and does
/// not stop at a maximum.
/// </remarks>
public static class Spelling
{
    private const int MaxStackLength = 64;

    /// <summary>
    /// Computes the optimal string alignment distance: the number of letters to insert, delete, replace or swap with
    /// their neighbour.
    /// </summary>
    /// <returns>One more than <paramref name="most"/> when it is more than that.</returns>
    public static int Distance(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return most + 1;
        }

        // Names have few letters, so three rows on the stack are cheaper than on the heap.
        var columns = other.Length + 1;
        Span<int> rows = columns <= MaxStackLength ? stackalloc int[3 * columns] : new int[3 * columns];
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

    /// <summary>Gets the set of letters of a word as bits; some letters share a bit.</summary>
    public static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var letter in word)
        {
            letters |= 1u << (letter & 31);
        }

        return letters;
    }

    /// <summary>False when words with these letters differ in more than that number.</summary>
    public static bool MayBeWithin(uint one, uint other, int most) =>
        BitOperations.PopCount(one & ~other) <= most && BitOperations.PopCount(other & ~one) <= most;

    /// <summary>Gets the number of letters of a word that may differ before it counts as another one.</summary>
    public static int Tolerance(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 8 => 1,
            _ => 2,
        };
}
