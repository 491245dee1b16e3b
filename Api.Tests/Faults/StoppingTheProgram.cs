using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>What callers see when the program is asked to stop while they write, read and wait.</summary>
[Category("Faults")]
public sealed class StoppingTheProgram
{
    private const int Clients = 8;

    /// <summary>Less than a request may wait for changes, which is half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private ServedFile _file = null!;

    [SetUp]
    public async Task An_empty_file()
    {
        Machine.RequireUnix();
        _file = await ServedFile.TakeAsync();
        await _file.ServeAsync();
    }

    [TearDown]
    public async Task Put_away()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }
    }

    [Test]
    public async Task What_is_being_served_is_answered_and_nobody_is_kept_waiting()
    {
        using var enough = new CancellationTokenSource();
        var answers = 0;
        var writers = Enumerable.Range(1, Clients).Select(number => new Writer(number)).ToList();
        var writing = Task.WhenAll(
            writers.Select(writer =>
                writer.WriteAsync(_file.Http, () => Interlocked.Increment(ref answers), enough.Token)
            )
        );
        using var events = await Events.OpenAsync(_file.Http, "/v1/changes/stream?collection=states");
        var streaming = events.NextAsync();
        var waiting = _file.Http.GetStringAsync("/v1/changes?collection=states&wait=30");
        while (Volatile.Read(ref answers) < 10 * Clients && !writing.IsCompleted)
        {
            await Task.Delay(5);
        }

        await _file.Process.TerminateAsync();

        Assert.That(await _file.Process.ExitCodeAsync().WaitAsync(Patience), Is.Zero, _file.Process.Output);
        await writing.WaitAsync(Patience);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await streaming.WaitAsync(Patience), Is.Null, "The stream ends as a stream does.");
            Assert.That(await waiting.WaitAsync(Patience), Does.Contain("\"items\":[]"));
        }

        await _file.ServeAsync();
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(
            writers.Count(writer => writer.Settle(log)),
            Is.Zero,
            "Somebody's write is on record, and nobody told them."
        );
        Assert.That(log.Head, Is.EqualTo(writers.Sum(writer => writer.Written)));
        await _file.FitsTogetherAsync();
    }

    [Test]
    public async Task It_is_not_ready_at_once_and_serves_for_the_pause()
    {
        await _file.ServeAsync(("Shutdown:Pause", "00:05:00"));
        using var ready = await _file.Http.GetAsync("/health/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var events = await Events.OpenAsync(_file.Http, "/v1/changes/stream");

        await _file.Process.TerminateAsync();

        await Until.HoldsAsync(async () =>
            (await _file.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable
        );
        using var newcomer = new HttpClient { BaseAddress = _file.Http.BaseAddress };
        using var refused = await newcomer.GetAsync("/health/ready");
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        using var live = await newcomer.GetAsync("/health/live");
        Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var written = await _file.PostAsync("late");
        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await events.NextAsync().WaitAsync(Patience))?.Id, Is.EqualTo("late"));

        // A second signal ends the pause.
        await _file.Process.TerminateAsync();
        Assert.That(await _file.Process.ExitCodeAsync().WaitAsync(Patience), Is.Zero, _file.Process.Output);
    }

    [Test]
    public async Task It_stops_when_the_pause_is_over()
    {
        await _file.ServeAsync(("Shutdown:Pause", "00:00:00.5"));

        await _file.Process.TerminateAsync();

        Assert.That(await _file.Process.ExitCodeAsync().WaitAsync(Patience), Is.Zero, _file.Process.Output);
    }

    [Test]
    public async Task A_request_that_is_half_sent_completes_and_no_other_is_taken()
    {
        await _file.ServeAsync(("Shutdown:Timeout", "00:05:00"));
        const string Body = """{"id":"half","names":[{"language":"en","text":"Half sent"}]}""";
        using var socket = await ConnectAsync();
        await SendAsync(
            socket,
            $"""
            POST /v1/ministers HTTP/1.1
            Host: registry.example
            X-Api-Key: {RegistryApp.AdminKey}
            Content-Type: application/json
            Content-Length: {Body.Length.ToString(CultureInfo.InvariantCulture)}
            Expect: 100-continue


            """
        );
        using var lines = new StreamReader(socket.GetStream(), Encoding.ASCII);

        // The program has begun to read it.
        Assert.That(await lines.ReadLineAsync().WaitAsync(Patience), Is.EqualTo("HTTP/1.1 100 Continue"));
        await _file.Process.TerminateAsync();
        await Until.HoldsAsync(async () => !await IsTakenAsync());

        await SendAsync(socket, Body);

        var answer = await lines.ReadToEndAsync().WaitAsync(Patience);
        Assert.That(answer, Does.Contain("HTTP/1.1 201 Created").And.Contain("Connection: close"));
        Assert.That(await _file.Process.ExitCodeAsync().WaitAsync(Patience), Is.Zero, _file.Process.Output);
    }

    [Test]
    public async Task A_slow_client_of_an_export_does_not_keep_it()
    {
        await _file.FillAsync(megabytes: 8);
        using var socket = await ConnectAsync();
        await SendAsync(socket, "GET /v1/export HTTP/1.1\nHost: registry.example\n\n");
        var received = new StringBuilder();
        var buffer = new byte[2048];
        var receiving = ReceiveSlowlyAsync();
        await Until.HoldsAsync(() => Task.FromResult(received.Length > 0));

        await _file.Process.TerminateAsync();

        Assert.That(await _file.Process.ExitCodeAsync().WaitAsync(Patience), Is.Zero, _file.Process.Output);
        await _file.Process.SaysAsync("connections are aborted");
        await receiving.WaitAsync(Patience);
        Assert.That(received.ToString(), Does.StartWith("HTTP/1.1 200").And.Not.Contain("\r\n0\r\n\r\n"));

        async Task ReceiveSlowlyAsync()
        {
            try
            {
                while (await socket.GetStream().ReadAsync(buffer) is var count and > 0)
                {
                    lock (received)
                    {
                        received.Append(Encoding.ASCII.GetString(buffer, 0, count));
                    }

                    await Task.Delay(100);
                }
            }
            catch (IOException)
            {
                // Reset: the client knows that something is missing.
            }
        }
    }

    [Test]
    public async Task A_stop_that_nobody_asked_for_is_no_success()
    {
        await using var other = RegistryProcess.Start(
            _file.Database,
            ("Catalogue:Load", "false"),
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
            (StartupHook.Variable, "stop")
        );

        Assert.That(await other.ExitCodeAsync(), Is.EqualTo(3), other.Output);
        Assert.That(other.Output, Does.Contain("Now listening"));
    }

    private async Task<TcpClient> ConnectAsync()
    {
        // Little is in flight: what the program has to send is longer than what the system takes from it.
        var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_file.Http.BaseAddress!.Host, _file.Http.BaseAddress.Port).WaitAsync(Patience);
        return socket;
    }

    private async Task<bool> IsTakenAsync()
    {
        try
        {
            using var socket = await ConnectAsync();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task SendAsync(TcpClient socket, string text) =>
        socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"))).AsTask();
}
