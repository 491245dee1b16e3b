using System.Text.Json;

namespace Registry.Infrastructure.Tables;

/// <summary>JSON that is well formed and yet no text: half of a surrogate pair can be written as an escape.</summary>
internal static class JsonText
{
    /// <summary>True where a string or a name has half of a surrogate pair.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> json) => FindBroken(json) is not null;

    /// <summary>The byte at which the first string begins that has half of a surrogate pair; null where none does, or where it is no JSON.</summary>
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
            // It is told as what it is: no JSON.
            return null;
        }
        catch (InvalidOperationException)
        {
            return reader.TokenStartIndex;
        }
    }
}
