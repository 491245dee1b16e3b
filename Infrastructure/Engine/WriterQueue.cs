using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>The single writer of an SQLite file.</summary>
/// <remarks>
/// Waiting commands share a commit (group commit): most of its cost is the wait for the disk, which is paid once for
/// all of them. Each command of a group has a savepoint, so that the rollback of one leaves the others. No caller gets
/// a response before the commit is on the disk, neither a success nor a refusal, which may rest on what another command
/// of the group has just written. When the commit fails, all of them get that error.
/// </remarks>
internal sealed class WriterQueue : IDisposable
{
    private const string Savepoint = "SAVEPOINT Command";
    private const string Release = "RELEASE Command";
    private const string RollBack = "ROLLBACK TO Command";

    private static readonly Histogram<int> GroupSize = Telemetry.Meter.CreateHistogram(
        "registry.db.write_group.size",
        "{write}",
        "The number of writes that shared a commit of the SQLite file.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] }
    );

    /// <summary>The maximum time that a command waits for its turn.</summary>
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(10);

    private readonly Func<DbConnection> _open;
    private readonly Action<DbConnection> _close;
    private readonly Func<Exception, BusyException?> _refusal;
    private readonly Func<bool> _isDamaged;
    private readonly WriteSettings _settings;
    private readonly Queue<Command> _waiting = new();
    private readonly Thread _writer;
    private int _abandoned;
    private bool _started;
    private bool _closed;
    private DbConnection? _connection;
    private Checkpoints? _checkpoints;

    /// <param name="open">Opens a connection for writing.</param>
    /// <param name="close">Closes a connection.</param>
    /// <param name="refusal">
    /// Gets the error for callers when the database is not available for writes; null for other errors.
    /// </param>
    /// <param name="isDamaged">True when nothing may be written to the file any more.</param>
    /// <param name="settings">The limits of the queue and of a group.</param>
    public WriterQueue(
        Func<DbConnection> open,
        Action<DbConnection> close,
        Func<Exception, BusyException?> refusal,
        Func<bool> isDamaged,
        WriteSettings settings
    )
    {
        _open = open;
        _close = close;
        _refusal = refusal;
        _isDamaged = isDamaged;
        _settings = settings;
        _writer = new Thread(Serve) { IsBackground = true, Name = "Writer" };
    }

