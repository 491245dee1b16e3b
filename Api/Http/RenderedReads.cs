using System.Globalization;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>
/// Keeps answers that were written down, and gives them again as long as they hold: that of a record until the record is
/// changed, every other one until anything is.
/// </summary>
/// <remarks>
/// Whether an answer holds is asked of the database at each request, so that it does not matter which process wrote, and no
/// time runs in which an older answer would be given. What is kept depends on the address and the form that was asked for
/// and on nothing that belongs to a caller: answers that need a key are never kept.
/// </remarks>
internal sealed class RenderedReads : IDisposable
{
    public const string Setting = "Cache:Megabytes";

    private const int UsualMegabytes = 64;

    /// <summary>The largest body that is kept, in bytes.</summary>
    private const int LargestBody = 512 * 1024;

    /// <summary>What an entry takes beside its body and its address, in bytes.</summary>
    private const int Overhead = 512;

    private readonly SequenceWatch _watch;
    private readonly TimeProvider _clock;
    private readonly IResponseCompressionProvider _compression;
    private readonly MemoryCache? _kept;

    public RenderedReads(
        SequenceWatch watch,
        TimeProvider clock,
        IResponseCompressionProvider compression,
        IConfiguration settings
    )
    {
        (_watch, _clock, _compression) = (watch, clock, compression);
        var megabytes = MegabytesOf(settings);
        _kept =
            megabytes > 0 ? new MemoryCache(new MemoryCacheOptions { SizeLimit = megabytes * 1024L * 1024L }) : null;
    }

    /// <summary>How much memory the kept answers may take, in MiB; 0 keeps none.</summary>
    /// <exception cref="OptionsValidationException">The setting is no such number.</exception>
    public static int MegabytesOf(IConfiguration settings) =>
        settings[Setting] is not { } text ? UsualMegabytes
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes <= 65_536
            ? megabytes
        : throw new OptionsValidationException(
            Setting,
            typeof(RenderedReads),
            [$"{Setting} is a number from 0 to 65536."]
        );

    /// <summary>Looks where the registry stands, before anything is read for the request.</summary>
    public async ValueTask<Moment> MomentAsync(HttpContext context, Form form)
    {
        // Read before the answer is: what is written between the two makes the moment older than the answer, never newer.
        var sequence = await _watch.SequenceAsync(context.RequestAborted);
        return new Moment(sequence, DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime), form);
    }

    /// <summary>Gives the answer that is kept for the request, if there is one that holds.</summary>
    public async ValueTask<bool> TryServeAsync(HttpContext context, Moment moment)
    {
        if (_kept is null)
        {
            return false;
        }

        var key = KeyOf(context.Request, moment.Form);
        var coding = _compression.CheckRequestAcceptsCompression(context)
            ? _compression.GetCompressionProvider(context)
            : null;
        if (
            coding is not null
            && _kept.TryGetValue($"{coding.EncodingName} {key}", out Kept? coded)
            && await HoldsAsync(coded!, moment, context.RequestAborted)
        )
        {
            await coded!.Answer.WriteAsync(context);
            return true;
        }

        if (!_kept.TryGetValue(key, out Kept? plain) || !await HoldsAsync(plain!, moment, context.RequestAborted))
        {
            return false;
        }

        var answer = plain!.Answer;
        if (coding is not null)
        {
            answer = Encode(answer, coding);
            Keep($"{coding.EncodingName} {key}", plain with { Answer = answer });
        }

        await answer.WriteAsync(context);
        return true;
    }

    /// <summary>Keeps an answer that was made after the moment.</summary>
    public void Keep(HttpContext context, Rendered answer, Moment moment)
    {
        if (answer.Body.Length <= LargestBody)
        {
            Keep(KeyOf(context.Request, moment.Form), new Kept(answer with { Tag = answer.Tag ?? moment.Tag }, moment));
        }
    }

    /// <summary>Forgets all answers.</summary>
    public void Dispose() => _kept?.Dispose();

    /// <summary>All of a request that its answer depends on: links lead back to the host that was asked.</summary>
    private static string KeyOf(HttpRequest request, Form form) =>
        $"{form.Name} {request.Scheme}://{request.Host.Value}{request.PathBase.Value}{request.Path.Value}{request.QueryString.Value}";

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
        };
    }

    private void Keep(string key, Kept kept) =>
        _kept?.Set(
            key,
            kept,
            new MemoryCacheEntryOptions
            {
                Size = kept.Answer.Body.Length + (2 * key.Length) + Overhead,
                // What nobody has asked for in an hour makes room.
                SlidingExpiration = TimeSpan.FromHours(1),
            }
        );

    private async ValueTask<bool> HoldsAsync(Kept kept, Moment now, CancellationToken cancellationToken) =>
        kept.Answer.Record is { } record
            ? !await _watch.HasChangedAsync(record, kept.Since.Sequence, now.Sequence, cancellationToken)
            : kept.Since == now;

    private sealed record Kept(Rendered Answer, Moment Since);
}

/// <summary>Where the registry stands: the last change, and the day, on which some answers depend too.</summary>
/// <param name="Sequence">The number of the last change.</param>
/// <param name="Day">Today, in UTC.</param>
/// <param name="Form">The form of the answer.</param>
internal readonly record struct Moment(long Sequence, DateOnly Day, Form Form)
{
    /// <summary>Another build may answer in other words.</summary>
    private static readonly string Build = $"{typeof(Moment).Module.ModuleVersionId:N}"[..8];

    /// <summary>The weak entity tag of an answer that no version of one record stands for.</summary>
    public EntityTagHeaderValue Tag => new($"\"{Sequence}-{Day:yyyyMMdd}-{Form.Name}-{Build}\"", isWeak: true);
}
