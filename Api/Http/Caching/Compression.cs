using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace Registry.Api.Http.Caching;

/// <summary>
/// Response compression at the fastest level, which gains most of the possible reduction. Event streams are not
/// compressed, because each event is to arrive at once.
/// </summary>
internal static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services) =>
        services
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest)
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
            .AddResponseCompression(compression =>
            {
                // Safe from BREACH: no response has both a secret and content chosen by an attacker.
                compression.EnableForHttps = true;
                compression.Providers.Add<BrotliCompressionProvider>();
                compression.Providers.Add<GzipCompressionProvider>();
                compression.MimeTypes =
                [
                    MediaTypes.Json,
                    MediaTypes.Problem,
                    MediaTypes.NdJson,
                    MediaTypes.Csv,
                    MediaTypes.Atom,
                    MediaTypes.Calendar,
                    MediaTypes.JsonLd,
                    "application/yaml",
                    "text/html",
                    "text/css",
                    "text/javascript",
                ];
            });

    /// <summary>Compresses responses, and gives each content coding a strong entity tag of its own.</summary>
    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.Use(
                (context, next) =>
                {
                    if (context.Request.Headers.AcceptEncoding.Count > 0)
                    {
                        context.Response.OnStarting(TagCoding, context.Response);
                    }

                    return next(context);
                }
            )
            .UseResponseCompression();

    /// <summary>
    /// Lets the following middleware, which compares the tags of If-None-Match itself, see them without the suffix of a coding.
    /// </summary>
    public static IApplicationBuilder UsePlainTags(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var headers = context.Request.Headers;
                if (
                    headers.IfNoneMatch.Count > 0
                    && EntityTagHeaderValue.TryParseList(headers.IfNoneMatch.OfType<string>().ToList(), out var tags)
                )
                {
                    headers.IfNoneMatch = string.Join(", ", tags.Select(Conditions.Uncoded));
                }

                return next(context);
            }
        );

    /// <summary>
    /// Adds the coding to the entity tag of a success. A refusal has no tag of its own: with 428 it is that of the version to
    /// change.
    /// </summary>
    private static Task TagCoding(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        if (
            headers.ContentEncoding is [{ } coding]
            && headers.ETag is [{ } tag]
            && response.StatusCode is >= 200 and < 300
        )
        {
            headers.ETag = Conditions.Coded(tag, coding);
        }

        return Task.CompletedTask;
    }
}
