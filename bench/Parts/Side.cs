using Registry.Bench.Load;

namespace Registry.Bench.Parts;

/// <summary>One of those who are compared: callers, and what they ask.</summary>
/// <param name="callers">The callers.</param>
/// <param name="requests">The requests, sent in turn; a burst goes on where the last one ended.</param>
/// <param name="count">How many are sent in a burst.</param>
internal sealed class Side(Callers callers, IReadOnlyList<byte[]> requests, int count)
{
    private int _next;

    /// <summary>The callers.</summary>
    public Callers Callers => callers;

    /// <summary>What each request must be answered with.</summary>
    public int Status { get; init; } = 200;

    /// <summary>A write that is made before all requests are sent once, and not counted; null for none.</summary>
    public Func<byte[]>? Change { get; init; }

    /// <summary>Sends a burst.</summary>
    /// <returns>The CPU time of the server for one request, in microseconds.</returns>
    public async Task<double> BurstAsync()
    {
        var cpu = TimeSpan.Zero;
        for (var sent = 0; sent < count; )
        {
            var now = count - sent;
            if (Change is not null)
            {
                now = Math.Min(now, requests.Count);
                var change = Change();
                await callers.SendAsync(1, _ => change, 200);
            }

            var first = _next;
            cpu += (await callers.SendAsync(now, number => requests[(first + number) % requests.Count], Status)).Cpu;
            _next = (first + now) % requests.Count;
            sent += now;
        }

        return cpu.TotalMicroseconds / count;
    }
}
