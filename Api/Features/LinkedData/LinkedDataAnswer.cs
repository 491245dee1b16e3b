using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.LinkedData;

/// <summary>Writes a page of a list as linked data (JSON-LD 1.1), in the terms of Popolo.</summary>
internal sealed class LinkedDataAnswer(Page page, Type item) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context)
    {
        var request = context.Request;
        string? link = null;
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
            link = $"<{next}>; rel=\"next\"";
        }

        if (page.Total is { } total)
        {
            document["total"] = total;
        }

        return new(
            new Rendered(
                JsonSerializer.SerializeToUtf8Bytes<JsonNode>(document, RegistryJson.Options),
                MediaTypes.JsonLd
            )
            {
                Link = link,
            }
        );
    }
}
