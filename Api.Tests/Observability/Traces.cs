using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Observability;

/// <summary>The spans of a program that traces, and the requests that a test traces itself.</summary>
/// <remarks>Programs of other tests run beside it; a trace is known by the id that the test gives it.</remarks>
internal sealed class Traces : BaseProcessor<Activity>
{
    /// <summary>Nobody listens there.</summary>
    public static readonly (string Name, string Value) Nowhere = ("Telemetry:Endpoint", "http://127.0.0.1:9");

    private readonly ConcurrentQueue<Activity> _ended = new();

    public override void OnEnd(Activity data) => _ended.Enqueue(data);

    /// <summary>Adds the processor to the program.</summary>
    public void In(IServiceCollection services) =>
        services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(this));

    /// <summary>Sends a request within a trace of its own.</summary>
    /// <returns>The spans of the program in it, when that of the request has ended; the first one is that.</returns>
    public async Task<IReadOnlyList<Activity>> OfAsync(HttpClient client, HttpRequestMessage request)
    {
        var id = $"{Guid.NewGuid():N}";
        request.Headers.Add("traceparent", $"00-{id}-00f067aa0ba902b7-01");
        using (var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            // What has no end to wait for ends when its caller leaves.
        }

        Activity[] spans = [];
        await Until.HoldsAsync(() =>
        {
            spans = [.. _ended.Where(span => span.TraceId.ToHexString() == id)];
            return Task.FromResult(spans.Any(span => span.Kind == ActivityKind.Server));
        });
        return [.. spans.OrderByDescending(span => span.Kind == ActivityKind.Server)];
    }
}
