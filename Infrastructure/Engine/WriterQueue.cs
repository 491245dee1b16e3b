using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// The one writer of an SQLite file. Commands that wait share a commit: what a commit costs is mostly the wait for the
/// disk, and that is paid once for all of them.
/// </summary>
/// <remarks>
/// Commands that share one have a savepoint each, so that one that is refused takes nothing of its neighbours with it. No caller
/// is answered before the commit is on the disk, neither with a success nor with a refusal, which may rest on what a
/// neighbour has just written. Where the commit fails, all of them are told so.
/// </remarks>
internal sealed class WriterQueue : IDisposable
{
    private const string Savepoint = "SAVEPOINT Command";
    private const string Release = "RELEASE Command";
    private const string RollBack = "ROLLBACK TO Command";

    /// <summary>How long a command waits for its turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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

    /// <param name="open">Opens a connection that may write.</param>
    /// <param name="close">Closes it.</param>
    /// <param name="refusal">What callers are told of errors that say that the database cannot be written to; null for others.</param>
    /// <param name="isDamaged">True when nothing is to be written to the file any more.</param>
    /// <param name="settings">How many commands wait and share a commit.</param>
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

    /// <summary>Runs the work in a transaction, which is committed when the task ends.</summary>
    /// <param name="work">What is to be written. It is called once, or not at all.</param>
    /// <param name="alone">True where the work is long: it shares its commit with nobody.</param>
    /// <param name="cancellationToken">Calls off the wait for the turn; the work itself has to look after its own.</param>
    /// <exception cref="BusyException">Too many wait already, the turn did not come, or the commit failed.</exception>
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

    /// <summary>Waits for the command that is being written and turns the others away.</summary>
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
            return await command.Answer.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception givenUp) when (givenUp is TimeoutException or OperationCanceledException)
        {
            if (command.Answer.IsCompleted || !Abandon(command))
            {
                // It was too late to call it off: what was done is done, and told.
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

    /// <summary>The next command whose turn it is; null when there is none, or none that may join those before it.</summary>
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

    /// <summary>The first commands that wait, but for those whose callers have given up.</summary>
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

    /// <summary>True when the command, which waits no longer, is to be carried out: its caller has not given up.</summary>
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
            // A connection that saw an error may be broken: it is not used again.
            var told = _refusal(error) ?? error;
            Close();
            if (!begun)
            {
                // The others have waited for this as long, and would each have to wait as long once more.
                group.AddRange(Take(waited));
            }

            foreach (var command in group)
            {
                command.Refuse(told);
            }

            return;
        }

        foreach (var command in group)
        {
            command.Tell();
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
#pragma warning disable CA1031 // A connection that cannot even be closed is gone, and those who wait are to be told.
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
                // It shares the transaction with nobody: with a savepoint, SQLite would remember all that it changes once more.
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

    /// <summary>One piece of work, and what came of it.</summary>
    private abstract class Command(bool alone)
    {
        private const int Waiting = 0;
        private const int Started = 1;
        private const int Abandoned = 2;

        // Whoever works for a caller is seen as that caller: its trace, its culture.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private int _state = Waiting;

        public bool Alone => alone;

        public bool IsAbandoned => _state == Abandoned;

        /// <summary>What the work threw.</summary>
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

        /// <summary>Tells the caller what came of it, which is committed now.</summary>
        public abstract void Tell();

        /// <summary>Tells the caller that nothing came of it.</summary>
        public abstract void Refuse(Exception error);

        protected abstract void Work(DbConnection connection, DbTransaction transaction);
    }

    private sealed class Command<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool alone) : Command(alone)
    {
        // The callers go on where there is room, not on the one thread that writes.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Answer => _answer.Task;

        public override void Tell()
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

        // There is nothing to wait for but what is really slow, such as the file of an import: SQLite answers at once.
        protected override void Work(DbConnection connection, DbTransaction transaction) =>
            _result = work(connection, transaction).GetAwaiter().GetResult();
    }
}

/// <summary>The settings under <c>Database</c> of writes to an SQLite file.</summary>
public sealed record WriteSettings
{
    /// <summary>The most commands that share a commit, from 1.</summary>
    public int PerCommit { get; init; } = 256;

    /// <summary>How long commands are taken into one commit, so that the first of them does not wait for ever more.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many pages of 4 KiB the write-ahead log has when it is copied into the file, from 1.</summary>
    public int CheckpointPages { get; init; } = 1000;

    /// <summary>The most commands that wait for their turn; what comes beyond that is told to come again.</summary>
    public int MostWaiting { get; init; } = 1024;
}
