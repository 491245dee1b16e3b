using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>Callers who break off: while they send, before they are answered, while they are answered.</summary>
[Category("Faults")]
public sealed class LeavingEarly
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ServedFile _file = null!;

    private static int Times => 5 * ServedFile.Rounds;

    [SetUp]
    public async Task An_empty_file()
    {
        _file = await ServedFile.TakeAsync();
        await _file.ServeAsync();
    }

    [TearDown]
    public ValueTask Put_away() => _file.DisposeAsync();

    [Test]
    public async Task A_write_of_which_only_a_part_was_sent_is_none()
    {
        for (var time = 1; time <= Times; time++)
        {
            var request = Post($"half-{time}");

            // Long enough for the program to have begun to read it: what a reset finds unread is not seen by anybody.
            await LeaveAfterAsync(request[..^Random.Shared.Next(1, 60)], 50);
        }

        await IsServingAsync();
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(log.Ids, Is.EqualTo(new[] { "still-served" }));
    }

    [Test]
    public async Task A_write_whose_answer_nobody_waits_for_is_on_record_whole_or_not_at_all()
    {
        for (var time = 1; time <= Times; time++)
        {
            await LeaveAfterAsync(Post($"left-{time}"), Random.Shared.Next(20));
        }

        await IsServingAsync();
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        await _file.FitsTogetherAsync();
        var kept = 0;
        for (var time = 1; time <= Times; time++)
        {
            using var answer = await _file.Http.GetAsync($"/v1/ministers/left-{time}");
            var body = await answer.Content.ReadAsStringAsync();
            Assert.That(answer.StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.NotFound), body);
            Assert.That(
                answer.StatusCode == HttpStatusCode.OK ? body : null,
                Is.EqualTo(log.Find($"left-{time}", 1)?.Record)
            );
            kept += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        await TestContext.Out.WriteLineAsync($"{Times} writes left alone, {kept} of them on record");
    }

    [Test]
    public async Task Exports_that_nobody_reads_to_the_end_leave_nothing_open()
    {
        Machine.RequireLinux();
        await _file.FillAsync(megabytes: 8);
        await BreakExportsOffAsync();

        // Connections are kept for the next, and SQLite keeps the files of those that are closed: by chance fewer may have been
        // open at once the first time, of eight with a file and a log each.
        var most = _file.Process.Handles() + 16;

        await BreakExportsOffAsync();
        await BreakExportsOffAsync();

        await IsServingAsync();
        for (var waited = 0; _file.Process.Handles() > most && waited < 100; waited++)
        {
            await Task.Delay(100);
        }

        // The heap grows until it has seen as much at once as there ever is, and the collector runs when it likes. What is held
        // makes it grow each time: one export that were kept, by eight and twice that as text.
        var grown = long.MaxValue;
        for (var time = 0; grown >= 50 && time < 10; time++)
        {
            var memory = _file.Process.Memory();
            await BreakExportsOffAsync();
            grown = (_file.Process.Memory() - memory) / (1024 * 1024);
        }

        await TestContext.Out.WriteLineAsync(
            $"at most {most} handles and {_file.Process.Handles()} after, {grown} MiB more memory the last time"
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_file.Process.Handles(), Is.LessThanOrEqualTo(most));
            Assert.That(grown, Is.LessThan(50));
        }

        using var whole = await _file.Http.GetAsync("/v1/export");
        Assert.That(
            (await whole.Content.ReadAsStringAsync()).Count(letter => letter == '\n'),
            Is.GreaterThan(400),
            "An export that somebody does read is whole."
        );
    }

    private async Task BreakExportsOffAsync()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(1, ServedFile.Rounds),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (time, cancellationToken) =>
            {
                using var socket = await ConnectAsync();
                socket.ReceiveBufferSize = 4096;
                await socket
                    .GetStream()
                    .WriteAsync(Encoding.ASCII.GetBytes(Head("GET", "/v1/export")), cancellationToken);
                var some = new byte[Random.Shared.Next(1, 20_000)];
                await socket.GetStream().ReadExactlyAsync(some, cancellationToken);
                Assert.That(
                    Encoding.ASCII.GetString(some, 0, Math.Min(some.Length, 12)),
                    Does.StartWith("HTTP/1.1 200"[..Math.Min(some.Length, 12)])
                );
            }
        );
    }

    /// <summary>The program serves, and has come to an end with what was sent before.</summary>
    private async Task IsServingAsync()
    {
        using var answer = await _file.Http.PostAsJsonAsync(
            "/v1/ministers",
            new { id = "still-served", names = RegistryApp.TextsOf("Still served") }
        );
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));

        // What was left alone may still be on its way to the record.
        var (before, now) = ("", await _file.Http.GetStringAsync("/v1/changes?limit=1000"));
        while (now != before)
        {
            await Task.Delay(200);
            (before, now) = (now, await _file.Http.GetStringAsync("/v1/changes?limit=1000"));
        }
    }

    /// <summary>Sends bytes and breaks the connection off, as the end of a program or a lost line does.</summary>
    private async Task LeaveAfterAsync(string sent, int milliseconds = 0)
    {
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(sent));
        await Task.Delay(milliseconds);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(_file.Http.BaseAddress!.Host, _file.Http.BaseAddress.Port).WaitAsync(Patience);
        return socket;
    }

    private static string Post(string id)
    {
        var body = $$"""{"id":"{{id}}","names":[{"language":"en","text":"Somebody who is called {{id}}"}]}""";
        return Head(
                "POST",
                "/v1/ministers",
                "Content-Type: application/json",
                string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}")
            ) + body;
    }

    private static string Head(string method, string path, params string[] headers) =>
        string.Join(
            "\r\n",
            [
                $"{method} {path} HTTP/1.1",
                "Host: registry.example",
                $"X-Api-Key: {RegistryApp.AdminKey}",
                .. headers,
                "",
                "",
            ]
        );
}
