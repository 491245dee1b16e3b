using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http;

/// <summary>An answer that is the same bytes for whoever asks the same.</summary>
internal interface IRendered : IResult
{
    /// <summary>Writes the answer to the request down.</summary>
    public ValueTask<Rendered> RenderAsync(HttpContext context);
}

/// <summary>An answer written down, ready to be given as often as it holds.</summary>
/// <param name="Body">The body, as it goes over the line.</param>
/// <param name="ContentType">The media type of the body.</param>
internal sealed record Rendered(ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>The entity tag; null where that of the request is set already, as that of a list.</summary>
    public EntityTagHeaderValue? Tag { get; init; }

    /// <summary>The header Link.</summary>
    public string? Link { get; init; }

    /// <summary>The content coding of the body; null where it is as it is.</summary>
    public string? Encoding { get; init; }

    /// <summary>What of the request the form depends on; null where that is set already.</summary>
    public StringValues? Vary { get; init; }

    /// <summary>The record that the answer is of and stands and falls with; null where it rests on more.</summary>
    public RecordName? Record { get; init; }

    /// <summary>Gives the answer; 304 where the caller holds it, no body where it was asked for the headers alone.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.CacheControl = "no-cache";
        if (Vary is { } vary)
        {
            headers.Vary = vary;
        }

        if (Tag is not null)
        {
            headers.ETag = Tag.ToString();
            if (Conditions.Holds(request, Tag))
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
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        headers.ContentType = ContentType;
        headers.ContentLength = Body.Length;
        return RecordAnswer.IsHead(request) ? Task.CompletedTask : response.Body.WriteAsync(Body).AsTask();
    }
}
