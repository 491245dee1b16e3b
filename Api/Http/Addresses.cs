using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http;

/// <summary>The addresses of other pages of the same list.</summary>
internal static class Addresses
{
    public static readonly JsonWriterOptions Readable = new() { Encoder = RegistryJson.Options.Encoder };

    /// <summary>Where this registry is, as the caller sees it.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>The address asked for, with another value for one parameter, and without the one in whose place that stands.</summary>
    public static string With(HttpRequest request, string parameter, object value, string? without = null) =>
        QueryHelpers.AddQueryString(
            $"{request.PathBase}{request.Path}",
            request
                .Query.Where(given => given.Key != parameter && given.Key != without)
                .Select(given => KeyValuePair.Create(given.Key, (string?)given.Value.ToString()))
                .Append(
                    KeyValuePair.Create(
                        parameter,
                        Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
                    )
                )
        );
}
