using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Swashbuckle.AspNetCore.Swagger;

namespace Registry.Api.Contract;

/// <summary>
/// The contract in each format, generated at the first request for it. It is the same for every client and as long as the
/// program runs, and generating it costs more than any other response.
/// </summary>
internal sealed class RenderedContract(IServiceScopeFactory scopes, IResponseCompressionProvider compression)
{
    /// <summary>The time for which clients use the contract without asking whether it has changed.</summary>
    private const string CacheControl = "public, max-age=300";

    private const string Gzip = "gzip";
    private const string Brotli = "br";

    /// <summary>The maximum number of path prefixes for which the contract is stored.</summary>
    private const int MaxPrefixes = 16;

    private readonly ConcurrentDictionary<
        (string Prefix, bool IsJson),
        Lazy<Task<Dictionary<string, Rendered>>>
    > _stored = new();

    public Task WriteJsonAsync(HttpContext context) => WriteAsync(context, isJson: true);

    public Task WriteYamlAsync(HttpContext context) => WriteAsync(context, isJson: false);

    private async Task WriteAsync(HttpContext context, bool isJson)
    {
        var coding = compression.CheckRequestAcceptsCompression(context)
            ? compression.GetCompressionProvider(context)?.EncodingName
            : null;
        var prefix = context.Request.PathBase.Value ?? "";
        if (_stored.Count >= MaxPrefixes && !_stored.ContainsKey((prefix, isJson)))
        {
            prefix = "";
        }

        var codings = _stored.GetOrAdd(
            (prefix, isJson),
            place => new Lazy<Task<Dictionary<string, Rendered>>>(() =>
                Task.Run(() => Render(place.Prefix, place.IsJson))
            )
        );
        await (await codings.Value)[coding ?? ""].WriteAsync(context);
    }

    private Dictionary<string, Rendered> Render(string prefix, bool isJson)
    {
        using var scope = scopes.CreateScope();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var contract = scope
            .ServiceProvider.GetRequiredService<ISwaggerProvider>()
            .GetSwagger(ContractServices.Version);
        if (prefix.Length > 0)
        {
            contract.Servers![0].Url = prefix;
        }

        contract.SerializeAsV31(isJson ? new OpenApiJsonWriter(text) : new OpenApiYamlWriter(text));
        var plain = new Rendered(
            Encoding.UTF8.GetBytes(text.ToString()),
            $"{(isJson ? MediaTypes.Json : "text/yaml")};charset=utf-8"
        )
        {
            CacheControl = CacheControl,
            Vary = HeaderNames.AcceptEncoding,
        };
        plain = plain with { Tag = TagOf(plain.Body.Span) };
        return new[]
        {
            plain,
            Coded(plain, Gzip, body => new GZipStream(body, CompressionLevel.Optimal)),
            Coded(plain, Brotli, body => new BrotliStream(body, CompressionLevel.Optimal)),
        }.ToDictionary(each => each.Encoding ?? "", StringComparer.Ordinal);
    }

    private static EntityTagHeaderValue TagOf(ReadOnlySpan<byte> body) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(body)[..16])}\"");

    private static Rendered Coded(Rendered plain, string coding, Func<Stream, Stream> compress)
    {
        using var body = new MemoryStream();
        using (var coded = compress(body))
        {
            coded.Write(plain.Body.Span);
        }

        return plain with
        {
            Body = body.ToArray(),
            Encoding = coding,
            Tag = Conditions.Coded(plain.Tag!, coding),
        };
    }
}
