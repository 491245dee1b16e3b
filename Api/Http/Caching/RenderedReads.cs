using System.Runtime.InteropServices;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Http.Caching;

/// <summary>
/// Caches rendered responses as long as they are valid: that of a record until the record changes, any other until
/// anything changes.
/// </summary>
/// <remarks>
/// Each request validates its cache entry against the database, so that it does not matter which process wrote, and no stale
/// response is ever served. An entry depends on the address and on the requested format and coding, and on nothing that belongs
/// to a client: responses that need a key are never cached.
/// </remarks>
internal sealed class RenderedReads : IDisposable
{
    public const string Setting = "Cache:Megabytes";

    private const int UsualMegabytes = 64;

    /// <summary>The largest cached body, in bytes.</summary>
    private const int LargestBody = 512 * 1024;

    /// <summary>
    /// The overhead of a cache entry beside its body and its texts, in bytes: measured, with the entry of the cache itself.
    /// </summary>
    internal const int Overhead = 1536;

    private readonly SequenceWatch _watch;
    private readonly TimeProvider _clock;
    private readonly IResponseCompressionProvider _compression;
    private readonly MemoryCache? _cache;
    private readonly CacheMeasures _measures;

    public RenderedReads(
        SequenceWatch watch,
        TimeProvider clock,
        IResponseCompressionProvider compression,
        IConfiguration settings
    )
    {
        (_watch, _clock, _compression) = (watch, clock, compression);
        var megabytes = settings.GetValue(Setting, UsualMegabytes);
        _cache =
            megabytes > 0 ? new MemoryCache(new MemoryCacheOptions { SizeLimit = megabytes * 1024L * 1024L }) : null;
        _measures = new CacheMeasures(() => Count);
    }

    /// <summary>The number of cached responses.</summary>
    internal int Count => _cache?.Count ?? 0;

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    /// <summary>Reads the cache stamp before anything is read for the request.</summary>
    public async ValueTask<CacheStamp> StampAsync(HttpContext context, ResponseFormat form)
    {
        // Read before the data: a write in between makes the stamp older than the response, never newer.
        var sequence = await _watch.SequenceAsync(context.RequestAborted);
        var request = context.Request;
        return new CacheStamp(sequence, Today, form, Languages.TagOf(Languages.AcceptedBy(request)))
        {
            Address = AddressOf(request),
        };
    }

    /// <summary>
    /// Serves the request from the cache on a valid hit; otherwise calls the next middleware. It runs after middleware
    /// that limits or refuses clients, and before everything that makes responses.
    /// </summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next) =>
        _cache is not null
        && IsPlainRead(context.Request)
        && _cache.TryGetValue(KeyOf(context.Request), out CacheEntry? cached)
            ? ServeIfValidAsync(context, cached!, next)
            : next(context);

    /// <summary>Writes a response that was made after the cache stamp was read, and caches it.</summary>
    public Task GiveAsync(HttpContext context, Rendered answer, CacheStamp stamp)
    {
        if (_cache is null || answer.Body.Length > LargestBody)
        {
            return answer.WriteAsync(context);
        }

        if (
            _compression.CheckRequestAcceptsCompression(context)
            && _compression.GetCompressionProvider(context) is { } coding
        )
        {
            answer = Encode(answer, coding);
        }

        if (IsPlainRead(context.Request))
        {
            _measures.CountMiss();
            Store(
                KeyOf(context.Request),
                new CacheEntry(
                    answer with
                    {
                        Tag = answer.Tag ?? stamp.Tag,
                        Vary = context.Response.Headers.Vary,
                    },
                    stamp,
                    context.GetEndpoint()
                )
            );
        }

        return answer.WriteAsync(context);
    }

    /// <summary>Clears the cache.</summary>
    public void Dispose()
    {
        _measures.Dispose();
        _cache?.Dispose();
    }

    /// <summary>
    /// False for requests whose response headers may depend on more than the cache key, such as CORS requests.
    /// </summary>
    private static bool IsPlainRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Origin.Count == 0;

