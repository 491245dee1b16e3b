using Microsoft.Extensions.Logging;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>Warns when the clock of the machine jumps, or is behind the last change.</summary>
/// <remarks>
/// The instants of changes never run backwards: behind the last change, the next one is a microsecond after it. So a clock that
/// was ahead once leaves its mark until the time has caught up, and somebody should know.
/// </remarks>
internal sealed class ClockWatch(TimeProvider clock, ILogger<ClockWatch> log) : TransactionObserver
{
    /// <summary>The difference from which a clock is worth a warning.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The least time between two warnings.</summary>
    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _time = clock.GetUtcNow();
    private long _timestamp = clock.GetTimestamp();
    private long? _warned;

    internal override Task WrittenAsync(WriteSession session)
    {
        Check(session.Instant);
        return Task.CompletedTask;
    }

    /// <summary>Compares the clock with the time that has passed since the last write, and with the instant of this one.</summary>
    internal void Check(DateTimeOffset instant)
    {
        lock (_gate)
        {
            var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            var jump = now - _time - clock.GetElapsedTime(_timestamp, timestamp);
            (_time, _timestamp) = (now, timestamp);
            if (jump.Duration() > Tolerance)
            {
                log.LogWarning(
                    "The clock of this machine jumped by {Jump}, or the machine was suspended. Changes are recorded at {Instant}.",
                    jump,
                    instant
                );
            }
            else if (
                instant - now > Tolerance
                && (_warned is not { } warned || clock.GetElapsedTime(warned, timestamp) > WarningInterval)
            )
            {
                _warned = timestamp;
                log.LogWarning(
                    "The clock of this machine is {Difference} behind the last change. Changes are recorded at {Instant}, so that "
                        + "they stay in order.",
                    instant - now,
                    instant
                );
            }
        }
    }
}
