using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http.Caching;

/// <summary>A response that depends only on the request, so that its bytes can be cached.</summary>
internal interface IRendered : IResult
{
    /// <summary>Renders the response to bytes.</summary>
    public ValueTask<Rendered> RenderAsync(HttpContext context);
}

/// <summary>A rendered response, which can be cached and written repeatedly.</summary>
/// <param name="Body">The body as it is sent.</param>
/// <param name="ContentType">The media type of the body.</param>
internal sealed record Rendered(ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>The entity tag, or null when it is set already, as for a list.</summary>
    public EntityTagHeaderValue? Tag { get; init; }

    /// <summary>The value of the header Link.</summary>
    public string? Link { get; init; }

    /// <summary>The content coding of the body, or null when it is not encoded.</summary>
    public string? Encoding { get; init; }

    /// <summary>The value of the header Vary, or null when it is set already.</summary>
    public StringValues? Vary { get; init; }

    /// <summary>The value of the header Cache-Control.</summary>
    public string CacheControl { get; init; } = "no-cache";

    /// <summary>The only record on which the response depends, or null when it depends on more.</summary>
    public RecordName? Record { get; init; }

    /// <summary>Writes the response: 304 when the client has it, without a body for HEAD.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.CacheControl = CacheControl;
        if (Vary is { } vary)
        {
            headers.Vary = vary;
        }

        if (Tag is not null)
        {
            var held = Conditions.Held(request, Tag);
            headers.ETag = held ?? Tag.ToString();
            if (held is not null)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        if (Link is not null)
        {
            headers.Link = Link;
        }

        if (Encoding is not null)
        {
            headers.ContentEncoding = Encoding;
        }

        headers.ContentType = ContentType;
        headers.ContentLength = Body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(Body).AsTask();
    }
}
