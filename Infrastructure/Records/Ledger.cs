using Dapper;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Records;

/// <summary>In whose name a request writes; the change log keeps it beside every change.</summary>
public sealed class Author
{
    /// <summary>The name of the key or of the part of the program.</summary>
    public string Name { get; set; } = "anonymous";

    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Why, where the request says so.</summary>
    public string? Reason { get; set; }
}

/// <summary>
/// The one path by which anything is written. A piece of work runs in one transaction, alone among writers;
/// what it changes is archived, numbered and logged with it, or not at all.
/// </summary>
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

    /// <summary>Runs the work in a transaction of its own, or in the one that <see cref="AllOrNothingAsync"/> opened.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> work, CancellationToken cancellationToken) =>
        _open is not null ? work(_open) : TransactAsync(work, alone: false, cancellationToken);

    /// <summary>Joins every write of the work into one transaction, so that all of it is kept or none.</summary>
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

    /// <summary>When the last change was recorded.</summary>
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
                foreach (var observer in _transactions)
                {
                    await observer.StartedAsync(connection, transaction);
                }

                var result = await work(session);
                foreach (var observer in _transactions)
                {
                    await observer.EndingAsync(connection, transaction, result);
                }

                await session.CloseAsync();
                last = session.Sequence;
                return result;
            },
            cancellationToken,
            alone
        );
        foreach (var observer in _transactions)
        {
            observer.Committed(last);
        }

        return answer;
    }
}
