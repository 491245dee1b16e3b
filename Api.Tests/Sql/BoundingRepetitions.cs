using Microsoft.Extensions.Logging.Abstractions;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Tests.Sql;

/// <summary>The bounds of repetitions after transient faults.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BoundingRepetitions
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Test]
    public async Task The_number_of_attempts_is_bounded_and_counted()
    {
        var faults = new TransientFaults(2, Moment, Long);

        Assert.That(await AttemptsAsync(faults), Is.EqualTo(3));

        Assert.That(faults.Repetitions.Single().Key, Is.EqualTo(("read", "1205")));
        Assert.That(faults.Repetitions.Single().Value, Is.EqualTo(2));
    }

    [Test]
    public async Task No_attempt_begins_after_the_time_is_over() =>
        Assert.That(await AttemptsAsync(new TransientFaults(5, Moment, TimeSpan.Zero)), Is.EqualTo(1));

    [Test]
    public async Task No_attempt_begins_after_the_caller_has_left()
    {
        using var caller = new CancellationTokenSource();
        var attempts = 0;

        Assert.That(
            async () =>
                await new TransientFaults(5, Moment, Long).RunAsync(
                    "read",
                    async _ =>
                    {
                        attempts++;
                        await caller.CancelAsync();
                        return await FailAsync();
                    },
                    caller.Token
                ),
            Throws.InstanceOf<Exception>()
        );

        Assert.That(attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task What_may_be_done_is_not_repeated()
    {
        Assert.That(
            await AttemptsAsync(new TransientFaults(5, Moment, Long), attempts => attempts.MayBeDone = true),
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task Background_work_is_left_to_its_worker()
    {
        var attempts = 0;

        await Background.RunAsync(
            "test",
            "The work",
            async _ => attempts = await AttemptsAsync(new TransientFaults(5, Moment, Long)),
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None
        );

        Assert.That(attempts, Is.EqualTo(1));
    }

    /// <summary>The number of attempts of work that always fails.</summary>
    private static async Task<int> AttemptsAsync(
        TransientFaults faults,
        Action<TransientFaults.Attempts>? before = null
    )
    {
        var count = 0;
        try
        {
            await faults.RunAsync(
                "read",
                attempts =>
                {
                    count++;
                    before?.Invoke(attempts);
                    return FailAsync();
                },
                CancellationToken.None
            );
        }
        catch (BusyException)
        {
            return count;
        }

        throw new InvalidOperationException("The fault was not told.");
    }

    private static Task<int> FailAsync() =>
        Task.FromException<int>(new BusyException(ServerErrors.Of(1205, severity: 13)));
}
