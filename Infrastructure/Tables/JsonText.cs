using System.Text.Json;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Finds lone surrogates in JSON: well-formed JSON can contain half of a surrogate pair as an escape, which is not
/// valid text.
/// </summary>
internal static class JsonText
{
    /// <summary>True when a string or a name has a lone surrogate.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> json) => FindBroken(json) is not null;

    /// <summary>
    /// Gets the byte offset of the first string with a lone surrogate; null when there is none, or when it is not valid
    /// JSON.
    /// </summary>
    public static long? FindBroken(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return null;
        }
        catch (JsonException)
        {
            // It is reported as invalid JSON.
            return null;
        }
        catch (InvalidOperationException)
        {
            return reader.TokenStartIndex;
        }
    }
}
