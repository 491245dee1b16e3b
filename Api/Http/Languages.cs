using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Registry.Domain;

namespace Registry.Api.Http;

/// <summary>A read whose answer shows names, in the languages that the caller wants.</summary>
internal interface INamed
{
    /// <summary>The languages of the parameter lang, as BCP 47 tags, the best first.</summary>
    public IReadOnlyList<string>? Lang { get; }

    /// <summary>The languages of the header Accept-Language, the best first; none where English will do.</summary>
    public IReadOnlyList<string> Accepted { get; set; }

    /// <summary>What the record or the items of the answer are.</summary>
    public Type? Item { get; }
}

/// <summary>The languages that a caller wants names in.</summary>
internal static partial class Languages
{
    /// <summary>The shape of a BCP 47 tag, in so much as names are told apart by it.</summary>
    public const string Pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$";

    /// <summary>What a tag is.</summary>
    public const string Sentence = "A BCP 47 language tag such as fr or sr-Latn.";

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxLength = 30;

    /// <summary>What the description of the parameter says.</summary>
    private const int Most = 5;

    /// <summary>The languages that count: those of the parameter, or else those of the header; none for the default.</summary>
    public static IReadOnlyList<string> Of(INamed request) => request.Lang ?? request.Accepted;

    /// <summary>The languages of the header Accept-Language (RFC 9110), the best first.</summary>
    /// <returns>At most five; none where the best is English, the default, or where the header cannot be read.</returns>
    public static IReadOnlyList<string> AcceptedBy(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage;
        if (
            header.Count == 0
            || !StringWithQualityHeaderValue.TryParseList(header.OfType<string>().ToList(), out var ranges)
        )
        {
            return [];
        }

        string[] wanted =
        [
            .. ranges
                .Where(range => range.Quality is not 0)
                .OrderByDescending(range => range.Quality ?? 1)
                .Select(range => range.Value.Value ?? "*")
                .TakeWhile(tag => tag != "*")
                .Where(tag => tag.Length <= MaxLength && Shape().IsMatch(tag))
                .Take(Most),
        ];
        return wanted is [var best, ..] && !NameChoice.Fits(best, NameChoice.DefaultLanguage) ? wanted : [];
    }

    /// <summary>The languages as they stand in an entity tag; empty for the default.</summary>
    public static string TagOf(IReadOnlyList<string> languages) => string.Join('.', languages).ToLowerInvariant();

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
