using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Audit;

/// <summary>Reads the audit log, stores entries about refusals, and deletes entries at the end of their retention.</summary>
/// <remarks>
/// A refusal has no transaction, so its entry waits in memory for at most a few seconds. Failed authentications of one address
/// within a minute share an entry, so that a stranger cannot fill the disk.
/// </remarks>
public sealed class AuditStore(RegistryDatabase database, TimeProvider clock, ILogger<AuditStore> log)
{
    /// <summary>The maximum number of entries that wait; further ones are counted in the log of the program.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>The maximum number of callers whose failures are counted at the same time.</summary>
    private const int MostCounted = 10_000;

    private const int MostInBatch = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountedTogether = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);

    private readonly Channel<AuditRow> _waiting = Channel.CreateBounded<AuditRow>(MostWaiting);
    private readonly Dictionary<(string? Address, string? Method), AuditRow> _counted = [];
    private long _lost;
    private DateTimeOffset _countedSince;

    /// <summary>Lists one page of the entries.</summary>
    public Task<ListPage<AuditRow>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(null, session => AuditSql.List.ReadAsync<AuditRow>(session, request), cancellationToken);

    /// <summary>Adds an entry about a refusal, which is stored soon.</summary>
    public void Add(AuditRow entry)
    {
        if (!_waiting.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Stores the entries that were added, until the program stops.</summary>
    /// <param name="retention">The time for which entries are kept.</param>
    /// <param name="stopping">Signals that the program stops; what was added until then is still stored.</param>
    public async Task RunAsync(TimeSpan retention, CancellationToken stopping)
    {
        var trimmed = DateTimeOffset.MinValue;
        _countedSince = clock.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = clock.GetUtcNow();
            await StoreAsync(all: stopping.IsCancellationRequested || now - _countedSince >= CountedTogether);
            if (now - trimmed >= TrimInterval && !stopping.IsCancellationRequested)
            {
                trimmed = now;
                await TrimAsync(now - retention, stopping);
            }
        }
    }

    /// <summary>Stores the waiting entries now.</summary>
    /// <param name="all">True to store the counted failures too, before their minute is over.</param>
    public async Task StoreAsync(bool all)
    {
        while (true)
        {
            var batch = TakeBatch();
            if (all)
            {
                batch.AddRange(_counted.Values);
                _counted.Clear();
                _countedSince = clock.GetUtcNow();
            }

            if (batch.Count == 0)
            {
                break;
            }

            await InsertAsync(batch);
        }

        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
        {
            log.LogError("{Count} refusals are missing in the audit log: there were too many at once.", lost);
        }
    }

    private List<AuditRow> TakeBatch()
    {
        var batch = new List<AuditRow>();
        while (batch.Count < MostInBatch && _waiting.Reader.TryRead(out var entry))
        {
            if (entry.Actor is not null)
            {
                batch.Add(entry);
                continue;
            }

            var caller = (entry.Address, entry.Method);
            if (_counted.TryGetValue(caller, out var former))
            {
                _counted[caller] = entry with { Occurrences = former.Occurrences + 1 };
            }
            else if (_counted.Count < MostCounted)
            {
                _counted.Add(caller, entry);
            }
            else
            {
                Interlocked.Increment(ref _lost);
            }
        }

        return batch;
    }

    private async Task InsertAsync(List<AuditRow> batch)
    {
        try
        {
            await database.TransactAsync(
                async (connection, transaction) =>
                {
                    foreach (var entry in batch)
                    {
                        await connection.ExecuteAsync(AuditSql.Insert, entry.ToParameters(), transaction);
                    }

                    return 0;
                },
                CancellationToken.None
            );
        }
        catch (BusyException busy)
        {
            log.LogError(
                busy.Cause,
                "{Count} refusals are missing in the audit log.",
                batch.Sum(row => row.Occurrences)
            );
        }
    }

    private async Task TrimAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        try
        {
            var first = FirstIdAt(oldest);
            await database.TransactAsync(
                (connection, transaction) =>
                    connection.ExecuteAsync(AuditSql.Trim, new { Oldest = first }, transaction),
                cancellationToken
            );
        }
        catch (BusyException busy)
        {
            log.LogWarning(busy.Cause, "Old entries of the audit log could not be deleted; this is tried again.");
        }
    }

    /// <summary>The lowest id of an entry at a time: a UUID of version 7 begins with the milliseconds since 1970.</summary>
    private static string FirstIdAt(DateTimeOffset time)
    {
        var digits = time.ToUnixTimeMilliseconds().ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        return $"{digits[..8]}-{digits[8..]}";
    }
}
