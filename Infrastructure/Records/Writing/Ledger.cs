using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>The author of the writes of a request. The change log stores it with every change.</summary>
public sealed class Author
{
    /// <summary>The label of the key, the name in the token, or the component of the program.</summary>
    public string Name { get; set; } = "anonymous";

    /// <summary>The maximum length of a reason, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>The reason, or null when the request gives none.</summary>
    public string? Reason { get; set; }

    /// <summary>The records that the author may write.</summary>
    public WriteScope Scope { get; set; } = WriteScope.All;
}

/// <summary>The only write path.</summary>
/// <remarks>
/// A unit of work runs in one transaction, and there is one writer at a time. Its changes are archived, numbered and
/// logged in the same transaction, or not at all.
/// </remarks>
public sealed class Ledger
{
    private readonly RegistryDatabase _database;
    private readonly TimeProvider _clock;
    private readonly Author _author;
    private readonly IReadOnlyList<RecordObserver> _records;
    private readonly IReadOnlyList<TransactionObserver> _transactions;
    private WriteSession? _open;

    internal Ledger(
        RegistryDatabase database,
        TimeProvider clock,
        Author author,
        IReadOnlyList<RecordObserver> records,
        IReadOnlyList<TransactionObserver> transactions
    )
    {
        _database = database;
        _clock = clock;
        _author = author;
        _records = records;
        _transactions = transactions;
    }

    /// <summary>
    /// Runs the work in its own transaction, or in the one that <see cref="AllOrNothingAsync"/> opened.
    /// </summary>
    /// <remarks>
    /// After a transient fault of a server, the work for a request is called again with a new session. So it loads what it
    /// changes within the session, and keeps no state of its own.
    /// </remarks>
    public Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> work, CancellationToken cancellationToken) =>
        _open is not null ? work(_open) : TransactAsync(work, alone: false, cancellationToken);

    /// <summary>
    /// Runs all writes of the work in one transaction, which is committed as a whole or not at all. The work is called once.
    /// </summary>
    public Task AllOrNothingAsync(Func<Task> work, CancellationToken cancellationToken) =>
        TransactAsync(
            async session =>
            {
                _open = session;
                try
                {
                    await work();
                    return 0;
                }
                finally
                {
                    _open = null;
                }
            },
            alone: true,
            cancellationToken
        );

    /// <summary>Gets the time of the last change.</summary>
    public Task<DateTimeOffset> LastInstantAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(
            connection => connection.QuerySingleAsync<DateTimeOffset>(LedgerSql.LastInstant),
            cancellationToken
        );

    private async Task<T> TransactAsync<T>(
        Func<WriteSession, Task<T>> work,
        bool alone,
        CancellationToken cancellationToken
    )
    {
        var last = 0L;
        var answer = await _database.TransactAsync(
            async (connection, transaction) =>
            {
                var session = await WriteSession.BeginAsync(
                    _database.Dialect,
                    connection,
                    transaction,
                    _author,
                    _clock.GetUtcNow(),
                    _records
                );
                var result = await WorkAsync(session, work);
                foreach (var observer in _transactions)
                {
                    await observer.WrittenAsync(session);
                    await observer.EndingAsync(session, result);
                }

                await session.CloseAsync();
                last = session.Sequence;
                return result;
            },
            alone,
            begins: true,
            cancellationToken
        );
        foreach (var observer in _transactions)
        {
            observer.Committed(last);
        }

        return answer;
    }

    private async Task<T> WorkAsync<T>(WriteSession session, Func<WriteSession, Task<T>> work)
    {
        try
        {
            return await work(session);
        }
        catch (RegistryException refusal) when (refusal is not BusyException)
        {
            foreach (var observer in _transactions)
            {
                await observer.RefusedAsync(session);
            }

            throw;
        }
    }
}
