using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http.Problems;

namespace Registry.Api.Http.Bodies;

/// <summary>Reads and parses the JSON body of a request.</summary>
internal static class BodyReader
{
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Reads the body as a type; as a merge patch when the type is JsonObject.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of the body.</param>
    /// <param name="errors">Receives the errors of every invalid member.</param>
    /// <exception cref="UnsupportedMediaTypeException">The media type is not the expected one, or not in UTF-8.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large, or is not a JSON object.</exception>
    public static async Task<object?> ReadAsync(HttpContext context, Type type, FieldErrors errors)
    {
        var isPatch = type == typeof(JsonObject);
        var mediaType = isPatch ? MediaTypes.MergePatch : MediaTypes.Json;
        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var given)
            || !string.Equals(given.MediaType.Value, mediaType, StringComparison.OrdinalIgnoreCase)
            || (
                given.Charset.HasValue
                && !string.Equals(given.Charset.Value?.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw new UnsupportedMediaTypeException(mediaType, isPatch);
        }

        using var document = await ParseAsync(context);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException("The body must be a JSON object.");
        }

        if (!isPatch)
        {
            return JsonBinder.Read(document.RootElement, type, errors);
        }

        JsonTexts.RefuseRepeated(document.RootElement, "", errors);
        return errors.Any ? null : JsonObject.Create(document.RootElement.Clone());
    }

    /// <summary>Reads the bytes of the body, decoded.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large, or its coding is broken.</exception>
    /// <exception cref="UnsupportedCodingException">The coding is not accepted.</exception>
    public static async Task<byte[]> BytesAsync(HttpContext context)
    {
        var source = ContentCodings.Open(context, MaxBytes);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                throw new BadHttpRequestException(
                    $"The body can have at most {MaxBytes} bytes.",
                    StatusCodes.Status413PayloadTooLarge
                );
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        var body = TextChecks.Utf8Body(await BytesAsync(context));
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException broken)
        {
            throw new BadHttpRequestException(
                $"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.",
                broken
            );
        }
    }
}
