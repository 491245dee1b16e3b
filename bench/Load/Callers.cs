using System.Diagnostics;
using Registry.Bench.Servers;

namespace Registry.Bench.Load;

/// <summary>So many callers of a server, each with a connection of its own, who ask as soon as they are answered.</summary>
internal sealed class Callers : IDisposable
{
    private readonly Connection[] _connections;

    private Callers(Server server, Connection[] connections) => (Server, _connections) = (server, connections);

    /// <summary>Whom they ask.</summary>
    public Server Server { get; }

    /// <summary>Connects them.</summary>
    public static async Task<Callers> ConnectAsync(Server server, int count)
    {
        var connections = new Connection[count];
        for (var at = 0; at < count; at++)
        {
            connections[at] = await Connection.OpenAsync(server.Address);
        }

        return new Callers(server, connections);
    }

    /// <summary>Sends so many requests, shared among the callers, and checks the status of each answer.</summary>
    /// <param name="count">How many requests.</param>
    /// <param name="request">The request of a number from 0.</param>
    /// <param name="status">What each must be answered with.</param>
    /// <param name="pace">The pause between the starts of two requests of one caller; none when zero.</param>
    /// <param name="ending">Ends it before all are sent.</param>
    /// <exception cref="InvalidOperationException">One was answered otherwise.</exception>
    public async Task<Burst> SendAsync(
        int count,
        Func<int, ReadOnlyMemory<byte>> request,
        int status,
        TimeSpan pace = default,
        CancellationToken ending = default
    )
    {
        var waited = new double[count];
        var next = -1;
        var cpu = Server.Cpu;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select(CallAsync));
        var took = Stopwatch.GetElapsedTime(started);
        var sent = Math.Min(next + 1, count);
        return new Burst(Server.Cpu - cpu, took, waited[..sent]);

        async Task CallAsync(Connection connection)
        {
            await Task.Yield();
            int number;
            while (!ending.IsCancellationRequested && (number = Interlocked.Increment(ref next)) < count)
            {
                var sentAt = Stopwatch.GetTimestamp();
                var answer = await connection.SendAsync(request(number));
                waited[number] = Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
                if (answer.Status != status)
                {
                    var (_, body) = await connection.ReadAsync(request(number));
                    throw new InvalidOperationException(
                        $"{Server.Address} answered {answer.Status} and not {status}; asked again, it says: {body}"
                    );
                }

                if (pace > TimeSpan.Zero && pace - Stopwatch.GetElapsedTime(sentAt) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, CancellationToken.None);
                }
            }
        }
    }

    /// <summary>Asks once and gives the body.</summary>
    /// <exception cref="InvalidOperationException">It was answered otherwise than with 200.</exception>
    public async Task<string> ReadAsync(ReadOnlyMemory<byte> request)
    {
        var (status, body) = await _connections[0].ReadAsync(request);
        return status == 200
            ? body
            : throw new InvalidOperationException($"{Server.Address} answered {status}: {body}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }
}

/// <summary>What so many requests cost.</summary>
/// <param name="Cpu">The CPU time of the server.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Waited">How long each waited for its answer, in milliseconds.</param>
internal sealed record Burst(TimeSpan Cpu, TimeSpan Took, double[] Waited)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Waited.Length / Took.TotalSeconds;

    /// <summary>The wait that so large a share of the requests did not exceed, in milliseconds.</summary>
    public double Quantile(double share)
    {
        double[] ordered = [.. Waited.Order()];
        return ordered[Math.Min(ordered.Length - 1, (int)(share * ordered.Length))];
    }
}
