using Microsoft.Data.SqlClient;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Stands in front of the driver's pool of connections, so that a caller who would not get one in time hears so at once, and
/// not after the driver's patience.
/// </summary>
/// <remarks>
/// There are as many places as the pool has connections. Writers wait for each other while they hold one, so they take at
/// most half of the places of requests; what goes on beside the requests (deliveries, imports, the watch for changes) has
/// places of its own, and waits longer for them.
/// </remarks>
internal sealed class ConnectionGate : IDisposable
{
    /// <summary>How long a request waits for its place.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long work in the background waits for its place.</summary>
    private static readonly TimeSpan PatienceOfBackground = TimeSpan.FromSeconds(10);

    /// <summary>From how many places on the background has some of its own.</summary>
    private const int Enough = 8;

    private readonly SemaphoreSlim _requests;
    private readonly SemaphoreSlim _writes;
    private readonly SemaphoreSlim _background;

    /// <param name="places">How many connections the pool has, from 1.</param>
    public ConnectionGate(int places)
    {
        var background = places < Enough ? 0 : Math.Clamp(places / 10, 2, 10);
        var requests = places - background;
        _requests = new SemaphoreSlim(requests);
        _writes = new SemaphoreSlim(Math.Max(1, requests / 2));
        _background = background == 0 ? _requests : new SemaphoreSlim(background);
    }

    /// <summary>A gate before the pool that a connection string of SQL Server asks for.</summary>
    public static ConnectionGate Before(string connectionString) =>
        new(new SqlConnectionStringBuilder(connectionString).MaxPoolSize);

    /// <summary>Waits for a place.</summary>
    /// <returns>Gives the place back.</returns>
    /// <exception cref="BusyException">None became free in time.</exception>
    public async Task<IDisposable> EnterAsync(bool writes, CancellationToken cancellationToken)
    {
        if (Background.IsRunning)
        {
            await WaitAsync(_background, PatienceOfBackground, cancellationToken);
            return new Place([_background]);
        }

        if (!writes)
        {
            await WaitAsync(_requests, Patience, cancellationToken);
            return new Place([_requests]);
        }

        await WaitAsync(_writes, Patience, cancellationToken);
        try
        {
            await WaitAsync(_requests, Patience, cancellationToken);
        }
        catch
        {
            _writes.Release();
            throw;
        }

        return new Place([_requests, _writes]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        _writes.Dispose();
        _background.Dispose();
    }

    private static async Task WaitAsync(SemaphoreSlim places, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(patience, cancellationToken))
        {
            throw new BusyException(new TimeoutException("All connections of the pool are in use."));
        }
    }

    private sealed class Place(SemaphoreSlim[] taken) : IDisposable
    {
        private SemaphoreSlim[]? _taken = taken;

        public void Dispose()
        {
            foreach (var places in Interlocked.Exchange(ref _taken, null) ?? [])
            {
                try
                {
                    places.Release();
                }
                catch (ObjectDisposedException)
                {
                    // The program has ended meanwhile.
                }
            }
        }
    }
}