    /// <summary>The number of commands that wait for their turn.</summary>
    public int Length
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count - _abandoned;
            }
        }
    }

    /// <summary>Runs the work in a transaction, which is committed when the task ends.</summary>
    /// <param name="work">The writes. It is called at most once.</param>
    /// <param name="alone">True when the work is long: it has its own commit.</param>
    /// <param name="cancellationToken">Cancels the wait for the turn; the work observes its own token.</param>
    /// <exception cref="BusyException">
    /// The queue is full, the turn did not come in time, or the commit failed.
    /// </exception>
    public Task<T> RunAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        bool alone,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var command = new Command<T>(work, alone);
        lock (_waiting)
        {
            if (_closed || _waiting.Count - _abandoned >= _settings.MostWaiting)
            {
                throw new BusyException(null);
            }

            if (!_started)
            {
                _started = true;
                _writer.Start();
            }

            _waiting.Enqueue(command);
            Monitor.Pulse(_waiting);
        }

        return WaitAsync(command, cancellationToken);
    }

    /// <summary>Waits for the current command and refuses the others.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.Pulse(_waiting);
        }

        if (_started)
        {
            _writer.Join();
        }

        Close();
    }

    private async Task<T> WaitAsync<T>(Command<T> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.Answer.WaitAsync(QueueTimeout, cancellationToken);
        }
        catch (Exception givenUp) when (givenUp is TimeoutException or OperationCanceledException)
        {
            if (command.Answer.IsCompleted || !Abandon(command))
            {
                // Too late to cancel: the work is done, and its result is returned.
                return await command.Answer;
            }

            throw givenUp is TimeoutException ? new BusyException(null) : givenUp;
        }
    }

    private bool Abandon(Command command)
    {
        lock (_waiting)
        {
            if (!command.TryAbandon())
            {
                return false;
            }

            _abandoned++;
            return true;
        }
    }

    private void Serve()
    {
        while (Next(wait: true, isFirst: true) is { } first)
        {
            WriteGroup(first);
        }
    }

    /// <summary>Takes the next command; null when there is none, or none that may join the group.</summary>
    private Command? Next(bool wait, bool isFirst)
    {
        lock (_waiting)
        {
            while (true)
            {
                while (_waiting.TryPeek(out var command))
                {
                    if (command.Alone && !isFirst && !command.IsAbandoned)
                    {
                        return null;
                    }

                    _waiting.Dequeue();
                    if (_closed)
                    {
                        command.Refuse(new BusyException(null));
                    }
                    else if (IsStarted(command))
                    {
                        return command;
                    }
                }

                if (!wait || _closed)
                {
                    return null;
                }

                Monitor.Wait(_waiting);
            }
        }
    }

    private int Waiting()
    {
        lock (_waiting)
        {
            return _waiting.Count;
        }
    }

    /// <summary>Takes the first waiting commands, except those whose callers have cancelled.</summary>
    private List<Command> Take(int count)
    {
        var taken = new List<Command>();
        lock (_waiting)
        {
            while (count-- > 0 && _waiting.TryDequeue(out var command))
            {
                if (IsStarted(command))
                {
                    taken.Add(command);
                }
            }
        }

        return taken;
    }

    /// <summary>True when the command is to run: its caller has not cancelled.</summary>
    private bool IsStarted(Command command)
    {
        if (command.TryStart())
        {
            return true;
        }

        _abandoned--;
        return false;
    }

    private void WriteGroup(Command first)
    {
        List<Command> group = [first];
        var (waited, begun) = (Waiting(), false);
        try
        {
            var connection = Connection();
            using (var transaction = connection.BeginTransaction())
            {
                begun = true;
                Gather(connection, transaction, group);
                transaction.Commit();
            }
        }
        catch (Exception error)
        {
            // A connection may be broken after an error: it is not reused.
            var told = _refusal(error) ?? error;
            Close();
            if (!begun)
            {
                // The others have waited for the same time, and each would have to wait for as long again.
                group.AddRange(Take(waited));
            }

            foreach (var command in group)
            {
                command.Refuse(told);
            }

            return;
        }

        GroupSize.Record(group.Count);
        foreach (var command in group)
        {
            command.Complete();
        }

        if (!_isDamaged())
        {
            _checkpoints?.RunIfDue();
        }
    }

    private void Close()
    {
        _checkpoints = null;
        var closed = _connection;
        _connection = null;
        if (closed is not null)
        {
            try
            {
                _close(closed);
            }
#pragma warning disable CA1031 // A connection that cannot even be closed is gone, and the waiting callers need a response.
            catch (Exception)
#pragma warning restore CA1031
            {
                return;
            }
        }
    }

    private DbConnection Connection()
    {
        if (_connection is null)
        {
            _connection = _open();
            _checkpoints = Checkpoints.Of(_connection, _settings.CheckpointPages);
        }

        return _connection;
    }

    private void Gather(DbConnection connection, DbTransaction transaction, List<Command> group)
    {
        var started = Stopwatch.GetTimestamp();
        for (var command = group[0]; ; )
        {
            if (command.Alone)
            {
                // It has its own transaction: with a savepoint, SQLite would journal all its changes a second time.
                command.Run(connection, transaction);
                if (command.Error is { } broken)
                {
                    throw broken;
                }

                return;
            }

            connection.Execute(Savepoint, transaction: transaction);
            command.Run(connection, transaction);
            if (command.Error is { } error)
            {
                if (_refusal(error) is not null)
                {
                    throw error;
                }

                connection.Execute(RollBack, transaction: transaction);
            }

            connection.Execute(Release, transaction: transaction);
            if (
                group.Count >= _settings.PerCommit
                || Stopwatch.GetElapsedTime(started) > _settings.Gathering
                || Next(wait: false, isFirst: false) is not { } next
            )
            {
                return;
            }

            group.Add(command = next);
        }
    }

    /// <summary>A unit of work with its result.</summary>
    private abstract class Command(bool alone)
    {
        private const int Waiting = 0;
        private const int Started = 1;
        private const int Abandoned = 2;

        // The work runs in the execution context of its caller: its trace, its culture.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private int _state = Waiting;

        public bool Alone => alone;

        public bool IsAbandoned => _state == Abandoned;

        /// <summary>The exception of the work.</summary>
        public Exception? Error { get; private set; }

        public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

        public bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

        public void Run(DbConnection connection, DbTransaction transaction)
        {
            try
            {
                if (_context is null)
                {
                    Work(connection, transaction);
                }
                else
                {
                    ExecutionContext.Run(_context, _ => Work(connection, transaction), null);
                }
            }
            catch (Exception error)
            {
                Error = error;
            }
        }

        /// <summary>Completes with the result, which is committed now.</summary>
        public abstract void Complete();

        /// <summary>Completes with an error.</summary>
        public abstract void Refuse(Exception error);

        protected abstract void Work(DbConnection connection, DbTransaction transaction);
    }

    private sealed class Command<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool alone) : Command(alone)
    {
        // The continuations of the callers run on the thread pool, not on the single writer thread.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Answer => _answer.Task;

        public override void Complete()
        {
            if (Error is null)
            {
                _answer.SetResult(_result);
            }
            else
            {
                Refuse(Error);
            }
        }

        public override void Refuse(Exception error) => _answer.TrySetException(error);

        // Only what is really slow, such as the file of an import, is awaited: SQLite completes synchronously.
        protected override void Work(DbConnection connection, DbTransaction transaction) =>
            _result = work(connection, transaction).GetAwaiter().GetResult();
    }
}

/// <summary>The settings under <c>Database</c> of writes to an SQLite file.</summary>
public sealed record WriteSettings
{
    /// <summary>The maximum number of commands in a commit, from 1.</summary>
    public int PerCommit { get; init; } = 256;

    /// <summary>The time for which commands join a commit, so that the first one does not wait forever.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The number of pages of 4 KiB in the write-ahead log that triggers a checkpoint, from 1.</summary>
    public int CheckpointPages { get; init; } = 1000;

    /// <summary>The maximum length of the queue; further commands are refused.</summary>
    public int MostWaiting { get; init; } = 1024;
}
