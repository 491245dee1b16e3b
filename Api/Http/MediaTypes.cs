using Microsoft.Net.Http.Headers;

namespace Registry.Api.Http;

/// <summary>The media types of the API.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Form fields (WHATWG URL).</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>RFC 9457.</summary>
    public const string Problem = "application/problem+json";

    /// <summary>RFC 4287.</summary>
    public const string Atom = "application/atom+xml";

    /// <summary>JSON, one object per line.</summary>
    public const string NdJson = "application/x-ndjson";

    /// <summary>RFC 4180.</summary>
    public const string Csv = "text/csv";

    /// <summary>A workbook of Office Open XML (ISO/IEC 29500).</summary>
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>iCalendar (RFC 5545).</summary>
    public const string Calendar = "text/calendar";

    /// <summary>JSON-LD 1.1 (W3C).</summary>
    public const string JsonLd = "application/ld+json";

    /// <summary>Server-sent events (WHATWG HTML).</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>The content type: text formats name the encoding, which is UTF-8.</summary>
    public static string WithCharset(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{mediaType}; charset=utf-8" : mediaType;

    /// <summary>Requires that the client accepts JSON, for operations with no other format.</summary>
    /// <exception cref="NotAcceptableException">The header Accept excludes JSON.</exception>
    public static void RequireJsonAccepted(HttpRequest request) => Choose(request, [ResponseFormat.Json]);

    /// <summary>
    /// Negotiates the format: the one of the parameter format, otherwise the one with the highest quality in the header
    /// Accept; among equals, the one offered first.
    /// </summary>
    /// <exception cref="NotAcceptableException">The header Accept excludes all formats.</exception>
    public static ResponseFormat Choose(HttpRequest request, IReadOnlyList<ResponseFormat> offered)
    {
        // An unknown format is refused when the parameters are validated.
        if (offered.Count > 1 && request.Query["format"] is [{ } format])
        {
            return offered.FirstOrDefault(form => form.Name == format, offered[0]);
        }

        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept.OfType<string>().ToList(), out var ranges))
        {
            return offered[0];
        }

        var best = offered.MaxBy(form => QualityOf(form.MediaType, ranges))!;
        return QualityOf(best.MediaType, ranges) > 0
            ? best
            : throw new NotAcceptableException(string.Join(" or ", offered.Select(form => form.MediaType)));
    }

    /// <summary>
    /// The quality of a media type: the most specific range decides, so "application/json;q=0, */*" excludes JSON (RFC
    /// 9110, 12.5.1).
    /// </summary>
    private static double QualityOf(string mediaType, IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Where(range => Covers(range, mediaType)).OrderBy(Width).FirstOrDefault() is { } closest
            ? closest.Quality ?? 1
            : 0;

    private static int Width(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 2
        : range.MatchesAllSubTypes ? 1
        : 0;

    private static bool Covers(MediaTypeHeaderValue range, string mediaType) =>
        range.MatchesAllTypes
        || (
            range.MatchesAllSubTypes && mediaType.StartsWith($"{range.Type.Value}/", StringComparison.OrdinalIgnoreCase)
        )
        || range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The media type of the body is not supported by the operation.</summary>
internal sealed class UnsupportedMediaTypeException : Exception
{
    public UnsupportedMediaTypeException(string accepted, bool isPatch)
        : base($"Send the body as {accepted}, in UTF-8.") => (Accepted, IsPatch) = (accepted, isPatch);

    public UnsupportedMediaTypeException(string accepted, string sentence)
        : base(sentence) => Accepted = accepted;

    public string Accepted { get; }

    public bool IsPatch { get; }
}

/// <summary>The client accepts none of the media types of the operation.</summary>
internal sealed class NotAcceptableException(string offered) : Exception($"This operation answers in {offered}.");
