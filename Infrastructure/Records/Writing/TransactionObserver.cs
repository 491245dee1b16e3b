namespace Registry.Infrastructure.Records.Writing;

/// <summary>Takes part in every transaction of the <see cref="Ledger"/>.</summary>
public abstract class TransactionObserver
{
    /// <summary>
    /// Called when the work is refused, in the transaction that is rolled back then; may throw another refusal in its place.
    /// </summary>
    internal virtual Task RefusedAsync(WriteSession session) => Task.CompletedTask;

    /// <summary>Called after the work of the transaction, before <see cref="EndingAsync"/>.</summary>
    internal virtual Task WrittenAsync(WriteSession session) => Task.CompletedTask;

    /// <summary>Called after the work of the transaction, before the counter of changes is updated.</summary>
    internal virtual Task EndingAsync(WriteSession session, object? result) => Task.CompletedTask;

    /// <summary>Called after the commit.</summary>
    /// <param name="sequence">The sequence of the last change.</param>
    internal virtual void Committed(long sequence) { }
}
