using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Registry.Infrastructure.Changes;

namespace Registry.Api.Features.Changes;

/// <summary>Gives changes as they come. Who waits holds neither a connection of the database nor a thread.</summary>
internal sealed class ChangeFeed(
    ChangeReads changes,
    ChangeSignal signal,
    IHostApplicationLifetime host,
    IOptions<ChangeSettings> settings
)
{
    private const int StreamedAtOnce = 200;

    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(settings.Value.HeartbeatSeconds);

    /// <summary>After which sequence the changes that are asked for begin.</summary>
    public async Task<long> StartAsync(ChangesQuery asked, CancellationToken cancellationToken) =>
        asked.Since is { } since ? await changes.SequenceAtAsync(since, cancellationToken) : asked.After ?? 0;

    /// <summary>The first changes after a sequence, as soon as there are any, or none when the time is over.</summary>
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
    /// The changes after a sequence, those there and those to come, in portions; an empty portion for every heartbeat in
    /// which there were none. Ends when the program does.
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
            var page = await changes.AfterAsync(filter, after, StreamedAtOnce, cancellationToken);
            after = page.Next;
            var silence = Stopwatch.GetElapsedTime(spoke);
            if (page.Changes.Count > 0 || silence >= _heartbeat)
            {
                yield return page.Changes;
                spoke = Stopwatch.GetTimestamp();
                silence = TimeSpan.Zero;
            }

            if (!page.IsFull)
            {
                await WaitBeyondAsync(after, _heartbeat - silence, cancellationToken);
            }
        }
    }

    public Task<ChangePage> BeforeAsync(
        ChangeFilter filter,
        long after,
        long? before,
        int limit,
        CancellationToken cancellationToken
    ) => changes.BeforeAsync(filter, after, before, limit, cancellationToken);

    private async Task<bool> WaitBeyondAsync(long sequence, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            return await signal.WaitBeyondAsync(sequence, patience, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The program stops: whoever waits is answered with what there is.
            return false;
        }
    }
}
