using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Importing;

/// <summary>The progress of an import that this process runs or will run.</summary>
public sealed class RunningImport : IDisposable
{
    private readonly Import _import;
    private readonly FileStream _lock;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private long _processed;
    private long _total = -1;
    private readonly long[] _results = new long[Enum.GetValues<RowResult>().Length];
    private DateTimeOffset? _startedAt;

    internal RunningImport(Import import, ImportOrder order, string file, string folder, FileStream held)
    {
        // An import runs in the process that received it, so what only the run needs is not stored.
        (_import, Order, File, Folder, _lock) = (import, order, file, folder, held);
    }

    /// <summary>The id.</summary>
    public string Id => _import.Id;

    /// <summary>Completes when the import has ended.</summary>
    public Task Ended => _ended.Task;

    internal ImportOrder Order { get; }

    internal string File { get; }

    internal string Folder { get; }

    internal CancellationToken Cancelled => _cancel.Token;

    /// <summary>The current import.</summary>
    public Import Now =>
        _import with
        {
            Status = Words.Of(_startedAt is null ? ImportStatus.Waiting : ImportStatus.Running),
            StartedAt = _startedAt,
            Processed = Interlocked.Read(ref _processed),
            Total = Interlocked.Read(ref _total) is var total and >= 0 ? total : null,
            Created = Of(RowResult.Created),
            Changed = Of(RowResult.Changed),
            Unchanged = Of(RowResult.Unchanged),
            Refused = Of(RowResult.Refused),
        };

    /// <summary>Cancels it at the next row.</summary>
    public void Cancel() => _cancel.Cancel();

    internal void Start(DateTimeOffset now) => _startedAt = now;

    internal void Expect(long total) => Interlocked.Exchange(ref _total, total);

    internal void Count(IEnumerable<ImportRow> rows)
    {
        foreach (var row in rows)
        {
            ImportMeasures.Count(row.Result);
            Interlocked.Increment(ref _processed);
            Interlocked.Increment(ref _results[(int)Words.Read<RowResult>(row.Result)]);
        }
    }

    private long Of(RowResult result) => Interlocked.Read(ref _results[(int)result]);

    internal void End() => _ended.TrySetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        _cancel.Dispose();
    }
}
