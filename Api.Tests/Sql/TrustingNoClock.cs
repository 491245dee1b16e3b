using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Tests.Sql;

/// <summary>Clocks that jump: changes stay in order, and the log of the program says what happened.</summary>
public sealed class TrustingNoClock(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task After_a_clock_that_was_ahead_changes_stay_in_order_and_can_be_asked_for()
    {
        await App.EstablishStateAsync("KAZ");
        await SetLastInstantAsync(App.Now.AddDays(400));

        await App.EstablishStateAsync("UZB");
        await App.EstablishStateAsync("TJK");

        var recorded = new List<DateTimeOffset>();
        foreach (var code in new[] { "KAZ", "UZB", "TJK" })
        {
            recorded.Add((DateTimeOffset)(await App.ReadAsync($"/v1/states/{code}"))["recordedAt"]!);
        }

        Assert.That(recorded, Is.Ordered.Ascending.And.Unique);
        Assert.That(recorded[1], Is.GreaterThan(App.Now.AddDays(399)));

        // Up to the last change any instant can be asked for, however far ahead it is.
        var between = recorded[1].ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var then = await App.ReadAsync($"/v1/states?knownAt={Uri.EscapeDataString(between)}");
        Assert.That(
            then["items"]!.AsArray().Select(state => (string?)state!["code"]),
            Is.EqualTo(new[] { "KAZ", "UZB" })
        );
        var now = App.Now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(
            (await App.ReadAsync($"/v1/states?knownAt={now}"))["items"]!.AsArray(),
            Has.Count.EqualTo(1),
            "by the clock, the others are in the future"
        );
    }

    private async Task SetLastInstantAsync(DateTimeOffset instant)
    {
        await using var connection = App.Database.Connect();
        await connection.ExecuteAsync(
            "UPDATE ChangeCounter SET Instant = @Instant WHERE Id = 1",
            new { Instant = instant }
        );
    }
}

/// <summary>The warnings about clocks.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WarningOfClocks
{
    private readonly SetClock _clock = new();
    private readonly Heard _log = new();

    [Test]
    public void Time_that_passes_is_no_reason_for_a_warning()
    {
        var watch = new ClockWatch(_clock, _log);
        _clock.Pass(TimeSpan.FromDays(30));
        watch.Check(_clock.Now);

        Assert.That(_log.Warnings, Is.Empty);
    }

    [TestCase(1)]
    [TestCase(-1)]
    public void A_jump_is_told(int direction)
    {
        var watch = new ClockWatch(_clock, _log);
        _clock.Now += TimeSpan.FromHours(direction);
        watch.Check(_clock.Now);
        watch.Check(_clock.Now);

        Assert.That(_log.Warnings, Has.Count.EqualTo(1).And.All.Contain("jumped by"));
    }

    [Test]
    public void A_clock_behind_the_last_change_is_told_once_a_minute()
    {
        var watch = new ClockWatch(_clock, _log);
        for (var second = 0; second < 90; second += 10)
        {
            watch.Check(_clock.Now + TimeSpan.FromDays(1));
            _clock.Pass(TimeSpan.FromSeconds(10));
        }

        Assert.That(_log.Warnings, Has.Count.EqualTo(2).And.All.Contain("behind the last change"));
    }

    private sealed class SetClock : TimeProvider
    {
        private long _timestamp;

        public DateTimeOffset Now { get; set; } = new(RegistryApp.Today, TimeOnly.MinValue, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            Now += time;
            _timestamp += time.Ticks;
        }

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => _timestamp;
    }

    private sealed class Heard : ILogger<ClockWatch>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Warnings.Add(formatter(state, exception));
    }
}
