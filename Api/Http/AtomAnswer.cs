using System.Globalization;
using System.Text;
using System.Xml;

namespace Registry.Api.Http;

/// <summary>An entry of a feed.</summary>
/// <param name="Id">What names it for ever, within this registry.</param>
/// <param name="Title">What a feed reader shows.</param>
/// <param name="Updated">When it was recorded.</param>
/// <param name="Address">The path of the record that it speaks of.</param>
internal sealed record AtomEntry(string Id, string Title, DateTimeOffset Updated, string Address)
{
    /// <summary>Who wrote it; the registry when absent.</summary>
    public string? Author { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>A list as a feed for feed readers (RFC 4287).</summary>
internal sealed class AtomAnswer(string title, DateTimeOffset updated, IReadOnlyList<AtomEntry> entries, string? next)
    : IResult
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>The year in which the ids of entries were settled, which a tag URI names (RFC 4151).</summary>
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

        response.ContentLength = body.Length;
        return RecordAnswer.IsHead(request)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length)).AsTask();
    }

    private void Write(XmlWriter xml, HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host}";
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

        string Tag(string what) => $"tag:{request.Host.Host},{TagYear}:{what}";
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

    /// <summary>The text without what XML 1.0 cannot hold, escaped or not.</summary>
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
