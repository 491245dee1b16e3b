using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Registry.Domain;
using Registry.Infrastructure.Changes;

namespace Registry.Api.Features.Changes;

/// <summary>
/// Delivers changes as they come. A waiting request holds neither a database connection nor a thread.
/// </summary>
internal sealed class ChangeFeed(
    ChangeReads changes,
    ChangeSignal signal,
    IHostApplicationLifetime host,
    IOptions<ChangeSettings> settings
)
{
    private const int StreamedAtOnce = 200;

    /// <summary>The interval at which a stream checks again whether the database can be read.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(settings.Value.HeartbeatSeconds);

    /// <summary>The sequence number after which the requested changes begin.</summary>
    public async Task<long> StartAsync(ChangesQuery asked, CancellationToken cancellationToken) =>
        asked.Since is { } since ? await changes.SequenceAtAsync(since, cancellationToken) : asked.After ?? 0;

    /// <summary>Waits for the first changes after a sequence number; none when the wait times out.</summary>
    public async Task<ChangePage> AfterAsync(
        ChangeFilter filter,
        long after,
        int limit,
        TimeSpan wait,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var page = await changes.AfterAsync(filter, after, limit, cancellationToken);
            var left = wait - Stopwatch.GetElapsedTime(started);
            if (
                page.Changes.Count > 0
                || left <= TimeSpan.Zero
                || !await WaitBeyondAsync(page.Next, left, cancellationToken)
            )
            {
                return page;
            }

            after = page.Next;
        }
    }

    /// <summary>
    /// Streams the changes after a sequence number, past and future, in batches, with an empty batch for each heartbeat interval
    /// without changes. It ends when the program stops.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<Change>> FollowAsync(
        ChangeFilter filter,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var spoke = Stopwatch.GetTimestamp();
        while (!host.ApplicationStopping.IsCancellationRequested)
        {
            var page = await NextAsync(filter, after, cancellationToken);
            after = page?.Next ?? after;
            var silence = Stopwatch.GetElapsedTime(spoke);
            if (page?.Changes.Count > 0 || silence >= _heartbeat)
            {
                yield return page?.Changes ?? [];
                spoke = Stopwatch.GetTimestamp();
                silence = TimeSpan.Zero;
            }

            if (page is null)
            {
                await WaitAsync(Outage, cancellationToken);
            }
            else if (!page.IsFull)
            {
                await WaitBeyondAsync(after, _heartbeat - silence, cancellationToken);
            }
        }
    }

    /// <summary>Verifies that changes can be read.</summary>
    /// <exception cref="BusyException">Changes cannot be read.</exception>
    public Task RequireAsync(CancellationToken cancellationToken) =>
        changes.AfterAsync(new ChangeFilter(), long.MaxValue, limit: 1, cancellationToken);

    public Task<ChangePage> BeforeAsync(
        ChangeFilter filter,
        long after,
        long? before,
        int limit,
        CancellationToken cancellationToken
    ) => changes.BeforeAsync(filter, after, before, limit, cancellationToken);

    /// <summary>Reads the next changes; null while the database cannot be read, since a stream survives that.</summary>
    private async Task<ChangePage?> NextAsync(ChangeFilter filter, long after, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.AfterAsync(filter, after, StreamedAtOnce, cancellationToken);
        }
        catch (BusyException busy) when (busy is not DamagedException)
        {
            return null;
        }
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        await Task.Delay(time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> WaitBeyondAsync(long sequence, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            return await signal.WaitBeyondAsync(sequence, patience, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The program stops: a waiting request returns the changes so far.
            return false;
        }
    }
}
