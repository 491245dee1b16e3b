using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Subscriptions;

/// <summary>A message as it arrived.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, IHeaderDictionary Headers, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public long Sequence => (long)Json["data"]!["sequence"]!;

    /// <summary>Every signature that fits the secret, worked out as a receiver does.</summary>
    public int SignaturesBy(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Timestamp}."), .. Body];
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
        return Signature.Split(' ').Count(signature => signature == expected);
    }
}

/// <summary>Somebody who wants to be told of changes.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _host;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication host) => _host = host;

    /// <summary>What it answers: 204 until it is told otherwise.</summary>
    public Func<Received, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public IReadOnlyList<Received> All => [.. _received];

    public string Url => $"{_host.Urls.Single()}/hook";

    public int Port => new Uri(Url).Port;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._host.Run(receiver.TakeAsync);
        await receiver._host.StartAsync();
        return receiver;
    }

    /// <summary>Everything that arrived, once that is as many messages as asked.</summary>
    public async Task<IReadOnlyList<Received>> HasAsync(int count)
    {
        await Until.HoldsAsync(() => Task.FromResult(_received.Count >= count), Patience);
        Assert.That(_received, Has.Count.GreaterThanOrEqualTo(count));
        return All;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var received = new Received(
            headers["webhook-id"].ToString(),
            headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(),
            new HeaderDictionary(headers.ToDictionary(header => header.Key, header => header.Value)),
            body.ToArray()
        );
        _received.Enqueue(received);
        context.Response.StatusCode = await Answer(received, context);
    }
}
