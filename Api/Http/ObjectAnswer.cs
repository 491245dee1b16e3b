using System.Text.Json;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http;

/// <summary>An answer that is worked out from several records, so that no version of one stands for it.</summary>
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
