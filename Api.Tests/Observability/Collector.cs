using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Registry.Api.Tests.Observability;

/// <summary>A collector that takes what is exported by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _taken = new();

    private Collector(WebApplication host) => _host = host;

    public string Url => _host.Urls.Single();

    /// <summary>The paths to which something was exported.</summary>
    public IEnumerable<string> Paths => _taken.Keys;

    /// <summary>The texts in what was exported to a path, with bytes of the format between them.</summary>
    public string TextAt(string path) =>
        string.Concat(_taken.GetValueOrDefault(path, []).Select(Encoding.UTF8.GetString));

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._host.Run(collector.TakeAsync);
        await collector._host.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _taken.GetOrAdd(context.Request.Path, _ => []).Enqueue(body.ToArray());
    }
}
