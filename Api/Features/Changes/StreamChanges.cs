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

/// <summary>A stream of past and future changes.</summary>
public sealed class ChangeEvents
{
    private readonly ChangeFeed _feed;
    private readonly StreamSlots _slots;
    private readonly ChangeFilter _filter;
    private readonly long _after;

    internal ChangeEvents(ChangeFeed feed, StreamSlots slots, ChangeFilter filter, long after) =>
        (_feed, _slots, _filter, _after) = (feed, slots, filter, after);

    /// <summary>The changes in batches; an empty batch is a heartbeat.</summary>
    internal IAsyncEnumerable<IReadOnlyList<Change>> ReadAsync(CancellationToken cancellationToken) =>
        _feed.FollowAsync(_filter, _after, cancellationToken);

    /// <summary>Verifies that changes can be read.</summary>
    /// <exception cref="BusyException">Changes cannot be read.</exception>
    internal Task RequireAsync(CancellationToken cancellationToken) => _feed.RequireAsync(cancellationToken);

    /// <summary>Takes a place in the limits of streams, for as long as the stream is open.</summary>
    /// <exception cref="RetryLaterException">A limit of concurrent streams is reached.</exception>
    internal IDisposable TakePlace(HttpContext context) => _slots.Take(context.Connection.RemoteIpAddress);
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
    /// <summary>The reconnection time of browsers, in milliseconds.</summary>
    private static readonly byte[] ConnectionSetup = "retry: 2000\n\n"u8.ToArray();

    private static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (changes.TakePlace(httpContext))
        {
            // An error status can be sent only before the response starts, so the database is checked first.
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
                // The client has disconnected.
            }
            catch (BusyException)
            {
                // The client reconnects with the id of its last event.
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
