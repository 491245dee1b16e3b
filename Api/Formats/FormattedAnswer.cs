using System.Text;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Formats;

/// <summary>
/// Writes a record in a format other than JSON. Its weak entity tag is valid for reads, never for writes.
/// </summary>
internal sealed class FormattedAnswer(StoredRecord stored, Type document, ResponseFormat format) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context) =>
        new(
            new Rendered(
                Encoding.UTF8.GetBytes(format.WriteRecord!(context.Request, document, stored)),
                MediaTypes.WithCharset(format.MediaType)
            )
            {
                Tag = new EntityTagHeaderValue(
                    $"\"{stored.Version}-{format.Name}{(format.Revision > 0 ? $".{format.Revision}" : "")}"
                        + $"{(stored.Languages is { } languages ? $"-{languages}" : "")}\"",
                    isWeak: true
                ),
                Record = stored.CurrentName,
            }
        );
}
