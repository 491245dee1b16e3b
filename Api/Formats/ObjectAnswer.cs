using System.Text.Json;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Formats;

/// <summary>Writes a result that is computed from several records and so is not one version of a record.</summary>
internal sealed class ObjectAnswer(object answer) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context) =>
        new(
            new Rendered(
                JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), RegistryJson.Options),
                MediaTypes.Json
            )
        );
}
