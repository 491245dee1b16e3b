using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Access.Quotas;
using Registry.Api.Http.Problems;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>Costly requests take turns.</summary>
public sealed class WorkingInTurns
{
    private static readonly byte[] Part = [1, 2, 3];

    [Test]
    public async Task One_works_while_the_other_waits()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 8));
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var firstRuns = heavy.RunAsync(ContextOf("192.0.2.1"), () => first.Task);
        var secondRuns = heavy.RunAsync(
            ContextOf("192.0.2.2"),
            () =>
            {
                second.SetResult();
                return Task.CompletedTask;
            }
        );
        await Task.Yield();
        Assert.That(second.Task.IsCompleted, Is.False);

        first.SetResult();

        await firstRuns;
        await secondRuns;
        Assert.That(second.Task.IsCompleted, Is.True);
    }

    [Test]
    public async Task A_slow_client_keeps_nobody_waiting()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 8));
        var slow = new SlowBody();
        var context = ContextOf("192.0.2.1", slow);
        var slowRuns = heavy.RunAsync(context, () => context.Response.Body.WriteAsync(Part).AsTask());
        await slow.IsReached;

        await heavy.RunAsync(ContextOf("192.0.2.2"), () => Task.CompletedTask);

        Assert.That(slowRuns.IsCompleted, Is.False);
        slow.Receive();
        await slowRuns;
    }

    [Test]
    public async Task A_short_list_does_not_wait_for_the_end_of_a_long_export()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 8));
        var done = new List<string>();
        var shortWaits = new TaskCompletionSource();
        var context = ContextOf("192.0.2.1");
        var exports = heavy.RunAsync(
            context,
            async () =>
            {
                await shortWaits.Task;
                for (var part = 1; part <= 2; part++)
                {
                    done.Add($"part {part}");
                    await context.Response.Body.WriteAsync(Part);
                    await context.Response.Body.FlushAsync();
                }
            }
        );
        var lists = heavy.RunAsync(
            ContextOf("192.0.2.2"),
            () =>
            {
                done.Add("list");
                return Task.CompletedTask;
            }
        );
        shortWaits.SetResult();
        await Task.WhenAll(exports, lists);

        Assert.That(done, Is.EqualTo(new[] { "part 1", "list", "part 2" }));
    }

    [Test]
    public async Task Pages_computed_from_many_records_wait_for_their_turn_too_and_a_client_has_any_number_open()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 1));
        var end = new TaskCompletionSource();
        var exports = heavy.RunAsync(ContextOf("192.0.2.1"), () => end.Task);
        Task<int>[] pages =
        [
            .. Enumerable.Range(0, 3).Select(page => heavy.ReadAsync(() => Task.FromResult(page), default)),
        ];
        await Task.Yield();
        Assert.That(pages.Any(page => page.IsCompleted), Is.False);

        end.SetResult();
        await exports;
        Assert.That(await Task.WhenAll(pages), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public async Task One_client_has_only_a_few_open()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 2));
        var end = new TaskCompletionSource();
        Task[] open =
        [
            heavy.RunAsync(ContextOf("2001:db8::1"), () => end.Task),
            heavy.RunAsync(ContextOf("2001:db8::2"), () => end.Task),
        ];

        var refused = await Assert.ThrowsAsync<RetryLaterException>(() =>
            heavy.RunAsync(ContextOf("2001:db8::3"), () => Task.CompletedTask)
        );
        Assert.That(refused!.Code, Is.EqualTo("too-many-at-once"));

        end.SetResult();
        await heavy.RunAsync(ContextOf("2001:db8:0:1::1"), () => Task.CompletedTask);
        await Task.WhenAll(open);
        await heavy.RunAsync(ContextOf("2001:db8::3"), () => Task.CompletedTask);
    }

    [Test]
    public async Task A_turn_ends_with_a_request_that_fails_or_whose_client_leaves()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 1));
        using var leaving = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        var open = heavy.RunAsync(ContextOf("192.0.2.1"), () => end.Task);
        var left = ContextOf("192.0.2.2");
        left.RequestAborted = leaving.Token;
        var waits = heavy.RunAsync(left, () => Task.CompletedTask);

        await leaving.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waits);
        end.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => open);

        await heavy.RunAsync(ContextOf("192.0.2.1"), () => Task.CompletedTask);
        await heavy.RunAsync(ContextOf("192.0.2.2"), () => Task.CompletedTask);
    }

    [Test]
    public async Task Too_many_do_not_wait()
    {
        using var heavy = new HeavyWork(SettingsOf(1, 1_000));
        var end = new TaskCompletionSource();
        var open = Enumerable
            .Range(0, 201)
            .Select(_ => heavy.RunAsync(ContextOf("192.0.2.1"), () => end.Task))
            .ToList();

        var refused = await Assert.ThrowsAsync<RetryLaterException>(() =>
            heavy.RunAsync(ContextOf("192.0.2.1"), () => Task.CompletedTask)
        );
        Assert.That(refused!.Code, Is.EqualTo("overloaded"));

        end.SetResult();
        await Task.WhenAll(open);
    }

    private static HeavyWorkSettings SettingsOf(int requests, int perClient) =>
        new() { HeavyRequests = requests, HeavyRequestsPerClient = perClient };

    internal static DefaultHttpContext ContextOf(string address, Stream? body = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Response.Body = body ?? new MemoryStream();
        return context;
    }

    /// <summary>A body whose client receives nothing until it is told to.</summary>
    private sealed class SlowBody : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsReached => _reached.Task;

        public void Receive() => _received.SetResult();

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            _reached.TrySetResult();
            await _received.Task.WaitAsync(cancellationToken);
        }
    }
}

/// <summary>The limit of costly requests over HTTP.</summary>
public sealed class AskingForTooMuchAtOnce(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("Limits:HeavyRequestsPerClient", "1")];

    [TestCase("GET", "/v1/export")]
    [TestCase("GET", "/v1/forums?format=csv")]
    [TestCase("GET", "/v1/forums?format=xlsx")]
    [TestCase("GET", "/v1/forums?format=ndjson")]
    [TestCase("GET", "/v1/meetings?format=ical")]
    [TestCase("POST", "/v1/match", """{"queries":[{"name":"CICA"}]}""")]
    [TestCase("POST", "/v1/reconcile", "queries=%7B%22a%22%3A%7B%22query%22%3A%22CICA%22%7D%7D")]
    public async Task A_costly_request_waits_for_another_one_of_its_client_and_others_are_answered(
        string method,
        string path,
        string? body = null
    )
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        var heavy = App.Services.GetRequiredService<HeavyWork>();
        var end = new TaskCompletionSource();
        var open = heavy.RunAsync(WorkingInTurns.ContextOf("127.0.0.1"), () => end.Task);

        var refused = await AskAsync();
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-at-once");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        await (await App.GetAsync("/v1/forums/CICA")).OkAsync();
        await (await App.GetAsync("/v1/forums")).OkAsync();

        end.SetResult();
        await open;
        Assert.That((await AskAsync()).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        async Task<HttpResponseMessage> AskAsync()
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
            {
                request.Content = new StringContent(
                    body,
                    Encoding.UTF8,
                    body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded"
                );
            }

            return await App.Http.SendAsync(request);
        }
    }
}
