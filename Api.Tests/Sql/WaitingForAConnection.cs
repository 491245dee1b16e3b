using System.Diagnostics;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Api.Tests.Sql;

/// <summary>What comes of more callers than a server's pool has connections.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WaitingForAConnection
{
    private const int Places = 20;

    private readonly CancellationToken _patient = CancellationToken.None;

    [Test]
    public async Task Who_does_not_get_one_in_about_a_second_is_told_to_come_again()
    {
        using var gate = new ConnectionGate(1);
        using var place = await gate.EnterAsync(writes: false, _patient);
        var started = Stopwatch.GetTimestamp();

        Assert.That(async () => await gate.EnterAsync(writes: false, _patient), Throws.TypeOf<BusyException>());
        Assert.That(async () => await gate.EnterAsync(writes: true, _patient), Throws.TypeOf<BusyException>());

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(8)));
        place.Dispose();
        using var again = await gate.EnterAsync(writes: true, _patient);
    }

    [Test]
    public async Task A_place_that_is_given_back_twice_is_one_place()
    {
        using var gate = new ConnectionGate(1);
        var place = await gate.EnterAsync(writes: true, _patient);
        place.Dispose();
        place.Dispose();

        using var again = await gate.EnterAsync(writes: true, _patient);

        Assert.That(async () => await gate.EnterAsync(writes: false, _patient), Throws.TypeOf<BusyException>());
    }

    [Test]
    public async Task Writers_who_wait_for_each_other_leave_room_for_readers()
    {
        using var gate = new ConnectionGate(Places);
        var writers = await TakeAllAsync(gate, writes: true);

        using var reader = await gate.EnterAsync(writes: false, _patient);

        Assert.That(writers, Is.GreaterThan(1).And.LessThan(Places));
    }

    [Test]
    public async Task Requests_leave_room_for_what_goes_on_beside_them()
    {
        using var gate = new ConnectionGate(Places);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var readers = await TakeAllAsync(gate, writes: false);
        var background = 0;

        await Background.RunAsync(
            "test",
            "The work",
            async _ =>
            {
                using var place = await gate.EnterAsync(writes: true, patience.Token);
                background++;
            },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            patience.Token
        );

        Assert.That((readers, background), Is.EqualTo((Places - 2, 1)));
    }

    /// <summary>Takes places until none is left.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> TakeAllAsync(ConnectionGate gate, bool writes)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                await gate.EnterAsync(writes, _patient);
            }
            catch (BusyException)
            {
                return taken;
            }
        }
    }
}
