using System.Text.Json;
using Registry.Infrastructure;

namespace Registry.Api.Http;

/// <summary>An answer that is worked out from several records, so that no version of one stands for it.</summary>
internal sealed class ObjectAnswer(object answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), RegistryJson.Options);
        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-cache";
        return RecordAnswer.IsHead(httpContext.Request) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
