using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Registry.Domain;

namespace Registry.Api.Http;

/// <summary>A read whose response shows names in the requested languages.</summary>
internal interface INamed
{
    /// <summary>The languages of the parameter lang, as BCP 47 tags in order of preference.</summary>
    public IReadOnlyList<string>? Lang { get; }

    /// <summary>The languages of the header Accept-Language in order of preference; empty for English.</summary>
    public IReadOnlyList<string> Accepted { get; set; }

    /// <summary>The type of the record or of the items in the response.</summary>
    public Type? Item { get; }
}

/// <summary>Negotiates the languages of names.</summary>
internal static partial class Languages
{
    /// <summary>The pattern of a BCP 47 tag, as far as names distinguish it.</summary>
    public const string Pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$";

    /// <summary>The error message for an invalid tag.</summary>
    public const string Sentence = "Each value is a BCP 47 language tag, such as fr or sr-Latn.";

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxLength = 30;

    /// <summary>The maximum number of languages, as documented for the parameter.</summary>
    private const int MaxLanguages = 5;

    /// <summary>
    /// The effective languages: those of the parameter, otherwise those of the header; empty for the default.
    /// </summary>
    public static IReadOnlyList<string> Of(INamed request) => request.Lang ?? request.Accepted;

    /// <summary>Reads the languages of the header Accept-Language (RFC 9110), in order of preference.</summary>
    /// <returns>At most five; none when the preferred one is English, the default, or when the header is malformed.</returns>
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
                .Take(MaxLanguages),
        ];
        return wanted is [var best, ..] && !NameChoice.Fits(best, NameChoice.DefaultLanguage) ? wanted : [];
    }

    /// <summary>The languages as part of an entity tag; empty for the default.</summary>
    public static string TagOf(IReadOnlyList<string> languages) => string.Join('.', languages).ToLowerInvariant();

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}
