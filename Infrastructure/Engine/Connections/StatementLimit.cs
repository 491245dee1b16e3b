using SQLitePCL;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>Ends the statements of an SQLite connection when their caller has left, or when their time is over.</summary>
/// <remarks>
/// SQLite asks every few thousand instructions whether to go on (sqlite3_progress_handler), on the thread that runs the
/// statement. So no timer and no other thread is needed, and a statement that is interrupted is always the one meant.
/// </remarks>
internal sealed class StatementLimit
{
    /// <summary>The number of instructions of SQLite's virtual machine between two checks, about a millisecond.</summary>
    private const int Instructions = 20_000;

    private long _deadline = long.MaxValue;
    private CancellationToken _caller;

    /// <summary>Attaches a limit to an open connection, for its lifetime.</summary>
    public static StatementLimit On(sqlite3 connection)
    {
        var limit = new StatementLimit();
        raw.sqlite3_progress_handler(connection, Instructions, limit.Check, null);
        return limit;
    }

    /// <summary>Limits the statements from here on.</summary>
    /// <param name="time">The time for all of them.</param>
    /// <param name="caller">Signals that the caller has left.</param>
    public void Start(TimeSpan time, CancellationToken caller)
    {
        _caller = caller;
        _deadline = Environment.TickCount64 + (long)time.TotalMilliseconds;
    }

    /// <summary>Lifts the limit.</summary>
    public void Stop()
    {
        _deadline = long.MaxValue;
        _caller = CancellationToken.None;
    }

    private int Check(object state) => _caller.IsCancellationRequested || Environment.TickCount64 > _deadline ? 1 : 0;
}
