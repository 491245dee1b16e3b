using Microsoft.Data.SqlClient;
using Registry.Domain;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>Limits the callers of the driver's connection pool.</summary>
/// <remarks>
/// A caller who would not get a connection in time is refused at once, and not after the timeout of the driver. There
/// are as many slots as the pool has connections. Writers hold a connection while they wait for each other, so they
/// take at most half of the slots of requests. Background work (deliveries, imports, the watch for changes) has its own
/// slots, and waits longer for them.
/// </remarks>
internal sealed class ConnectionGate : IDisposable
{
    /// <summary>The time that a request waits for its slot.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The time that background work waits for its slot.</summary>
    private static readonly TimeSpan BackgroundTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The number of slots from which on background work has its own.</summary>
    private const int MinConnectionsToDivide = 8;

    private readonly SemaphoreSlim _requests;
    private readonly SemaphoreSlim _writes;
    private readonly SemaphoreSlim _background;
    private int _waiting;
    private long _timeouts;

    /// <summary>The number of connections of the pool.</summary>
    public int Places { get; }

    /// <summary>The number of callers that wait for a slot.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The number of callers that were refused, because no slot became free in time.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <param name="places">The number of connections of the pool, from 1.</param>
    public ConnectionGate(int places)
    {
        Places = places;
        var background = places < MinConnectionsToDivide ? 0 : Math.Clamp(places / 10, 2, 10);
        var requests = places - background;
        _requests = new SemaphoreSlim(requests);
        _writes = new SemaphoreSlim(Math.Max(1, requests / 2));
        _background = background == 0 ? _requests : new SemaphoreSlim(background);
    }

    /// <summary>Creates the gate for the pool of a SQL Server connection string.</summary>
    public static ConnectionGate Before(string connectionString) =>
        new(new SqlConnectionStringBuilder(connectionString).MaxPoolSize);

    /// <summary>Waits for a slot.</summary>
    /// <returns>The slot, which is released on disposal.</returns>
    /// <exception cref="BusyException">No slot became free in time.</exception>
    public async Task<IDisposable> EnterAsync(bool writes, CancellationToken cancellationToken)
    {
        if (Background.IsRunning)
        {
            await WaitAsync(_background, BackgroundTimeout, cancellationToken);
            return new Place([_background]);
        }

        if (!writes)
        {
            await WaitAsync(_requests, RequestTimeout, cancellationToken);
            return new Place([_requests]);
        }

        await WaitAsync(_writes, RequestTimeout, cancellationToken);
        try
        {
            await WaitAsync(_requests, RequestTimeout, cancellationToken);
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

    private async Task WaitAsync(SemaphoreSlim places, TimeSpan patience, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            if (!await places.WaitAsync(patience, cancellationToken))
            {
                Interlocked.Increment(ref _timeouts);
                throw new BusyException(new TimeoutException("All connections of the pool are in use."));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
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
                    // The program has stopped meanwhile.
                }
            }
        }
    }
}
