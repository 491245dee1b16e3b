using System.Threading.RateLimiting;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Access.Quotas;

/// <summary>The settings of costly requests, under <c>Limits</c>.</summary>
internal sealed class HeavyWorkSettings
{
    public const string Section = "Limits";

    /// <summary>
    /// The maximum number of costly requests that are worked on at the same time: half of the processors, so that other requests
    /// are answered beside them.
    /// </summary>
    public int HeavyRequests { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>The maximum number of costly requests that one caller has open.</summary>
    public int HeavyRequestsPerClient { get; set; } = 8;

    /// <summary>Reads the settings.</summary>
    public static HeavyWorkSettings Of(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<HeavyWorkSettings>() ?? new HeavyWorkSettings();
}

/// <summary>
/// Lets costly requests (whole lists, exports, calendars, batches, lists computed from many records) take turns, so that they do
/// not slow down the others.
/// </summary>
/// <remarks>
/// A request has its turn while it works, and gives it up while it waits for its client: a slow client keeps nobody waiting.
/// After each part it queues again, so that a short list does not wait for the end of a long export.
/// </remarks>
internal sealed class HeavyWork(HeavyWorkSettings settings) : IDisposable
{
    /// <summary>The maximum number of requests that wait for their turn.</summary>
    private const int MaxWaiting = 200;

    /// <summary>The maximum time that a request waits for its first turn.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _turns = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.HeavyRequests,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    private readonly PartitionedRateLimiter<string> _clients = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetConcurrencyLimiter(
            client,
            _ => new ConcurrencyLimiterOptions { PermitLimit = settings.HeavyRequestsPerClient, QueueLimit = 0 }
        )
    );

    /// <summary>Runs the work of a costly request when it has its turn.</summary>
    /// <exception cref="RetryLaterException">The caller has too many such requests open, or too many of them wait.</exception>
    public async Task RunAsync(HttpContext context, Func<Task> work)
    {
        using var place = _clients.AttemptAcquire($"{ClientAddress.Of(context)} {Caller.Of(context)?.KeyId}");
        if (!place.IsAcquired)
        {
            QuotaMeasures.Count(QuotaMeasures.Concurrency);
            throw new RetryLaterException(
                "too-many-at-once",
                $"The caller has {settings.HeavyRequestsPerClient} costly requests open.",
                RetryAfter
            );
        }

        using var turn = await FirstTurnAsync(context.RequestAborted);
        ReadLimits.EnterCostly();
        var body = context.Response.Body;
        context.Response.Body = new TurnTakingStream(body, turn, QuotaService.ChargeOf(context));
        try
        {
            await work();
        }
        finally
        {
            context.Response.Body = body;
        }
    }

    /// <summary>
    /// Reads a short response that is computed from many records, when it has its turn. One caller can have any number of these
    /// open: each is brief.
    /// </summary>
    /// <exception cref="RetryLaterException">Too many requests wait.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        using var turn = await FirstTurnAsync(cancellationToken);
        return await read();
    }

    public void Dispose()
    {
        _turns.Dispose();
        _clients.Dispose();
    }

    private async Task<Turn> FirstTurnAsync(CancellationToken cancellationToken)
    {
        if (_turns.GetStatistics()!.CurrentQueuedCount >= MaxWaiting)
        {
            throw Overloaded();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(MaxWait);
        var turn = new Turn(_turns);
        try
        {
            await turn.TakeAsync(patience.Token);
            return turn;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Overloaded();
        }
    }

    private static RetryLaterException Overloaded()
    {
        QuotaMeasures.Count(QuotaMeasures.Overload);
        return new("overloaded", "Too many whole lists, exports and batches are waiting.", RetryAfter);
    }
}

/// <summary>The turn of one request among the costly ones.</summary>
internal sealed class Turn(ConcurrencyLimiter turns) : IDisposable
{
    private RateLimitLease? _lease;

    /// <summary>Waits for the turn.</summary>
    public async ValueTask TakeAsync(CancellationToken cancellationToken) =>
        _lease ??= await turns.AcquireAsync(1, cancellationToken);

    /// <summary>Lets the next request have its turn.</summary>
    public void Dispose()
    {
        _lease?.Dispose();
        _lease = null;
    }
}
