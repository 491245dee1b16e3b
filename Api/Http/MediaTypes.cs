using Microsoft.Net.Http.Headers;

namespace Registry.Api.Http;

/// <summary>The media types the registry speaks.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>RFC 9457.</summary>
    public const string Problem = "application/problem+json";

    /// <summary>The operations answer in JSON alone; a caller that does not accept it hears so.</summary>
    /// <exception cref="NotAcceptableException">The header Accept leaves JSON out.</exception>
    public static void RequireJsonAccepted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (
            accept.Count > 0
            && MediaTypeHeaderValue.TryParseList(accept.OfType<string>().ToList(), out var ranges)
            && !AcceptJson(ranges)
        )
        {
            throw new NotAcceptableException(Json);
        }
    }

    /// <summary>The range that names JSON most closely decides: "application/json;q=0, */*" is a no (RFC 9110, 12.5.1).</summary>
    private static bool AcceptJson(IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Where(CoversJson).OrderBy(Width).FirstOrDefault() is { Quality: not 0 };

    private static int Width(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 2
        : range.MatchesAllSubTypes ? 1
        : 0;

    private static bool CoversJson(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
        || range.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The body is of a media type that this operation does not read.</summary>
internal sealed class UnsupportedMediaTypeException(string accepted, bool isPatch)
    : Exception($"Send the body as {accepted}, in UTF-8.")
{
    public string Accepted { get; } = accepted;

    public bool IsPatch { get; } = isPatch;
}

/// <summary>The caller accepts none of the media types that this operation can answer in.</summary>
internal sealed class NotAcceptableException(string offered) : Exception($"This operation answers in {offered}.");
