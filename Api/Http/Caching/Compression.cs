using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

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
}
