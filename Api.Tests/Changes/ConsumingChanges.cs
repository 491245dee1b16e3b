using System.Text.Json;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>A consumer that follows the changes holds the same as the registry, whatever happens meanwhile.</summary>
public sealed class ConsumingChanges(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task Who_follows_the_pages_while_many_write_misses_nothing()
    {
        var mirror = new Mirror();
        var writing = Writers.WriteAsync(WriteAsync);

        var next = "/v1/changes?limit=7&wait=1";
        for (var idle = false; !idle; )
        {
            idle = writing.IsCompleted;
            var text = await App.Http.GetStringAsync(next);
            using var page = JsonDocument.Parse(text);
            next = page.RootElement.GetProperty("next").GetString()!;
            var changes = Seen.On(text);
            foreach (var change in changes)
            {
                mirror.Take(change);
            }

            idle &= changes.Count == 0;
        }

        await writing;
        Assert.That(mirror.Last, Is.GreaterThan(Writers.Changes / 2));
        await mirror.CompareAsync(App.Http);
    }

    [Test]
    public async Task Who_follows_the_stream_while_many_write_misses_nothing()
    {
        var mirror = new Mirror();
        var writing = Writers.WriteAsync(WriteAsync);
        var last = writing
            .ContinueWith(
                async _ => (await App.QueryAsync<long>("SELECT MAX(Sequence) FROM Change")).Single(),
                TaskScheduler.Default
            )
            .Unwrap();

        // The connection is lost now and then.
        while (!last.IsCompleted || mirror.Last < await last)
        {
            using var events = await Events.OpenAsync(App.Http, "/v1/changes/stream", mirror.Last);
            for (var taken = 0; taken < 53 && (!last.IsCompleted || mirror.Last < await last); taken++)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                try
                {
                    mirror.Take((await events.NextAsync(patience.Token))!);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }
        }

        await writing;
        await mirror.CompareAsync(App.Http);
    }

    private async Task WriteAsync(HttpMethod method, string path, object? body)
    {
        using var answer = await App.SendAsync(method, path, body, ifMatch: method == HttpMethod.Post ? null : "*");
    }
}

/// <summary>The same with a program that is killed in the middle of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConsumingFromAProgramThatDies
{
    private const int Deaths = 3;

    private static readonly (string Name, string Value)[] Settings =
    [
        ("Catalogue:Load", "false"),
        ("Access:AdminKey", RegistryApp.AdminKey),
    ];

    private volatile TaskCompletionSource<HttpClient> _registry = NewSource();

    [Test]
    public Task Pages_miss_nothing() =>
        ConsumeAsync(
            async (mirror, registry) =>
            {
                foreach (
                    var change in Seen.On(await registry.GetStringAsync($"/v1/changes?wait=1&after={mirror.Last}"))
                )
                {
                    mirror.Take(change);
                }
            }
        );

    [Test]
    public Task Streams_miss_nothing() =>
        ConsumeAsync(
            async (mirror, registry) =>
            {
                using var events = await Events.OpenAsync(registry, "/v1/changes/stream", mirror.Last);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                while (await events.NextAsync(patience.Token) is { } change)
                {
                    mirror.Take(change);
                    patience.CancelAfter(TimeSpan.FromSeconds(1));
                }
            }
        );

    private async Task ConsumeAsync(Func<Mirror, HttpClient, Task> consume)
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        var mirror = new Mirror();
        var process = RegistryProcess.Start(database, Settings);
        try
        {
            _registry.SetResult(await ClientOfAsync(process));
            var writing = Writers.WriteAsync(WriteAsync);
            var consuming = KeepConsumingAsync(mirror, consume, writing);
            for (var death = 1; death <= Deaths; death++)
            {
                // Each time somewhere in the middle of what is left to write.
                await WaitUntilAsync(() => mirror.Last > Writers.Changes * death / (Deaths + 3) || writing.IsCompleted);
                _registry = NewSource();
                await process.DisposeAsync();
                process = RegistryProcess.Start(database, Settings);
                _registry.SetResult(await ClientOfAsync(process));
            }

            await writing;
            await consuming;
            await mirror.CompareAsync(await _registry.Task);
        }
        finally
        {
            await process.DisposeAsync();
            await TestDatabases.GiveBackAsync(database);
        }
    }

    private static TaskCompletionSource<HttpClient> NewSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<HttpClient> ClientOfAsync(RegistryProcess process)
    {
        var client = await process.ServingAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        client.Timeout = TimeSpan.FromSeconds(20);
        return client;
    }

    private static async Task WaitUntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            await Task.Delay(20);
        }
    }

    private async Task KeepConsumingAsync(Mirror mirror, Func<Mirror, HttpClient, Task> consume, Task writing)
    {
        for (var idle = false; !idle; )
        {
            idle = writing.IsCompleted;
            var before = mirror.Last;
            await WhileItLivesAsync(registry => consume(mirror, registry));
            idle &= mirror.Last == before;
        }
    }

    private Task WriteAsync(HttpMethod method, string path, object? body) =>
        WhileItLivesAsync(async registry =>
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
                request.Content.Headers.ContentType = new(
                    method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"
                );
            }

            if (method != HttpMethod.Post)
            {
                request.Headers.Add("If-Match", "*");
            }

            using var answer = await registry.SendAsync(request);
        });

    /// <summary>A write that was cut off is not repeated: it may be there or not, and the changes must tell.</summary>
    private async Task WhileItLivesAsync(Func<HttpClient, Task> work)
    {
        var registry = await _registry.Task;
        try
        {
            await work(registry);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            await Task.Delay(20);
        }
    }
}
