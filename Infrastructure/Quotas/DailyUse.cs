using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Quotas;

/// <summary>The units that each caller used today (UTC), shared by all processes on one database.</summary>
/// <remarks>
/// A process counts in memory and adds its count to the database every few seconds, so that a caller of several processes can
/// exceed the quota of a day by what it uses in this time. While the database cannot be written to, each process counts alone.
/// </remarks>
public sealed class DailyUse(RegistryDatabase database, TimeProvider clock, ILogger<DailyUse> log)
{
    /// <summary>The maximum number of callers that are counted; the burst quota still limits further ones.</summary>
    private const int MaxCallers = 100_000;

    private const int MaxInBatch = 500;

    private static readonly TimeSpan ShareInterval = TimeSpan.FromSeconds(5);

    /// <summary>The time after which a caller who used little is forgotten.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Use> _uses = new();
    private int _trimmedDay;

    private int Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;

    /// <summary>The units that a caller used today, as far as this process knows.</summary>
    public long UsedBy(string caller) => _uses.TryGetValue(caller, out var use) ? use.On(Today) : 0;

    /// <summary>Counts units.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="sharedFrom">
    /// The units from which the count of a caller is shared: most anonymous callers use little, and their addresses need not be
    /// stored.
    /// </param>
    public void Add(string caller, long units, long sharedFrom)
    {
        if (!_uses.TryGetValue(caller, out var use))
        {
            if (_uses.Count >= MaxCallers)
            {
                return;
            }

            use = _uses.GetOrAdd(caller, _ => new Use(sharedFrom));
        }

        use.Add(Today, units, clock.GetTimestamp());
    }

    /// <summary>Shares the counts until the program stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(ShareInterval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ShareAsync();
        }
    }

    /// <summary>Adds the counts of this process to the database, and reads those of all processes.</summary>
    public async Task ShareAsync()
    {
        var today = Today;
        var now = clock.GetTimestamp();
        foreach (var (caller, use) in _uses)
        {
            if (use.IsForgettable(today) && clock.GetElapsedTime(use.LastAdded, now) > IdleTime)
            {
                _uses.TryRemove(caller, out _);
            }
        }

        try
        {
            var pending = _uses.Where(pair => pair.Value.IsShared(today)).ToArray();
            foreach (var batch in pending.Chunk(MaxInBatch))
            {
                await ShareAsync(batch, today);
            }

            if (pending.Length > 0 && _trimmedDay != today)
            {
                await database.TransactAsync(
                    (connection, transaction) =>
                        connection.ExecuteAsync(
                            QuotaSql.Trim,
                            new { Day = DateOnly.FromDayNumber(today) },
                            transaction
                        ),
                    CancellationToken.None
                );
                _trimmedDay = today;
            }
        }
        catch (BusyException busy)
        {
            log.LogWarning(busy.Cause, "The use of quotas could not be shared; this is tried again.");
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            // Another process counted a caller first; the row is there at the next time.
        }
    }

    private async Task ShareAsync(KeyValuePair<string, Use>[] batch, int today)
    {
        var added = batch.Select(pair => pair.Value.PendingOn(today)).ToArray();
        var totals = await database.TransactAsync(
            async (connection, transaction) =>
            {
                var used = new long[batch.Length];
                for (var index = 0; index < batch.Length; index++)
                {
                    used[index] = await AddAsync(connection, transaction, batch[index].Key, today, added[index]);
                }

                return used;
            },
            CancellationToken.None
        );
        for (var index = 0; index < batch.Length; index++)
        {
            batch[index].Value.Shared(today, added[index], totals[index]);
        }
    }

    private static async Task<long> AddAsync(
        DbConnection connection,
        DbTransaction transaction,
        string caller,
        int today,
        long more
    )
    {
        var row = new
        {
            Caller = caller,
            Day = DateOnly.FromDayNumber(today),
            More = more,
        };
        if (await connection.ExecuteAsync(QuotaSql.Add, row, transaction) == 0)
        {
            await connection.ExecuteAsync(QuotaSql.Insert, row, transaction);
        }

        return await connection.ExecuteScalarAsync<long>(QuotaSql.Used, row, transaction);
    }

    /// <summary>The units of one caller on one day.</summary>
    /// <param name="sharedFrom">The units from which they are shared.</param>
    private sealed class Use(long sharedFrom)
    {
        private readonly Lock _gate = new();
        private int _day;
        private long _shared;
        private long _pending;

        public long LastAdded { get; private set; }

        public long On(int day)
        {
            lock (_gate)
            {
                return _day == day ? _shared + _pending : 0;
            }
        }

        public long PendingOn(int day)
        {
            lock (_gate)
            {
                return _day == day ? _pending : 0;
            }
        }

        public void Add(int day, long units, long now)
        {
            lock (_gate)
            {
                if (_day != day)
                {
                    (_day, _shared, _pending) = (day, 0, 0);
                }

                _pending += units;
                LastAdded = now;
            }
        }

        public void Shared(int day, long added, long total)
        {
            lock (_gate)
            {
                if (_day == day)
                {
                    (_shared, _pending) = (total, _pending - added);
                }
            }
        }

        public bool IsShared(int day)
        {
            lock (_gate)
            {
                return _day == day && _pending > 0 && (_shared > 0 || _pending >= sharedFrom);
            }
        }

        /// <summary>True when nothing of the day is lost, or little, when the count is forgotten.</summary>
        public bool IsForgettable(int day)
        {
            lock (_gate)
            {
                return _day != day || _pending == 0 || (_shared == 0 && _pending < sharedFrom);
            }
        }
    }
}

internal static class QuotaSql
{
    public const string Add = "UPDATE QuotaUse SET Used = Used + @More WHERE Caller = @Caller AND Day = @Day";

    public const string Insert = "INSERT INTO QuotaUse (Caller, Day, Used) VALUES (@Caller, @Day, @More)";

    public const string Used = "SELECT Used FROM QuotaUse WHERE Caller = @Caller AND Day = @Day";

    public const string Trim = "DELETE FROM QuotaUse WHERE Day < @Day";
}