    /// <summary>
    /// The cache key: everything in the request that its response depends on, including the host, which is part of
    /// links.
    /// </summary>
    private static string KeyOf(HttpRequest request)
    {
        var headers = request.Headers;
        return $"{headers.Accept}\n{headers.AcceptEncoding}\n{headers.AcceptLanguage}\n{request.Scheme}\n{request.Host.Value}\n{request.PathBase.Value}{request.Path.Value}{request.QueryString.Value}";
    }

    /// <summary>The hash of the address with its parameters (FNV-1a), the same in every process.</summary>
    private static uint AddressOf(HttpRequest request)
    {
        var hash = 2_166_136_261u;
        foreach (var part in new[] { request.Path.Value, request.QueryString.Value })
        {
            foreach (var letter in part ?? "")
            {
                hash = unchecked((hash ^ letter) * 16_777_619u);
            }
        }

        return hash;
    }

    private static Rendered Encode(Rendered answer, ICompressionProvider coding)
    {
        using var body = new MemoryStream();
        using (var coded = coding.CreateStream(body))
        {
            coded.Write(answer.Body.Span);
        }

        return answer with
        {
            Body = body.ToArray(),
            Encoding = coding.EncodingName,
            Tag = answer.Tag is null ? null : Conditions.Coded(answer.Tag, coding.EncodingName),
        };
    }

    private void Store(string key, CacheEntry cached)
    {
        var answer = cached.Answer;

        // The buffer in which a response was rendered may have twice its size, and is not counted: the copy is.
        var body =
            MemoryMarshal.TryGetArray(answer.Body, out var array) && array.Array!.Length == answer.Body.Length
                ? answer.Body
                : answer.Body.ToArray();
        _cache?.Set(
            key,
            cached with
            {
                Answer = answer with { Body = body },
            },
            new MemoryCacheEntryOptions
            {
                Size = body.Length + (2 * (key.Length + (answer.Link?.Length ?? 0))) + Overhead,
                // Entries that were not requested for an hour are evicted.
                SlidingExpiration = TimeSpan.FromHours(1),
            }
        );
    }

    private async Task ServeIfValidAsync(HttpContext context, CacheEntry cached, RequestDelegate next)
    {
        bool isValid;
        try
        {
            isValid = await IsValidAsync(cached, context.RequestAborted);
        }
#pragma warning disable CA1031 // Whoever makes answers will find the same, and says so.
        catch (Exception)
#pragma warning restore CA1031
        {
            isValid = false;
        }

        if (!isValid)
        {
            await next(context);
            return;
        }

        // Routing comes later; the metrics and the span of the request have the route of the response all the same.
        context.SetEndpoint(cached.Endpoint);
        _measures.CountHit();
        await cached.Answer.WriteAsync(context);
    }

    private async ValueTask<bool> IsValidAsync(CacheEntry cached, CancellationToken cancellationToken)
    {
        var sequence = await _watch.SequenceAsync(cancellationToken);
        return cached.Answer.Record is { } record
            ? !await _watch.HasChangedAsync(record, cached.Since.Sequence, sequence, cancellationToken)
            : cached.Since.Sequence == sequence && cached.Since.Day == Today;
    }

    private sealed record CacheEntry(Rendered Answer, CacheStamp Since, Endpoint? Endpoint);
}

/// <summary>The cache stamp: the last change, and the day, on which some responses depend too.</summary>
/// <param name="Sequence">The number of the last change.</param>
/// <param name="Day">Today, in UTC.</param>
/// <param name="Format">The format of the response.</param>
/// <param name="Languages">The accepted languages of names, as in the tag; empty for the default.</param>
internal readonly record struct CacheStamp(long Sequence, DateOnly Day, ResponseFormat Format, string Languages)
{
    /// <summary>The id of the build: another build may write other responses.</summary>
    private static readonly string Build = $"{typeof(CacheStamp).Module.ModuleVersionId:N}"[..8];

    /// <summary>The hash of the address of the response.</summary>
    public uint Address { get; init; }

    /// <summary>The weak entity tag of a response that is not one version of a record.</summary>
    public EntityTagHeaderValue Tag =>
        new(
            $"\"{Sequence}-{Day:yyyyMMdd}-{Format.Name}{(Languages.Length == 0 ? "" : $"-{Languages}")}-{Build}{Address:x8}\"",
            isWeak: true
        );
}
