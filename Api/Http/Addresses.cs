using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http;

/// <summary>Makes the addresses of other pages of a list.</summary>
internal static class Addresses
{
    public static readonly JsonWriterOptions Readable = new() { Encoder = RegistryJson.Options.Encoder };

    /// <summary>The origin of this registry, as the client sees it.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>
    /// The requested address with another value for one parameter, and without the parameter that it replaces.
    /// </summary>
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
