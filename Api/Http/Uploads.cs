using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Encodings;

namespace Registry.Api.Http;

/// <summary>What an operation reads that takes files: metadata beside its shape, from which the contract is made.</summary>
/// <param name="MediaTypes">The media types of the files.</param>
internal sealed record UploadShape(IReadOnlyList<string> MediaTypes);

/// <summary>A file that is sent: read from the connection as it comes, never as a whole.</summary>
/// <param name="MediaType">What it is said to be.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Encoding">The encoding of the text that the media type names; null where it names none.</param>
internal sealed record Upload(string MediaType, Stream Body, string? Encoding = null)
{
    /// <summary>The file in a request.</summary>
    /// <exception cref="UnsupportedMediaTypeException">It is none of the media types, or in an encoding that is not known.</exception>
    /// <exception cref="BadHttpRequestException">It says itself that it is larger than is taken.</exception>
    public static Upload Of(HttpContext context, IReadOnlyList<string> mediaTypes, long maxBytes)
    {
        var request = context.Request;
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var given)
            || mediaTypes.FirstOrDefault(type => type.Equals(given.MediaType.Value, StringComparison.OrdinalIgnoreCase))
                is not { } mediaType
            || request.Headers.ContentEncoding is not ([] or ["identity"])
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
                    $"There is no encoding called '{charset}'. Name it as the IANA does, such as utf-8, windows-1251 or gb18030, or "
                        + "leave charset out where the file is UTF-8 or begins with a byte order mark."
                );
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        return request.ContentLength > maxBytes
            ? throw new BadHttpRequestException(
                $"The file may have at most {maxBytes} bytes.",
                StatusCodes.Status413PayloadTooLarge
            )
            : new(mediaType, request.Body, encoding);
    }
}
