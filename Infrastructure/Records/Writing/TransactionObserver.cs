using System.Data.Common;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>Takes part in every transaction of the <see cref="Ledger"/>.</summary>
public abstract class TransactionObserver
{
    /// <summary>Called at the start of the transaction, before its work.</summary>
    internal virtual Task StartedAsync(DbConnection connection, DbTransaction? transaction) => Task.CompletedTask;

    /// <summary>Called after the work of the transaction, before <see cref="EndingAsync"/>.</summary>
    internal virtual Task WrittenAsync(WriteSession session) => Task.CompletedTask;

    /// <summary>Called after the work of the transaction, before the counter of changes is updated.</summary>
    internal virtual Task EndingAsync(WriteSession session, object? result) => Task.CompletedTask;

    /// <summary>Called after the commit.</summary>
    /// <param name="sequence">The sequence of the last change.</param>
    internal virtual void Committed(long sequence) { }
}
