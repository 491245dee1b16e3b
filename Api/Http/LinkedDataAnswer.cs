using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure;

namespace Registry.Api.Http;

/// <summary>A page of a list as linked data (JSON-LD 1.1), in the terms of Popolo.</summary>
internal sealed class LinkedDataAnswer(Page page, Type item) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var origin = Addresses.Origin(request);
        var document = Popolo.Document(
            origin,
            page.Items.SelectMany(record => Popolo.Nodes(origin, item, record)),
            whole: true
        );
        if (page.Cursor is { } cursor)
        {
            var next = Addresses.With(request, "cursor", cursor);
            document["next"] = origin + next;
            response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        if (page.Total is { } total)
        {
            document["total"] = total;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(document, RegistryJson.Options);
        response.ContentType = MediaTypes.JsonLd;
        response.Headers.CacheControl = "no-cache";
        response.ContentLength = body.Length;
        return RecordAnswer.IsHead(request) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
