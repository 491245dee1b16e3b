using System.Buffers;
using System.Text;
using System.Text.Json;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Formats;

/// <summary>
/// Writes a record as it is stored, with its version as a strong ETag; 304 when the client has that version.
/// </summary>
internal sealed class RecordAnswer(StoredRecord stored) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context) =>
        new(
            new Rendered(Encoding.UTF8.GetBytes(stored.Record), MediaTypes.Json)
            {
                Tag = stored.Expanded ? Conditions.WeakTagOf(stored.Record) : Conditions.TagOf(stored),
                Record = stored.Expanded ? null : stored.CurrentName,
            }
        );
}

/// <summary>Writes a record after a write, with its version as a strong ETag.</summary>
internal sealed class WrittenAnswer(StoredRecord stored, int status = StatusCodes.Status200OK, string? location = null)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = Encoding.UTF8.GetBytes(stored.Record);
        response.Headers.ETag = Conditions.TagOf(stored.Version).ToString();
        response.Headers.CacheControl = "no-cache";
        response.StatusCode = status;
        if (location is not null)
        {
            response.Headers.Location = httpContext.Request.PathBase + location;
        }

        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}

/// <summary>
/// Writes a record that includes data outside its versions: its ETag is valid for writes only, and it is not cached.
/// </summary>
internal sealed class LiveAnswer(StoredRecord stored, int status = StatusCodes.Status200OK, string? location = null)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = Encoding.UTF8.GetBytes(stored.Record);
        response.Headers.ETag = Conditions.TagOf(stored.Version).ToString();
        response.Headers.CacheControl = "no-store";
        response.StatusCode = status;
        if (location is not null)
        {
            response.Headers.Location = httpContext.Request.PathBase + location;
        }

        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body).AsTask();
    }
}

/// <summary>
/// Writes a page of a list, with the address of the next one in the body and in the header Link (RFC 8288).
/// </summary>
internal sealed class PageAnswer(Page page, IReadOnlyList<(RecordName Name, string Record)>? included = null)
    : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context)
    {
        var request = context.Request;
        var next = page.Cursor is null ? null : Addresses.With(request, "cursor", page.Cursor);
        // The buffer has about the final size, so that it rarely grows: most characters are one byte in UTF-8.
        var body = new ArrayBufferWriter<byte>(page.Items.Sum(item => item.Length + 1) + 512);
        using (var json = new Utf8JsonWriter(body, Addresses.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in page.Items)
            {
                // The items are JSON that this program wrote: validating them again would only cost time.
                json.WriteRawValue(item, skipInputValidation: true);
            }

            json.WriteEndArray();
            if (next is not null)
            {
                json.WriteString("next", next);
            }

            if (included is not null)
            {
                json.WriteStartObject("included");
                foreach (var (name, record) in included)
                {
                    json.WritePropertyName(name.ToString());
                    json.WriteRawValue(record, skipInputValidation: true);
                }

                json.WriteEndObject();
            }

            if (page.Total is { } total)
            {
                json.WriteNumber("total", total);
            }

            json.WriteEndObject();
        }

        return new(
            new Rendered(body.WrittenMemory, MediaTypes.Json) { Link = next is null ? null : $"<{next}>; rel=\"next\"" }
        );
    }
}
