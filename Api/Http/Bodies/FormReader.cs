using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http.Problems;

namespace Registry.Api.Http.Bodies;

/// <summary>Reads the fields of a form, and reports unknown ones.</summary>
internal static class FormReader
{
    /// <summary>Reads the values of the fields, by their names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fields">The known fields.</param>
    /// <param name="errors">Receives each field that is unknown, repeated or not UTF-8.</param>
    /// <exception cref="UnsupportedMediaTypeException">The body is not a form in UTF-8.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        HttpContext context,
        IReadOnlyCollection<string> fields,
        FieldErrors errors
    )
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

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in QueryHelpers.ParseQuery(form))
        {
            if (!fields.Contains(name))
            {
                errors.Add(name, "There is no such field.");
            }
            else if (values.Count > 1)
            {
                errors.Add(name, "It can be given only once.");
            }
            else
            {
                read[name] = values[0] ?? "";
            }
        }

        return read;
    }
}
