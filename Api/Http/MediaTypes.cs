using Microsoft.Net.Http.Headers;

namespace Registry.Api.Http;

/// <summary>The media types the registry speaks.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Fields as a form in a page sends them (WHATWG URL).</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>RFC 9457.</summary>
    public const string Problem = "application/problem+json";

    /// <summary>RFC 4287.</summary>
    public const string Atom = "application/atom+xml";

    /// <summary>JSON, one object a line.</summary>
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

    /// <summary>The operations answer in JSON alone; a caller that does not accept it hears so.</summary>
    /// <exception cref="NotAcceptableException">The header Accept leaves JSON out.</exception>
    public static void RequireJsonAccepted(HttpRequest request) => Choose(request, [Http.Form.Json]);

    /// <summary>
    /// The form to answer in: the one of the parameter format, or else the one that the header Accept likes best; of those
    /// it likes alike the one offered first.
    /// </summary>
    /// <exception cref="NotAcceptableException">The header Accept leaves out all that is offered.</exception>
    public static Http.Form Choose(HttpRequest request, IReadOnlyList<Http.Form> offered)
    {
        // An unknown format is refused where the parameters are read.
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

    /// <summary>The range that names the type most closely decides: "application/json;q=0, */*" is a no (RFC 9110, 12.5.1).</summary>
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

/// <summary>The body is of a media type that this operation does not read.</summary>
internal sealed class UnsupportedMediaTypeException : Exception
{
    public UnsupportedMediaTypeException(string accepted, bool isPatch)
        : base($"Send the body as {accepted}, in UTF-8.") => (Accepted, IsPatch) = (accepted, isPatch);

    public UnsupportedMediaTypeException(string accepted, string sentence)
        : base(sentence) => Accepted = accepted;

    public string Accepted { get; }

    public bool IsPatch { get; }
}

/// <summary>The caller accepts none of the media types that this operation can answer in.</summary>
internal sealed class NotAcceptableException(string offered) : Exception($"This operation answers in {offered}.");
