using System.Buffers;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Changes;

namespace Registry.Api.Features.Changes;

/// <summary>Stream changes.</summary>
/// <remarks>Sends each change as a server-sent event, in the order of the sequence.</remarks>
public sealed record StreamChanges : ChangesQuery, IRequest<ChangeEvents>
{
    /// <summary>
    /// The sequence number of the last change received; takes precedence over after and since. Browsers send it
    /// automatically.
    /// </summary>
    [FromHeader(Name = "Last-Event-ID")]
    public long? LastEventId { get; init; }
}

/// <summary>Changes, those there and those to come. It takes one of the places for streams until it is disposed.</summary>
public sealed class ChangeEvents : IDisposable
{
    private readonly ChangeFeed _feed;
    private readonly StreamSlots _slots;
    private readonly ChangeFilter _filter;
    private readonly long _after;

    /// <exception cref="TooManyStreamsException">No place is free.</exception>
    internal ChangeEvents(ChangeFeed feed, StreamSlots slots, ChangeFilter filter, long after)
    {
        (_feed, _slots, _filter, _after) = (feed, slots, filter, after);
        slots.Take();
    }

    /// <summary>The changes in portions; an empty one where there were none for a while.</summary>
    internal IAsyncEnumerable<IReadOnlyList<Change>> ReadAsync(CancellationToken cancellationToken) =>
        _feed.FollowAsync(_filter, _after, cancellationToken);

    /// <summary>Signals that changes can be read.</summary>
    /// <exception cref="BusyException">They cannot.</exception>
    internal Task RequireAsync(CancellationToken cancellationToken) => _feed.RequireAsync(cancellationToken);

    /// <summary>Releases the place.</summary>
    public void Dispose() => _slots.GiveBack();
}

internal sealed class StreamChangesHandler(ChangeFeed feed, StreamSlots slots)
    : IRequestHandler<StreamChanges, ChangeEvents>
{
    public async Task<ChangeEvents> Handle(StreamChanges request, CancellationToken cancellationToken)
    {
        var after = request.LastEventId ?? await feed.StartAsync(request, cancellationToken);
        return new ChangeEvents(feed, slots, request.ToFilter(), after);
    }
}

/// <summary>Writes changes as server-sent events (WHATWG HTML, 9.2).</summary>
internal sealed class ChangeStreamAnswer(ChangeEvents changes) : IResult
{
    /// <summary>How long a browser waits until it comes again, in milliseconds.</summary>
    private static readonly byte[] ConnectionSetup = "retry: 2000\n\n"u8.ToArray();

    private static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (changes)
        {
            // What has begun cannot become a refusal, so it is looked first whether there is one.
            await changes.RequireAsync(httpContext.RequestAborted);
            var response = httpContext.Response;
            response.ContentType = MediaTypes.EventStream;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            if (HttpMethods.IsHead(httpContext.Request.Method))
            {
                return;
            }

            httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            try
            {
                await WriteAsync(response, httpContext.RequestAborted);
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // Nobody is left to read.
            }
            catch (BusyException)
            {
                // The reader comes again, with the last it has.
            }
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(ConnectionSetup, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, Addresses.Readable);
        await foreach (var portion in changes.ReadAsync(cancellationToken))
        {
            if (portion.Count == 0)
            {
                buffer.Write(Heartbeat);
            }

            foreach (var change in portion)
            {
                Encoding.UTF8.GetBytes($"id: {change.Sequence}\nevent: {change.Operation}\ndata: ", buffer);
                json.Reset();
                ChangeEntry.Write(json, change);
                json.Flush();
                buffer.Write("\n\n"u8);
            }

            await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            buffer.ResetWrittenCount();
        }
    }
}
