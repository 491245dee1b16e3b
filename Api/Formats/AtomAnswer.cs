using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http;
using Registry.Api.Http.Caching;

namespace Registry.Api.Formats;

/// <summary>An entry of a feed.</summary>
/// <param name="Id">The permanent id within this registry.</param>
/// <param name="Title">The title shown by feed readers.</param>
/// <param name="Updated">The time of the write.</param>
/// <param name="Address">The path of the record.</param>
internal sealed record AtomEntry(string Id, string Title, DateTimeOffset Updated, string Address)
{
    /// <summary>The author; the registry when absent.</summary>
    public string? Author { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>
/// Writes a list as an Atom feed (RFC 4287). It is 304 when unchanged, by its entity tag or by the time of its last
/// change (RFC 9110, 13.1).
/// </summary>
internal sealed class AtomAnswer(string title, DateTimeOffset updated, IReadOnlyList<AtomEntry> entries, string? next)
    : IResult
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>The year in the tag URI of an entry (RFC 4151), in which the ids were assigned.</summary>
    private const string TagYear = "2026";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.ContentType = $"{MediaTypes.Atom}; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        if (next is not null)
        {
            response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            Write(xml, request);
        }

        if (IsHeld(httpContext, body.GetBuffer().AsSpan(0, (int)body.Length)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return Task.CompletedTask;
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length)).AsTask();
    }

    /// <summary>Sets ETag and Last-Modified; true when the client has the current feed.</summary>
    private bool IsHeld(HttpContext context, ReadOnlySpan<byte> body)
    {
        var (request, response) = (context.Request, context.Response);
        var tag = Conditions.WeakTagOf(body);
        response.Headers.ETag = tag.ToString();

        // Last-Modified has a resolution of one second. It is sent only after that second is over, so that every later change of
        // the feed has a later time.
        var second = new DateTimeOffset(
            updated.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
            TimeSpan.Zero
        );
        var changed = second == updated ? second : second.AddSeconds(1);
        var isPast = changed < context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (isPast)
        {
            response.Headers.LastModified = HeaderUtilities.FormatDate(changed);
        }

        return request.Headers.IfNoneMatch.Count > 0
            ? Conditions.Holds(request, tag)
            : isPast
                && HeaderUtilities.TryParseDate(request.Headers.IfModifiedSince.ToString(), out var held)
                && held >= changed;
    }

    private void Write(XmlWriter xml, HttpRequest request)
    {
        var host = Addresses.HostOf(request);
        var origin = $"{request.Scheme}://{host}";
        var address = $"{request.PathBase}{request.Path}{request.QueryString}";
        xml.WriteStartElement("feed", Namespace);
        WriteText(xml, "id", Tag(address.TrimStart('/')));
        WriteText(xml, "title", title);
        WriteText(xml, "updated", Rfc3339(updated));
        WriteLink(xml, "self", origin + address);
        if (next is not null)
        {
            WriteLink(xml, "next", origin + next);
        }

        WriteAuthor(xml, "Registry");
        foreach (var entry in entries)
        {
            xml.WriteStartElement("entry", Namespace);
            WriteText(xml, "id", Tag(entry.Id));
            WriteText(xml, "title", entry.Title);
            WriteText(xml, "updated", Rfc3339(entry.Updated));
            WriteLink(xml, "alternate", origin + request.PathBase + entry.Address);
            if (entry.Author is { } author)
            {
                WriteAuthor(xml, author);
            }

            foreach (var category in entry.Categories)
            {
                xml.WriteStartElement("category", Namespace);
                xml.WriteAttributeString("term", Printable(category));
                xml.WriteEndElement();
            }

            if (entry.Summary is { } summary)
            {
                WriteText(xml, "summary", summary);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();

        string Tag(string what) => $"tag:{host.Host},{TagYear}:{what}";
    }

    private static void WriteText(XmlWriter xml, string element, string text) =>
        xml.WriteElementString(element, Namespace, Printable(text));

    private static void WriteLink(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", Printable(address));
        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        WriteText(xml, "name", name);
        xml.WriteEndElement();
    }

    private static string Rfc3339(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary>The text without the characters that XML 1.0 does not allow, even escaped.</summary>
    internal static string Printable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }
}
