using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Encodings;

namespace Registry.Api.Http.Bodies;

/// <summary>The media types of an operation that receives files; endpoint metadata for the contract.</summary>
/// <param name="MediaTypes">The media types of the files.</param>
internal sealed record UploadShape(IReadOnlyList<string> MediaTypes);

/// <summary>An uploaded file: a stream from the connection, never held in memory as a whole.</summary>
/// <param name="MediaType">The declared media type.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Encoding">The encoding named by the media type, or null.</param>
internal sealed record Upload(string MediaType, Stream Body, string? Encoding = null)
{
    /// <summary>Opens the file in a request.</summary>
    /// <exception cref="UnsupportedMediaTypeException">The media type is not supported, or the encoding is not known.</exception>
    /// <exception cref="UnsupportedCodingException">The coding is not accepted.</exception>
    /// <exception cref="BadHttpRequestException">The declared length exceeds the limit.</exception>
    public static Upload Of(HttpContext context, IReadOnlyList<string> mediaTypes, long maxBytes)
    {
        var request = context.Request;
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var given)
            || mediaTypes.FirstOrDefault(type => type.Equals(given.MediaType.Value, StringComparison.OrdinalIgnoreCase))
                is not { } mediaType
        )
        {
            throw new UnsupportedMediaTypeException(string.Join(", ", mediaTypes), isPatch: false);
        }

        string? encoding = null;
        if (given.Charset.HasValue)
        {
            var charset = given.Charset.Value!.Trim('"');
            encoding = TextEncodings.Find(charset) is { } known
                ? TextEncodings.NameOf(known)
                : throw new UnsupportedMediaTypeException(
                    string.Join(", ", mediaTypes),
                    $"The encoding '{charset}' is not known. Use an IANA name, such as utf-8, windows-1251 or gb18030, or "
                        + "leave out charset when the file is UTF-8 or begins with a byte order mark."
                );
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        return request.ContentLength > maxBytes
            ? throw new BadHttpRequestException(
                $"The file can have at most {maxBytes} bytes.",
                StatusCodes.Status413PayloadTooLarge
            )
            : new(mediaType, ContentCodings.Open(context, maxBytes), encoding);
    }
}
