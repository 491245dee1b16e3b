using System.Data.Common;

namespace Registry.Infrastructure.Records;

/// <summary>Takes part in every transaction of the <see cref="Ledger"/>.</summary>
public abstract class TransactionObserver
{
    /// <summary>Follows the start of the transaction, before its work.</summary>
    internal virtual Task StartedAsync(DbConnection connection, DbTransaction transaction) => Task.CompletedTask;

    /// <summary>Follows the work of the transaction, before the counter of changes is moved.</summary>
    internal virtual Task EndingAsync(DbConnection connection, DbTransaction transaction, object? result) =>
        Task.CompletedTask;

    /// <summary>Follows the commit.</summary>
    /// <param name="sequence">The number of the last change.</param>
    internal virtual void Committed(long sequence) { }
}
