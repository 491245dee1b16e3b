using Registry.Api.Tests.Changes;

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
}
