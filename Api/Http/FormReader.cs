using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Registry.Api.Pipeline;

namespace Registry.Api.Http;

/// <summary>Reads the one field of a form, and names whatever else is in it.</summary>
internal static class FormReader
{
    public static async Task<string?> ReadAsync(HttpContext context, string field, FieldErrors errors)
    {
        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var given)
            || !string.Equals(given.MediaType.Value, MediaTypes.Form, StringComparison.OrdinalIgnoreCase)
            || (
                given.Charset.HasValue
                && !string.Equals(given.Charset.Value?.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw new UnsupportedMediaTypeException(MediaTypes.Form, isPatch: false);
        }

        var form = Encoding.UTF8.GetString(TextChecks.Utf8Body(await BodyReader.BytesAsync(context)).Span);
        foreach (var name in TextChecks.NotUtf8(form))
        {
            errors.Add(name, TextChecks.Sentence);
        }

        var fields = QueryHelpers.ParseQuery(form);
        foreach (var name in fields.Keys.Where(name => name != field))
        {
            errors.Add(name, "There is no such field.");
        }

        if (!fields.TryGetValue(field, out var values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            errors.Add(field, "It is given more than once.");
        }

        return values[0];
    }
}
