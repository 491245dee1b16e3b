using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Registry.Api.Http.Problems;

/// <summary>Matches texts of strangers with the patterns of annotations, in linear time whatever text and pattern are.</summary>
/// <remarks>RegularExpressionAttribute backtracks. There are as many patterns as in the code, so all of them are stored.</remarks>
internal static class Patterns
{
    private static readonly ConcurrentDictionary<string, Regex> Stored = new(StringComparer.Ordinal);

    /// <summary>True when the whole text matches.</summary>
    public static bool Match(string pattern, string text) => Stored.GetOrAdd(pattern, Whole).IsMatch(text);

    // A $ alone would allow a line break at the end.
    private static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking);
}
